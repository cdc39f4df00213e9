import Catalogue
import Extension
import Foundation
import Standards
import StandardThemes
import Storage
import StorageTestSupport
import Synchronization
import ThemeBundles
import ThemeEditing

/// A desk over a folder of its own, with the shipped themes beside it and an installer as the kernel's.
final class DeskFixture: Sendable {
    let database: any Database
    let own: URL
    let desk: ThemeDesk
    let catalogue: CatalogueService
    private let accounts = Mutex<[String: Identifier]>([:])

    private init(_ database: any Database, _ cipher: FieldCipher, own: URL, enabled: Set<String>) {
        self.database = database
        self.own = own
        let events = EventLog()
        catalogue = CatalogueService(database: database, events: events, cipher: cipher)
        desk = ThemeDesk(
            database: database, events: events, catalogue: catalogue, shipped: [StandardThemes.folder], own: own,
            settings: [:], enabled: enabled, installer: Installer(own: own, catalogue: catalogue))
    }

    static func with(
        _ kind: TestDatabaseKind, enabled: Set<String> = [], _ body: (DeskFixture) async throws -> Void
    ) async throws {
        let sets = [StorageSchema.migrations, CatalogueService.migrations, ThemeDesk.migrations]
        let own = FileManager.default.temporaryDirectory.appendingPathComponent("desk-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: own, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: own) }
        try await withDatabase(kind, migrations: sets) { database in
            let keyring = try await Keyring.forTests(database)
            let fixture = DeskFixture(database, keyring.cipher, own: own, enabled: enabled)
            try await Installer(own: own, catalogue: fixture.catalogue).install(by: fixture.act("启动")) {}
            try await body(fixture)
        }
    }

    /// A member of staff with some rights, each by the name of its own.
    func act(_ name: String, _ permissions: Permission...) -> Act {
        let account = accounts.withLock { accounts in
            let known = accounts[name] ?? Seed.random().identifier("account", at: TestDatabase.now)
            accounts[name] = known
            return known
        }
        let post = StaffPost(
            id: account, agency: account, agencyName: "示例局", division: "430600", site: nil,
            permissions: Set(permissions.map(\.id)))
        return Act(
            actor: .staff(post, account: account, person: nil, name: name, terminal: .portal), now: TestDatabase.now)
    }

    /// The events of the desk in their order.
    func events() async throws -> [String] {
        try await database.read { view in
            try view.rows("SELECT type FROM journal WHERE type LIKE 'theme.%' ORDER BY seq").map { try $0.get("type") }
        }
    }

    /// What the kernel's installer does, without its log.
    struct Installer: BundleInstaller {
        let own: URL
        let catalogue: CatalogueService

        func install(by act: Act, after change: @Sendable () throws -> Void) async throws {
            try change()
            var found: [String: ThemeBundle] = [:]
            for folder in [StandardThemes.folder, own] {
                let loader = BundleLoader(folder)
                if loader.bundleFolders.isEmpty { continue }
                for bundle in loader.load(checking: false).bundles where ThemeChecker(bundle).run().isEmpty {
                    found[bundle.folder] = bundle
                }
            }
            try await catalogue.apply(
                found.sorted { $0.key < $1.key }.map { ThemeVersion(theme: $0.value.theme, hash: $0.value.hash) },
                by: act)
        }
    }
}
