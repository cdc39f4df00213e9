import Extension
import Identity
import Organisation
import Standards
import Storage
import StorageTestSupport
import Testing

@Suite("Working the system for somebody at a window")
struct AssistanceTests {
    /// A clerk who has signed in.
    private func clerk(_ fixture: IdentityFixture, permissions: [String] = ["identity.assist"]) async throws -> Act {
        let layout = try OrganisationLayout(
            json: try JSONValue(
                parsing: """
                    {"divisions": [{"code": "430600", "name": "岳阳市", "level": "prefecture"}],
                     "roles": [{"id": "clerk", "title": "窗口人员",
                        "permissions": [\(permissions.map { "\"\($0)\"" }.joined(separator: ", "))]}],
                     "agencies": [{"key": "hall", "name": "岳阳市行政审批服务局", "department": "行政审批", "division": "430600"}]}
                    """))
        let (act, organisation) = (IdentityFixture.system(), fixture.organisation)
        _ = try await fixture.database.write { try organisation.apply(layout, by: act, in: $0) }
        let agency = try #require(try await organisation.snapshot().agencies.values.first).id
        let account = try await fixture.identity.addAccount(
            "clerk.liu", for: .staff(try PersonName("刘敏")), password: IdentityFixture.password, by: act)
        try await fixture.database.write { transaction in
            _ = try organisation.addPost(for: account, at: agency, roles: ["clerk"], by: act, in: transaction)
        }
        let signedIn = try await fixture.signIn("clerk.liu")
        return Act(actor: signedIn.actor, now: IdentityFixture.after(5))
    }

    private func card(_ profile: PersonProfile, name: String? = nil, isChecked: Bool = true) -> AssistedPerson {
        AssistedPerson(name: name ?? profile.name.text, idNumber: profile.idNumber, isCardChecked: isChecked)
    }

    @Test(
        "the session acts for the registered person until it ends, and every act says through whom",
        arguments: TestDatabase.all)
    func joins(_ kind: TestDatabaseKind) async throws {
        try await IdentityFixture.with(kind) { fixture in
            let act = try await clerk(fixture)
            let begun = try await fixture.identity.beginAssistance(for: card(fixture.profile), by: act)
            #expect(begun.actor.kind == .person)
            #expect(begun.actor.person == fixture.person)
            #expect(begun.actor.assistant?.account == act.actor.account)
            #expect(begun.actor.terminal == .window)
            #expect(begun.actor.journalName.hasPrefix("person:\(fixture.person) through staff:"))
            #expect(!begun.actor.holds(IdentityService.assist))
            #expect(Access.person.admits(begun.actor) && !Access.personAlone.admits(begun.actor))
            let later = IdentityFixture.after(10)
            let again = try await fixture.identity.authenticate(token: begun.token, at: later)
            #expect(again == begun.actor)
            let other = try await fixture.otherServer().authenticate(token: begun.token, at: later)
            #expect(other == begun.actor)
            let ended = try await fixture.identity.endAssistance(by: Act(actor: begun.actor, now: later))
            #expect(ended.actor.kind == .staff)
            #expect(ended.actor.account == act.actor.account)
            #expect(
                try await refusal { _ = try await fixture.identity.authenticate(token: begun.token, at: later) }
                    == .sessionEnded)
            let told = try await fixture.events(AssistanceBegun.name)
            #expect(told.map { $0["isCardChecked"]?.bool } == [true])
            #expect(try await fixture.events(AssistanceEnded.name).count == 1)
        }
    }

    @Test("somebody unknown is registered without an account, once", arguments: TestDatabase.all)
    func registers(_ kind: TestDatabaseKind) async throws {
        try await IdentityFixture.with(kind) { fixture in
            let act = try await clerk(fixture)
            let stranger = try SampleIdentities.person(7, today: IdentityFixture.start.day)
            let first = try await fixture.identity.beginAssistance(for: card(stranger), by: act)
            let ended = try await fixture.identity.endAssistance(
                by: Act(actor: first.actor, now: IdentityFixture.after(10)))
            let second = try await fixture.identity.beginAssistance(
                for: card(stranger), by: Act(actor: ended.actor, now: IdentityFixture.after(20)))
            #expect(second.actor.person == first.actor.person)
        }
    }

    @Test(
        "a name that a window recorded wrongly is put right by the card, an account's is not",
        arguments: TestDatabase.all)
    func replaced(_ kind: TestDatabaseKind) async throws {
        try await IdentityFixture.with(kind) { fixture in
            let act = try await clerk(fixture)
            let stranger = try SampleIdentities.person(7, today: IdentityFixture.start.day)
            let first = try await fixture.identity.beginAssistance(for: card(stranger, name: "错字"), by: act)
            let ended = try await fixture.identity.endAssistance(
                by: Act(actor: first.actor, now: IdentityFixture.after(10)))
            let again = Act(actor: ended.actor, now: IdentityFixture.after(20))
            var right = card(stranger)
            #expect(
                try await refusal { _ = try await fixture.identity.beginAssistance(for: right, by: again) } == .invalid)
            right.replacesName = true
            let second = try await fixture.identity.beginAssistance(for: right, by: again)
            #expect(second.actor.person == first.actor.person)
            #expect(try await fixture.events(PersonChanged.name).count == 1)
            let back = try await fixture.identity.endAssistance(
                by: Act(actor: second.actor, now: IdentityFixture.after(30)))
            var other = card(fixture.profile, name: "别人")
            other.replacesName = true
            let last = Act(actor: back.actor, now: IdentityFixture.after(40))
            #expect(
                try await refusal { _ = try await fixture.identity.beginAssistance(for: other, by: last) } == .invalid)
        }
    }

    @Test("an unchecked card, another name, a malformed number and a clerk without the right are refused")
    func refused() async throws {
        try await IdentityFixture.with(.sqlite) { fixture in
            let act = try await clerk(fixture)
            let identity = fixture.identity
            for person in [
                card(fixture.profile, isChecked: false), card(fixture.profile, name: "别人"),
                AssistedPerson(name: "龚秀英", idNumber: "430602", isCardChecked: true),
            ] {
                #expect(try await refusal { _ = try await identity.beginAssistance(for: person, by: act) } == .invalid)
            }
        }
        try await IdentityFixture.with(.sqlite) { fixture in
            let act = try await clerk(fixture, permissions: [])
            #expect(
                try await refusal {
                    _ = try await fixture.identity.beginAssistance(for: card(fixture.profile), by: act)
                } == .profileDenied)
            #expect(try await fixture.events(IdentityDenied.name).count == 1)
        }
    }
}
