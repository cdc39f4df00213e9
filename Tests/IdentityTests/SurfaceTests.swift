import Extension
import Identity
import Standards
import Storage
import StorageTestSupport
import Testing

@Suite("Endpoints of identity")
struct SurfaceTests {
    @Test("signing in, asking who one is, acting for an enterprise and signing out", arguments: TestDatabase.all)
    func wholeWay(kind: TestDatabaseKind) async throws {
        try await IdentityFixture.with(kind) { fixture in
            let enterprise = try await fixture.addEnterprise(0)
            try await fixture.addAgent(for: enterprise, scope: ["opening"])
            let anonymous = Actor.anonymous(terminal: .api)
            let signedIn = try await call(
                fixture, .post, "sessions",
                ["name": .string(IdentityFixture.loginName), "password": .string(IdentityFixture.password)],
                as: anonymous)
            let actor = try await actor(fixture, signedIn)
            let me = try await call(fixture, .get, "me", [:], as: actor)
            #expect(me["name"]?.string == fixture.profile.name.text)
            #expect(me["mandates"]?.array?.first?["name"]?.string == "岳阳市示例1号商贸有限公司")
            #expect(me["ends_at"]?.string != nil)
            let acting = try await call(fixture, .put, "me/acting", ["enterprise": .string(enterprise.text)], as: actor)
            let agent = try await self.actor(fixture, acting)
            #expect(agent.party == enterprise)
            _ = try await call(fixture, .delete, "sessions/current", [:], as: agent)
            await #expect(throws: IdentityError.self) { try await self.actor(fixture, acting) }
        }
    }

    @Test("a mandate alone names its enterprise, and a wrong one is refused instead of acting for oneself")
    func mandateAlone() async throws {
        try await IdentityFixture.with(.sqlite) { fixture in
            let enterprise = try await fixture.addEnterprise(0)
            let mandate = try await fixture.addAgent(for: enterprise)
            let me = try await fixture.signIn().actor
            let acting = try await call(fixture, .put, "me/acting", ["mandate": .string(mandate.text)], as: me)
            let agent = try await actor(fixture, acting)
            #expect(agent.party == enterprise)
            #expect(agent.mandate == mandate)
            for wrong: [String: JSONValue] in [
                ["mandate": .string(enterprise.text)],
                ["mandate": .string(enterprise.text), "enterprise": .string(enterprise.text)],
            ] {
                let code = try await refusal { _ = try await call(fixture, .put, "me/acting", wrong, as: agent) }
                #expect(code == .notAgent)
            }
            let both: [String: JSONValue] = ["mandate": .string(mandate.text), "post": .string(mandate.text)]
            let code = try await refusal { _ = try await call(fixture, .put, "me/acting", both, as: agent) }
            #expect(code == .invalid)
        }
    }

    @Test("a refused sign-in is a problem that repeats nothing of what was typed")
    func refused() async throws {
        try await IdentityFixture.with(.sqlite) { fixture in
            let error = try await #require(throws: IdentityError.self) {
                try await call(
                    fixture, .post, "sessions", ["name": "nobody.here", "password": "Secret-Horse-1"],
                    as: .anonymous(terminal: .api))
            }
            #expect(error.problem.status == 401)
            #expect(!error.problem.detail.contains("Secret-Horse-1"))
        }
    }

    @Test("each endpoint but signing in asks for a session")
    func access() async throws {
        try await IdentityFixture.with(.sqlite) { fixture in
            let open = fixture.identity.contributions.compactMap { $0 as? Endpoint }
                .filter { $0.access.admits(.anonymous(terminal: .api)) }
            #expect(open.map(\.path) == ["sessions"])
        }
    }

    private func actor(_ fixture: IdentityFixture, _ reply: JSONValue) async throws -> Actor {
        try await fixture.identity.authenticate(token: try #require(reply["token"]?.string), at: IdentityFixture.start)
    }

    @discardableResult
    private func call(
        _ fixture: IdentityFixture, _ method: Extension.Method, _ path: String, _ members: [String: JSONValue],
        as actor: Actor
    ) async throws -> JSONValue {
        let endpoint = fixture.identity.contributions.compactMap { $0 as? Endpoint }
            .first { $0.method == method && $0.path == path }
        let act = Act(actor: actor, now: IdentityFixture.start, clientAddress: "192.0.2.1")
        let reply = try await #require(endpoint).run(RawInput(members: members), Call(act: act))
        return try JSONValue(parsing: String(decoding: reply.body, as: UTF8.self))
    }
}
