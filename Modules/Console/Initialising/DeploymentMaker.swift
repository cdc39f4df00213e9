import Foundation
import Kernel
import Logging
import PluginKit

/// Makes a deployment from a sample: all of it, or nothing, also for whoever is killed in the middle.
struct DeploymentMaker {
    let source: DeploymentSource
    let folder: DeploymentFolder
    /// The connection string of PostgreSQL; nil for SQLite in the folder.
    let conninfo: String?
    let context: ProgramContext

    /// - Returns: the sample accounts.
    /// - Throws: ``KernelError``, ``ConsoleError`` or ``BootFindings`` with the remedy; nothing is left behind then.
    func make() async throws -> [SampleAccount] {
        // Read first: what is wrong in the files must not touch folder or database.
        let seeder = SampleSeeder(
            organisation: try source.organisation(), sample: try source.sample(),
            businessScopes: source.path(of: "business-scopes.csv"), norms: source.path(of: "norms.csv"),
            items: source.path(of: "items.csv"))
        let settings = try source.settings(conninfo: conninfo)
        let place = try StagedPlace(folder)
        let database = conninfo.map(EmptyDatabase.init)
        if let database {
            if place.hasBegun(conninfo) { try await database.empty() } else { try await database.check() }
        }
        do {
            try place.begin(conninfo)
            try place.stage.create(settings: settings)
            // The connection string may hold a password.
            try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: place.stage.settingsPath)
            let accounts = try await seed(seeder, into: place.stage)
            if !accounts.isEmpty { try SampleAccount.save(accounts, in: place.stage) }
            try place.publish()
            return accounts
        } catch {
            try? await database?.empty()
            place.restore()
            throw error
        }
    }

    private func seed(_ seeder: SampleSeeder, into folder: DeploymentFolder) async throws -> [SampleAccount] {
        let kernel = try await KernelStart(parts: context.parts, plugins: context.plugins)
            .boot(folder, logger: .console(.warning))
        do {
            let accounts = try await seeder.seed(kernel)
            try await kernel.close()
            return accounts
        } catch {
            try? await kernel.close()
            throw error
        }
    }
}
