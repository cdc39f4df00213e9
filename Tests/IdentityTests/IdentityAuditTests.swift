import Cryptography
import Extension
import Storage
import StorageTestSupport
import Testing

@testable import Identity

@Suite("What the audit finds of accounts and persons changed behind the program's back")
struct IdentityAuditTests {
    @Test(
        "every change of an account, person, enterprise or mandate by SQL is found",
        arguments: TestDatabase.all,
        [
            "UPDATE identity_account SET password_hash = 'x'",
            "UPDATE identity_account SET disabled_at = 1",
            "UPDATE identity_account SET kind = 'staff'",
            "UPDATE identity_person SET mobile_digest = id_digest",
            "UPDATE identity_enterprise SET version = 7",
            "UPDATE identity_mandate SET revoked_at = NULL, valid_until = NULL, scope = '[]'",
            """
            INSERT INTO identity_account (id, login_name, kind, password_hash, must_change, created_at)
            VALUES ('x', 'x', 'staff', 'x', 0, 0)
            """,
        ])
    func tampered(_ kind: TestDatabaseKind, _ statement: String) async throws {
        try await IdentityFixture.with(kind) { fixture in
            try await Self.fill(fixture)
            try await fixture.database.write { _ = try $0.execute(statement) }
            #expect(try await Self.verify(fixture).findings.isEmpty == false)
        }
    }

    @Test("what the program does itself leaves nothing to find", arguments: TestDatabase.all)
    func lawful(_ kind: TestDatabaseKind) async throws {
        try await IdentityFixture.with(kind) { fixture in
            try await Self.fill(fixture)
            let identity = fixture.identity
            let act = IdentityFixture.system()
            let hashed = try await identity.hash("Another-Horse-8", for: try LoginName(IdentityFixture.loginName))
            try await fixture.database.write { transaction in
                try identity.setPassword(
                    of: fixture.account, to: hashed, mustChange: true, by: act, in: transaction)
                try identity.updatePerson(fixture.person, to: fixture.profile, by: act, in: transaction)
                try identity.disableAccount(fixture.account, by: act, in: transaction)
            }
            let report = try await Self.verify(fixture)
            #expect(report.findings == [])
            #expect(report.untied == 0)
        }
    }

    private static func fill(_ fixture: IdentityFixture) async throws {
        _ = try await fixture.signIn()
        let enterprise = try await fixture.addEnterprise(0)
        let mandate = try await fixture.addAgent(for: enterprise, scope: ["birth"])
        let identity = fixture.identity
        let act = IdentityFixture.system()
        try await fixture.database.write { try identity.revokeAgent(mandate, by: act, in: $0) }
        #expect(try await verify(fixture).findings == [])
    }

    private static func verify(_ fixture: IdentityFixture) async throws -> JournalReport {
        try await Journal.verify(
            fixture.database, publicKey: try SM2.PrivateKey.generate().publicKey,
            checks: fixture.identity.contributions.compactMap { $0 as? StateCheck })
    }
}
