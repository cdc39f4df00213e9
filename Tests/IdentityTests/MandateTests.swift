import Extension
import Identity
import Standards
import Storage
import StorageTestSupport
import TestSupport
import Testing

@Suite("Acting for another party")
struct MandateTests {
    @Test("an agent switches to its enterprise and gets a new token", .covers("R06.10"), arguments: TestDatabase.all)
    func switching(kind: TestDatabaseKind) async throws {
        try await IdentityFixture.with(kind) { fixture in
            let enterprise = try await fixture.addEnterprise(0)
            let mandate = try await fixture.addAgent(for: enterprise)
            let own = try await fixture.signIn()
            let acting = try await fixture.identity.switchActing(
                to: .enterprise(enterprise), by: Act(actor: own.actor, now: IdentityFixture.after(1)))
            #expect(acting.actor.party == enterprise)
            #expect(acting.actor.mandate == mandate)
            #expect(acting.actor.person == fixture.person)
            #expect(acting.token != own.token)
            let old = try await refusal {
                _ = try await fixture.identity.authenticate(token: own.token, at: IdentityFixture.after(2))
            }
            #expect(old == .sessionEnded)
            let actor = try await fixture.identity.authenticate(token: acting.token, at: IdentityFixture.after(2))
            #expect(actor == acting.actor)
            let back = try await fixture.identity.switchActing(
                to: .myself, by: Act(actor: actor, now: IdentityFixture.after(3)))
            #expect(back.actor.party == fixture.person)
            #expect(back.actor.mandate == nil)
        }
    }

    @Test(
        "nobody acts for an enterprise without a mandate in force, and the attempt is told", arguments: TestDatabase.all
    )
    func wrongContext(kind: TestDatabaseKind) async throws {
        try await IdentityFixture.with(kind) { fixture in
            let own = try await fixture.addEnterprise(0)
            let foreign = try await fixture.addEnterprise(1)
            let mandate = try await fixture.addAgent(for: own, until: IdentityFixture.start.day)
            let actor = try await fixture.signIn().actor
            func code(_ choice: ActingChoice, after seconds: Int = 1) async throws -> IdentityError.Code? {
                try await refusal {
                    _ = try await fixture.identity.switchActing(
                        to: choice, by: Act(actor: actor, now: IdentityFixture.after(seconds)))
                }
            }
            #expect(try await code(.enterprise(foreign)) == .notAgent)
            #expect(try await code(.enterprise(foreign, mandate: mandate)) == .notAgent)
            #expect(try await code(.enterprise(fixture.person)) == .notAgent)
            #expect(try await code(.post(mandate)) == .noPost)
            #expect(try await code(.enterprise(own), after: 86_400) == .notAgent)
            #expect(try await fixture.events("identity.denied").count == 5)
            #expect(try await code(.enterprise(own)) == nil)
        }
    }

    @Test(
        "an operator's agent acts for the enterprise that is named, by name or code, and only with a mandate",
        arguments: TestDatabase.all)
    func commandLine(kind: TestDatabaseKind) async throws {
        try await IdentityFixture.with(kind) { fixture in
            let own = try await fixture.addEnterprise(0)
            _ = try await fixture.addEnterprise(1)
            let narrow = try await fixture.addAgent(for: own, scope: ["enterprise-setup"])
            let wide = try await fixture.addAgent(for: own, until: IdentityFixture.start.day)
            let name = try LoginName(IdentityFixture.loginName)
            func actor(for enterprise: String, after seconds: Int = 0) async throws -> Actor {
                let now = IdentityFixture.after(seconds)
                let actor = try await fixture.identity.actor(ofAccount: name, terminal: .commandLine, at: now)
                return try await fixture.identity.actor(actingFor: enterprise, by: Act(actor: actor, now: now))
            }
            let (first, second) = (try SampleIdentities.enterprise(0), try SampleIdentities.enterprise(1))
            for written in [first.name, first.creditCode.text, first.creditCode.text.lowercased()] {
                let acting = try await actor(for: written)
                #expect((acting.party, acting.mandate) == (own, wide))
                #expect(acting.person == fixture.person && acting.terminal == .commandLine)
            }
            let later = try await actor(for: first.name, after: 86_400)
            #expect(later.mandate == narrow, "the wide one has run out")
            for written in [second.name, second.creditCode.text, ""] {
                let code = try await refusal { _ = try await actor(for: written) }
                #expect(code == .notAgent)
            }
            #expect(try await fixture.events("identity.denied").count == 3)
        }
    }

    @Test("when a mandate is taken back, sessions that act by it end", arguments: TestDatabase.all)
    func revoked(kind: TestDatabaseKind) async throws {
        try await IdentityFixture.with(kind) { fixture in
            let enterprise = try await fixture.addEnterprise(0)
            let mandate = try await fixture.addAgent(for: enterprise)
            let actor = try await fixture.signIn().actor
            let acting = try await fixture.identity.switchActing(
                to: .enterprise(enterprise), by: Act(actor: actor, now: IdentityFixture.start))
            let act = IdentityFixture.system()
            try await fixture.database.write { try fixture.identity.revokeAgent(mandate, by: act, in: $0) }
            let code = try await refusal {
                _ = try await fixture.identity.authenticate(token: acting.token, at: IdentityFixture.start)
            }
            #expect(code == .sessionEnded)
            let again = try await refusal {
                try await fixture.database.write { try fixture.identity.revokeAgent(mandate, by: act, in: $0) }
            }
            #expect(again == .mandateUnknown)
        }
    }

    @Test(
        "a mandate that ran out ends the session instead of turning it into the person's own",
        arguments: TestDatabase.all)
    func expired(kind: TestDatabaseKind) async throws {
        var settings = IdentitySettings()
        settings.idleLimit = .seconds(24 * 3600)
        settings.absoluteLimit = .seconds(24 * 3600)
        try await IdentityFixture.with(kind, settings: settings) { fixture in
            let enterprise = try await fixture.addEnterprise(0)
            try await fixture.addAgent(for: enterprise, until: IdentityFixture.start.day)
            let actor = try await fixture.signIn().actor
            let acting = try await fixture.identity.switchActing(
                to: .enterprise(enterprise), by: Act(actor: actor, now: IdentityFixture.start))
            let code = try await refusal {
                _ = try await fixture.identity.authenticate(token: acting.token, at: IdentityFixture.start.day.end)
            }
            #expect(code == .mandateEnded)
        }
    }

    @Test(
        "a mandate covers its themes and items only",
        arguments: [([], true), (["opening"], true), (["closing"], false), (["item-2"], true)] as [([String], Bool)])
    func scope(names: [String], isCovered: Bool) async throws {
        try await IdentityFixture.with(.sqlite) { fixture in
            let enterprise = try await fixture.addEnterprise(0)
            try await fixture.addAgent(for: enterprise, scope: Set(names))
            let own = try await fixture.signIn().actor
            let acting = try await fixture.identity.switchActing(
                to: .enterprise(enterprise), by: Act(actor: own, now: IdentityFixture.start)
            ).actor
            func code(_ actor: Actor) async throws -> IdentityError.Code? {
                try await refusal {
                    try await fixture.database.read {
                        try fixture.identity.requireMandate(
                            of: actor, covering: "opening", "item-2", at: IdentityFixture.start, in: $0)
                    }
                }
            }
            #expect(try await code(acting) == (isCovered ? nil : .outsideMandate))
            #expect(try await code(own) == nil)
        }
    }

    @Test(
        "a form is prefilled with the person's data, and the enterprise's while acting for it",
        arguments: TestDatabase.all)
    func prefill(kind: TestDatabaseKind) async throws {
        try await IdentityFixture.with(kind) { fixture in
            let enterprise = try await fixture.addEnterprise(0)
            try await fixture.addAgent(for: enterprise)
            let own = try await fixture.signIn().actor
            let values = try await fixture.prefill(by: own)
            #expect(
                values == [
                    "applicant.name": fixture.profile.name.text, "applicant.id_number": fixture.profile.idNumber,
                    "applicant.gender": try #require(fixture.profile.sex).chinese,
                    "applicant.mobile": "19900000000", "applicant.address": "湖南省岳阳市示例路1号",
                    "applicant.birth_day": "1900-01-01",
                ])
            let acting = try await fixture.identity.switchActing(
                to: .enterprise(enterprise), by: Act(actor: own, now: IdentityFixture.start)
            ).actor
            let more = try await fixture.prefill(by: acting)
            #expect(more["enterprise.credit_code"] == (try SampleIdentities.creditCode(0).text))
            #expect(more["enterprise.name"] == "岳阳市示例1号商贸有限公司")
            #expect(more.count == 8)
            let nothing = try await fixture.prefill(by: .anonymous(terminal: .portal))
            #expect(nothing.isEmpty)
        }
    }
}

extension IdentityFixture {
    /// What a form is prefilled with for who acts.
    fileprivate func prefill(by actor: Actor) async throws -> [String: String] {
        let identity = identity
        return try await identity.database.read {
            try identity.prefill(by: Act(actor: actor, now: IdentityFixture.start), in: $0)
        }
    }
}
