import Cryptography
import Extension
import Organisation
import Standards
import Storage
import StorageTestSupport
import Testing

@Suite("What the audit finds of rights given behind the program's back")
struct OrganisationAuditTests {
    @Test(
        "a post or role changed, added or taken away by SQL is found",
        arguments: TestDatabase.all,
        [
            "UPDATE organisation_post SET roles = '[\"chief\"]'",
            "UPDATE organisation_post SET valid_until = NULL",
            "UPDATE organisation_role SET permissions = '[\"casework.decide\"]' WHERE id = 'clerk'",
            "DELETE FROM organisation_post",
            """
            INSERT INTO organisation_post (id, account, agency, division, roles, valid_from)
            SELECT 'x', account, agency, division, roles, valid_from FROM organisation_post
            """,
        ])
    func tampered(kind: TestDatabaseKind, statement: String) async throws {
        try await OrganisationFixture.with(kind) { fixture in
            let agency = try await fixture.agency("police")
            let act = fixture.act
            try await fixture.database.write { transaction in
                let post = try fixture.service.addPost(
                    for: act.identifier("account"), at: agency, roles: ["clerk"], by: act, in: transaction)
                try fixture.service.endPost(post, on: fixture.day.adding(days: 3), by: act, in: transaction)
            }
            #expect(try await verify(fixture).findings == [])
            try await fixture.database.write { _ = try $0.execute(statement) }
            #expect(try await verify(fixture).findings.isEmpty == false)
        }
    }

    private func verify(_ fixture: OrganisationFixture) async throws -> JournalReport {
        try await Journal.verify(
            fixture.database, publicKey: try SM2.PrivateKey.generate().publicKey,
            checks: fixture.service.contributions.compactMap { $0 as? StateCheck })
    }
}
