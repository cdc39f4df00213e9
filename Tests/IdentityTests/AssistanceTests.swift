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

    @Test(
        "a telephone that is told at the window takes the place of the recorded one; what is not told stays",
        arguments: TestDatabase.all)
    func telephone(_ kind: TestDatabaseKind) async throws {
        try await IdentityFixture.with(kind) { fixture in
            let (identity, act) = (fixture.identity, try await clerk(fixture))
            var told = card(fixture.profile)
            told.mobile = "19900000077"
            let begun = try await identity.beginAssistance(for: told, by: act)
            let now = try await identity.profile(
                of: fixture.person, by: Act(actor: begun.actor, now: IdentityFixture.after(6)))
            #expect(now.mobile?.text == "19900000077")
            #expect(now.address == fixture.profile.address && now.name == fixture.profile.name)
            #expect(try await fixture.events(PersonChanged.name).count == 1)
            let ended = try await identity.endAssistance(by: Act(actor: begun.actor, now: IdentityFixture.after(10)))
            _ = try await identity.beginAssistance(
                for: card(fixture.profile), by: Act(actor: ended.actor, now: IdentityFixture.after(20)))
            #expect(try await fixture.events(PersonChanged.name).count == 1)
        }
    }

    @Test("all that is wrong with who stands at the window is told at once", arguments: TestDatabase.all)
    func findings(_ kind: TestDatabaseKind) async throws {
        try await IdentityFixture.with(kind) { fixture in
            let act = try await clerk(fixture)
            let error = await #expect(throws: IdentityError.self) {
                _ = try await fixture.identity.beginAssistance(
                    for: AssistedPerson(name: "", idNumber: "1", isCardChecked: false), by: act)
            }
            #expect(Set(error?.findings.map(\.field) ?? []) == ["name", "id_number", "checked"])
        }
    }

    private func papers(
        _ profile: EnterpriseProfile, basis: AssistedEnterprise.Basis? = .powerOfAttorney, name: String? = nil,
        areChecked: Bool = true
    ) -> AssistedEnterprise {
        AssistedEnterprise(
            creditCode: profile.creditCode.text, name: name ?? profile.name,
            legalRepresentative: profile.legalRepresentative.text, basis: basis, arePapersChecked: areChecked)
    }

    @Test("with the papers of an enterprise the session acts for it, on that day alone", arguments: TestDatabase.all)
    func forAnEnterprise(_ kind: TestDatabaseKind) async throws {
        try await IdentityFixture.with(kind) { fixture in
            let act = try await clerk(fixture)
            let company = try SampleIdentities.enterprise(3)
            var person = card(fixture.profile)
            person.enterprise = papers(company)
            let begun = try await fixture.identity.beginAssistance(for: person, by: act)
            let enterprise = try #require(
                try await fixture.database.read {
                    try fixture.identity.enterprise(withCreditCode: company.creditCode, in: $0)
                })
            let mandate = try #require(begun.actor.mandate)
            #expect(begun.actor.party == enterprise && begun.actor.person == fixture.person)
            #expect(begun.actor.displayName == "\(fixture.profile.name.text)（\(company.name)）")
            #expect(
                begun.actor.journalName.hasPrefix(
                    "person:\(fixture.person) for \(enterprise) by \(mandate) through staff:"))
            let stored = try await fixture.database.read { try fixture.identity.mandate(mandate, in: $0) }
            #expect(stored?.validUntil == act.now.day)
            #expect(
                try await fixture.events(MandateWitnessed.name).map { $0["basis"]?.string } == ["power-of-attorney"])

            let ended = try await fixture.identity.endAssistance(
                by: Act(actor: begun.actor, now: IdentityFixture.after(10)))
            #expect(ended.actor.kind == .staff && ended.actor.party == nil)
            // The same person comes again on the same day, without an enterprise and with it.
            let alone = try await fixture.identity.beginAssistance(
                for: card(fixture.profile), by: Act(actor: ended.actor, now: IdentityFixture.after(20)))
            #expect(alone.actor.party == fixture.person)
            let back = try await fixture.identity.endAssistance(
                by: Act(actor: alone.actor, now: IdentityFixture.after(30)))
            let again = try await fixture.identity.beginAssistance(
                for: person, by: Act(actor: back.actor, now: IdentityFixture.after(40)))
            #expect(again.actor.mandate == mandate, "one mandate a day is enough")

            // Midnight ends it, in the middle of the session.
            let midnight = act.now.day.end
            let before = midnight.adding(.seconds(-1))
            #expect(
                try await fixture.otherServer(settings: Self.patient).authenticate(token: again.token, at: before)
                    .party == enterprise)
            #expect(
                try await refusal {
                    _ = try await fixture.otherServer(settings: Self.patient).authenticate(
                        token: again.token, at: midnight)
                } == .mandateEnded)
        }
    }

    private static let patient: IdentitySettings = {
        var settings = IdentitySettings()
        settings.idleLimit = .seconds(86_400)
        settings.absoluteLimit = .seconds(2 * 86_400)
        return settings
    }()

    @Test("who is the legal representative by the licence is by the register too", arguments: TestDatabase.all)
    func representative(_ kind: TestDatabaseKind) async throws {
        try await IdentityFixture.with(kind) { fixture in
            let act = try await clerk(fixture)
            let company = try SampleIdentities.enterprise(3)
            var stranger = card(fixture.profile)
            stranger.enterprise = papers(company, basis: .legalRepresentative)
            let found = try await findings { _ = try await fixture.identity.beginAssistance(for: stranger, by: act) }
            #expect(found == ["basis identity.not_representative"])
            let owner = try SampleIdentities.person(7, today: IdentityFixture.start.day)
            var himself = card(owner, name: company.legalRepresentative.text)
            himself.enterprise = papers(company, basis: .legalRepresentative)
            let begun = try await fixture.identity.beginAssistance(for: himself, by: act)
            #expect(begun.actor.party != begun.actor.person)
        }
    }

    @Test("everything that is wrong with person and enterprise is told at once, and nothing is registered")
    func everythingAtOnce() async throws {
        try await IdentityFixture.with(.sqlite) { fixture in
            let act = try await clerk(fixture)
            let company = try SampleIdentities.enterprise(3)
            var person = card(fixture.profile, isChecked: false)
            person.enterprise = papers(company, basis: nil, name: "", areChecked: false)
            let found = try await findings { _ = try await fixture.identity.beginAssistance(for: person, by: act) }
            #expect(
                Set(found) == [
                    "checked identity.card_unchecked", "papers identity.papers_unchecked", "basis field.required",
                    "enterprise_name field.format",
                ])
            let stored = try await fixture.database.read { try $0.rows("SELECT id FROM identity_enterprise").count }
            #expect(stored == 0)
        }
    }

    /// Field and code of each finding of a refusal.
    private func findings(_ body: () async throws -> Void) async throws -> [String] {
        do {
            try await body()
            return []
        } catch let error as IdentityError {
            return error.problem.findings.map { "\($0.field) \($0.code)" }
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
