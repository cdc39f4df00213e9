import Foundation
import Kernel
import Logging
import PluginKit

/// Makes a deployment from a sample: all of it, or nothing.
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
        let seeder = SampleSeeder(organisation: try source.organisation(), sample: try source.sample())
        let settings = try source.settings(conninfo: conninfo)
        let place = try EmptyPlace(folder)
        let database = conninfo.map(EmptyDatabase.init)
        try await database?.check()
        do {
            try folder.create(settings: settings)
            // The connection string may hold a password.
            try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: folder.settingsPath)
            let accounts = try await seed(seeder)
            try SampleAccount.save(accounts, in: folder)
            return accounts
        } catch {
            try? await database?.empty()
            place.restore()
            throw error
        }
    }

    private func seed(_ seeder: SampleSeeder) async throws -> [SampleAccount] {
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
