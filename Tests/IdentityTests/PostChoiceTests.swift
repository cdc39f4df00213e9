import Extension
import Organisation
import Standards
import Storage
import StorageTestSupport
import Testing

@testable import Identity

@Suite("A member of staff with two posts")
struct PostChoiceTests {
    @Test("acts at the post that is named by identifier or agency, and is told the posts otherwise")
    func choice() async throws {
        try await IdentityFixture.with(.sqlite) { fixture in
            let posts = try await Self.addStaff(fixture)
            let name = try LoginName("two.posts")
            func actor(_ post: String?) async throws -> Actor {
                try await fixture.identity.actor(
                    ofAccount: name, post: post, terminal: .commandLine, at: IdentityFixture.start)
            }
            #expect(try await actor(posts[1].text).post?.id == posts[1])
            #expect(try await actor("岳阳市卫生健康委员会").post?.agencyName == "岳阳市卫生健康委员会")
            #expect(try await actor(nil).post != nil)
            let error = await #expect(throws: IdentityError.self) { _ = try await actor("财政局") }
            #expect(error?.code == .noPost)
            for post in posts { #expect(error?.message.contains(post.text) == true) }
        }
    }

    static func addStaff(_ fixture: IdentityFixture) async throws -> [Identifier] {
        let layout = try OrganisationLayout(
            json: try JSONValue(
                parsing: """
                    {"divisions": [{"code": "430600", "name": "岳阳市", "level": "prefecture"}],
                     "roles": [{"id": "officer", "title": "审批人员", "permissions": ["casework.decide"]}],
                     "agencies": [
                        {"key": "police", "name": "岳阳市公安局", "department": "公安", "division": "430600"},
                        {"key": "health", "name": "岳阳市卫生健康委员会", "department": "卫健", "division": "430600"}]}
                    """))
        let organisation = fixture.organisation
        let act = IdentityFixture.system()
        try await fixture.database.write { _ = try organisation.apply(layout, by: act, in: $0) }
        let account = try await fixture.identity.addAccount(
            try LoginName("two.posts").text, for: .staff(try PersonName("王洁")), password: IdentityFixture.password,
            by: act)
        let agencies = try await organisation.snapshot().agencies.values.sorted { $0.id < $1.id }
        return try await fixture.database.write { transaction in
            try agencies.map {
                try organisation.addPost(for: account, at: $0.id, roles: ["officer"], by: act, in: transaction)
            }
        }
    }
}
