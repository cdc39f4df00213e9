import Extension
import Identity
import Standards
import Storage
import StorageTestSupport
import TestSupport
import Testing

@Suite("Acting for another person")
struct HelperTests {
    /// A helper with an account, and the person who is helped.
    private struct Pair {
        let fixture: IdentityFixture
        let profile: PersonProfile
        let helper: Identifier
        let elder: Actor

        init(_ fixture: IdentityFixture) async throws {
            self.fixture = fixture
            profile = try SampleIdentities.person(1, today: IdentityFixture.start.day)
            helper = try await fixture.addPerson(1)
            _ = try await fixture.identity.addAccount(
                "helper", for: .person(helper), password: "Another-Horse-8", by: IdentityFixture.system())
            elder = try await fixture.signIn().actor
        }

        func signIn(after seconds: Int = 0) async throws -> SignedIn {
            try await fixture.signIn("helper", "Another-Horse-8", at: IdentityFixture.after(seconds))
        }

        func act(_ actor: Actor, _ seconds: Int) -> Act { Act(actor: actor, now: IdentityFixture.after(seconds)) }

        func grant(_ offer: HelperOffer = HelperTests.offer(), after seconds: Int = 1) async throws -> Identifier {
            let (identity, act) = (fixture.identity, act(elder, seconds))
            let named = NamedHelper(name: profile.name.text, idNumber: profile.idNumber)
            return try await fixture.database.write {
                try identity.grantHelp(to: named, offer, by: act, in: $0)
            }
        }

        func revoke(_ grant: Identifier, by actor: Actor, after seconds: Int) async throws {
            let (identity, act) = (fixture.identity, act(actor, seconds))
            try await fixture.database.write { try identity.revokeHelp(grant, by: act, in: $0) }
        }

        func enter(_ code: String, by actor: Actor, after seconds: Int) async throws -> Identifier {
            let (identity, act) = (fixture.identity, act(actor, seconds))
            return try await fixture.database.write { try identity.acceptHelperCode(code, by: act, in: $0) }
        }

        func code(after seconds: Int) async throws -> HelperCode {
            let (identity, act) = (fixture.identity, act(elder, seconds))
            return try await fixture.database.write {
                try identity.makeHelperCode(HelperTests.offer(), by: act, in: $0)
            }
        }
    }

    static func offer(days: Int = 30, _ scope: Set<String> = []) -> HelperOffer {
        var offer = HelperOffer()
        offer.relation = .relative
        offer.scope = scope
        offer.validUntil = IdentityFixture.start.day.adding(days: days)
        return offer
    }

    @Test(
        "a helper acts in the person's name, and every record says who, for whom and by which grant",
        .covers("R12.15", "R06.10"), arguments: TestDatabase.all)
    func acting(_ kind: TestDatabaseKind) async throws {
        try await IdentityFixture.with(kind) { fixture in
            let pair = try await Pair(fixture)
            let grant = try await pair.grant()
            let own = try await pair.signIn(after: 2)
            let acting = try await fixture.identity.switchActing(to: .mandate(grant), by: pair.act(own.actor, 3))
            #expect(acting.actor.person == fixture.person && acting.actor.party == fixture.person)
            #expect(acting.actor.helper?.person == pair.helper && acting.actor.account == own.actor.account)
            #expect(!acting.actor.actsInPerson && !Access.personAlone.admits(acting.actor))
            #expect(!Access.person.admits(acting.actor) && Access.personOrHelper.admits(acting.actor))
            #expect(
                acting.actor.journalName
                    == "person:\(fixture.person) through person:\(pair.helper) by \(grant)@portal")
            let actor = try await fixture.identity.authenticate(token: acting.token, at: IdentityFixture.after(4))
            #expect(actor == acting.actor)
            let back = try await fixture.identity.switchActing(to: .myself, by: pair.act(actor, 5))
            #expect(back.actor.person == pair.helper && back.actor.actsInPerson)
            let told = try #require(try await fixture.events("identity.help_granted").first)
            #expect(told["basis"]?.string == "online" && told["principal"]?.string == fixture.person.text)
        }
    }

    @Test(
        "what was taken back, laid down or has run out opens nothing, and sessions that act by it end",
        arguments: TestDatabase.all)
    func ended(_ kind: TestDatabaseKind) async throws {
        try await IdentityFixture.with(kind) { fixture in
            let pair = try await Pair(fixture)
            let grant = try await pair.grant(Self.offer(days: 1))
            let own = try await pair.signIn(after: 2)
            let acting = try await fixture.identity.switchActing(to: .mandate(grant), by: pair.act(own.actor, 3))
            try await pair.revoke(grant, by: pair.elder, after: 4)
            #expect(
                try await refusal {
                    _ = try await fixture.identity.authenticate(token: acting.token, at: IdentityFixture.after(5))
                } == .sessionEnded)
            let again = try await pair.signIn(after: 6)
            #expect(
                try await refusal {
                    _ = try await fixture.identity.switchActing(to: .mandate(grant), by: pair.act(again.actor, 7))
                } == .notAgent)

            let second = try await pair.grant(Self.offer(days: 1), after: 8)
            #expect(
                try await refusal {
                    _ = try await fixture.identity.switchActing(
                        to: .mandate(second), by: pair.act(again.actor, 3 * 86_400))
                } == .notAgent)
            try await pair.revoke(second, by: again.actor, after: 9)
            #expect(try await fixture.events("identity.help_revoked").count == 2)
        }
    }

    @Test("a grant covers the themes that it names and no other", arguments: TestDatabase.all)
    func scope(_ kind: TestDatabaseKind) async throws {
        try await IdentityFixture.with(kind) { fixture in
            let pair = try await Pair(fixture)
            let grant = try await pair.grant(Self.offer(["retirement"]))
            let own = try await pair.signIn(after: 2)
            let actor = try await fixture.identity.switchActing(to: .mandate(grant), by: pair.act(own.actor, 3)).actor
            let identity = fixture.identity
            try await fixture.database.read {
                try identity.requireMandate(of: actor, covering: "retirement", at: IdentityFixture.after(4), in: $0)
            }
            let outside = try await refusal {
                try await fixture.database.read {
                    try identity.requireMandate(of: actor, covering: "birth", at: IdentityFixture.after(4), in: $0)
                }
            }
            #expect(outside == .outsideMandate)
        }
    }

    @Test("a code makes a helper once, within a day, of nobody but who made it", arguments: TestDatabase.all)
    func codes(_ kind: TestDatabaseKind) async throws {
        try await IdentityFixture.with(kind) { fixture in
            let pair = try await Pair(fixture)
            let helper = try await pair.signIn(after: 1).actor
            let void = try await pair.code(after: 2)
            let code = try await pair.code(after: 3)
            func enter(_ text: String, _ actor: Actor, _ seconds: Int) async throws -> IdentityError.Code? {
                try await refusal { _ = try await pair.enter(text, by: actor, after: seconds) }
            }
            #expect(try await enter(void.text, helper, 4) == .helperCode)
            #expect(try await enter("", helper, 4) == .helperCode)
            #expect(try await enter(code.shown.lowercased(), helper, 5) == nil)
            #expect(try await enter(code.text, helper, 6) == .helperCode)
            let late = try await pair.code(after: 7)
            #expect(try await enter(late.text, helper, 8 + 86_400) == .helperCode)
            let own = try await pair.code(after: 9)
            #expect(try await enter(own.text, pair.elder, 10) == .helperCode)
            #expect(try await fixture.events("identity.help_granted").map { $0["basis"]?.string } == ["code"])
        }
    }

    @Test("everything that is wrong with a grant is told at once, without telling who is registered")
    func findings() async throws {
        try await IdentityFixture.with(.sqlite) { fixture in
            let pair = try await Pair(fixture)
            let (identity, act) = (fixture.identity, pair.act(pair.elder, 1))
            func findings(_ named: NamedHelper, _ offer: HelperOffer) async throws -> [String] {
                do {
                    try await fixture.database.write {
                        _ = try identity.grantHelp(to: named, offer, by: act, in: $0)
                    }
                    return []
                } catch let error as IdentityError {
                    return error.findings.map { "\($0.field)/\($0.code)" }
                }
            }
            let unregistered = try SampleIdentities.person(7, today: IdentityFixture.start.day)
            let wrongName = NamedHelper(name: unregistered.name.text, idNumber: pair.profile.idNumber)
            let unknown = NamedHelper(name: unregistered.name.text, idNumber: unregistered.idNumber)
            let first = try await findings(wrongName, HelperOffer())
            #expect(first == (try await findings(unknown, HelperOffer())))
            #expect(
                first == ["relation/field.required", "valid_until/field.required", "id_number/identity.helper_unknown"])
            let own = NamedHelper(name: fixture.profile.name.text, idNumber: fixture.profile.idNumber)
            #expect(
                try await findings(own, Self.offer(days: 400)) == [
                    "valid_until/identity.helper_term", "id_number/identity.helper_self",
                ])
        }
    }

    @Test(
        "who acts for another can't pass it on, make codes, or agree in the other's name", arguments: TestDatabase.all)
    func passingOn(_ kind: TestDatabaseKind) async throws {
        try await IdentityFixture.with(kind) { fixture in
            let pair = try await Pair(fixture)
            let grant = try await pair.grant()
            let third = try SampleIdentities.person(2, today: IdentityFixture.start.day)
            _ = try await fixture.addPerson(2)
            let own = try await pair.signIn(after: 2)
            let actor = try await fixture.identity.switchActing(to: .mandate(grant), by: pair.act(own.actor, 3)).actor
            let (identity, act) = (fixture.identity, pair.act(actor, 4))
            let named = NamedHelper(name: third.name.text, idNumber: third.idNumber)
            await #expect(throws: Problem.self) {
                try await fixture.database.write {
                    _ = try identity.grantHelp(to: named, Self.offer(), by: act, in: $0)
                }
            }
            await #expect(throws: Problem.self) {
                try await fixture.database.write { _ = try identity.makeHelperCode(Self.offer(), by: act, in: $0) }
            }
            await #expect(throws: Problem.self) { try await pair.revoke(grant, by: actor, after: 5) }
            #expect(try await identity.help(by: act).helpers == [])
        }
    }
}
