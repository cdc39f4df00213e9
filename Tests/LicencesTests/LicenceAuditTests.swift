import Cryptography
import Extension
import Storage
import StorageTestSupport
import Testing

@testable import Licences

@Suite("What the audit finds of licences changed behind the program's back")
struct LicenceAuditTests {
    @Test(
        "every change of a licence by SQL is found",
        arguments: TestDatabase.all,
        [
            "UPDATE licence SET status = 'revoked' WHERE id = '$1'",
            "UPDATE licence SET content = (SELECT content FROM licence WHERE id = '$2') WHERE id = '$1'",
            "UPDATE licence SET case_id = NULL WHERE id = '$1'",
            "UPDATE licence SET file = NULL WHERE id = '$1'",
            "UPDATE licence_party SET status = 'revoked' WHERE licence = '$1'",
            "UPDATE licence_party SET party = 'x' WHERE licence = '$1' AND role = 'holder'",
            "DELETE FROM licence WHERE id = '$1'",
            "UPDATE licence_standing SET status = 'valid'", "DELETE FROM licence_standing",
            "UPDATE licence SET status = 'valid' WHERE status = 'revoked'",
        ])
    func tampered(_ kind: TestDatabaseKind, _ statement: String) async throws {
        try await ServiceFixture.run(kind) { fixture in
            let first = try await fixture.issue(ServiceFixture.birth())
            let second = try await fixture.issue(ServiceFixture.marriage())
            let ended = try await fixture.issue(
                ServiceFixture.birth { $0.holders[0].name = "王二" }, by: Seedling.act(.system("test"), "ended"))
            try await fixture.database.write { [service = fixture.service] in
                try service.revoke(ended.id, reason: .penalty, basis: "文1", by: Seedling.act(), in: $0)
            }
            #expect(try await Self.verify(fixture).findings == [])
            try await fixture.database.write { transaction in
                _ = try transaction.execute(
                    statement.replacing("$1", with: first.id.text).replacing("$2", with: second.id.text))
            }
            #expect(try await Self.verify(fixture).findings.isEmpty == false)
        }
    }

    @Test("revoking and claiming by the program leave nothing to find", arguments: TestDatabase.all)
    func lawful(_ kind: TestDatabaseKind) async throws {
        try await ServiceFixture.run(kind) { fixture in
            let licence = try await fixture.issue(ServiceFixture.birth())
            _ = try await fixture.issue(ServiceFixture.marriage())
            let service = fixture.service
            let act = Seedling.act()
            try await fixture.database.write { transaction in
                try service.revoke(licence.id, reason: .corrected, basis: "文1", by: act, in: transaction)
                _ = try service.register.claim(
                    "43060219900101002X", for: Seedling.identifier("mother"), in: transaction)
            }
            #expect(try await Self.verify(fixture).findings == [])
        }
    }

    static func verify(_ fixture: ServiceFixture) async throws -> JournalReport {
        try await Journal.verify(
            fixture.database, publicKey: try SM2.PrivateKey.generate().publicKey,
            checks: fixture.service.contributions.compactMap { $0 as? StateCheck })
    }
}
