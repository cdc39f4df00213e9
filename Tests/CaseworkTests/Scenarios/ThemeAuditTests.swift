import Catalogue
import Cryptography
import Extension
import Storage
import StorageTestSupport
import Testing

@testable import Casework

@Suite("What the audit finds of themes changed behind the program's back")
struct ThemeAuditTests {
    @Test(
        "every change by SQL is found, of the current version and of the older ones that open cases keep",
        arguments: TestDatabase.all,
        [
            "UPDATE catalogue_theme_version SET body = replace(body, '3300', '3301'), version = version || '+'",
            "UPDATE catalogue_theme_version SET body = body || ' ' WHERE hash = 'older'",
            "UPDATE catalogue_theme SET hash = 'older' WHERE theme = 'birth'",
            "UPDATE catalogue_theme SET active = 0",
            "INSERT INTO catalogue_theme_version (hash, theme, version, body, applied_at) VALUES ('x', 'y', '1', '{}', 1)",
        ])
    func tampered(kind: TestDatabaseKind, statement: String) async throws {
        try await World.run(on: kind) { world in
            let current = try await world.catalogue.theme("birth")
            let act = world.system
            for hash in ["older", current.hash] {
                try await world.catalogue.apply([ThemeVersion(theme: current.theme, hash: hash)], by: act)
            }
            #expect(try await Self.verify(world) == [])
            try await world.database.write { _ = try $0.execute(statement) }
            #expect(try await Self.verify(world).isEmpty == false)
        }
    }

    private static func verify(_ world: World) async throws -> [JournalReport.Finding] {
        try await Journal.verify(
            world.database, publicKey: try SM2.PrivateKey.generate().publicKey,
            checks: world.catalogue.contributions.compactMap { $0 as? StateCheck }
        ).findings
    }
}
