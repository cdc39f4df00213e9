import Cryptography
import Extension
import Identity
import Standards
import Storage
import StorageTestSupport
import TestSupport
import Testing

@Suite("Sessions")
struct SessionTests {
    @Test("a token stands for its person until nobody has used it for the idle limit", arguments: TestDatabase.all)
    func idleLimit(kind: TestDatabaseKind) async throws {
        try await IdentityFixture.with(kind) { fixture in
            let token = try await fixture.signIn().token
            let actor = try await fixture.identity.authenticate(token: token, at: IdentityFixture.after(1))
            #expect(actor.person == fixture.person)
            #expect(actor.party == fixture.person)
            #expect(actor.displayName == fixture.profile.name.text)
            // Used at 29 minutes, so it lives on at 58; then left alone.
            for minute in [29, 58] {
                _ = try await fixture.identity.authenticate(token: token, at: IdentityFixture.after(minute * 60))
            }
            let code = try await refusal {
                _ = try await fixture.identity.authenticate(token: token, at: IdentityFixture.after((58 + 31) * 60))
            }
            #expect(code == .sessionEnded)
        }
    }

    @Test("a session in constant use ends after twelve hours", arguments: TestDatabase.all)
    func absoluteLimit(kind: TestDatabaseKind) async throws {
        try await IdentityFixture.with(kind) { fixture in
            let token = try await fixture.signIn().token
            for minute in stride(from: 20, to: 12 * 60, by: 20) {
                _ = try await fixture.identity.authenticate(token: token, at: IdentityFixture.after(minute * 60))
            }
            let code = try await refusal {
                _ = try await fixture.identity.authenticate(token: token, at: IdentityFixture.after(12 * 3600))
            }
            #expect(code == .sessionEnded)
        }
    }

    @Test("an elder's session never ends within half an hour, however short the setting")
    func elderLimit() async throws {
        var settings = IdentitySettings()
        settings.idleLimit = .seconds(300)
        settings.elderIdleLimit = .seconds(300)
        try await IdentityFixture.with(.sqlite, settings: settings) { fixture in
            let elder = try await fixture.signIn(isElder: true).token
            let other = try await fixture.signIn().token
            let late = IdentityFixture.after(30 * 60)
            #expect(try await refusal { _ = try await fixture.identity.authenticate(token: elder, at: late) } == nil)
            #expect(
                try await refusal { _ = try await fixture.identity.authenticate(token: other, at: late) }
                    == .sessionEnded)
        }
    }

    @Test("a use is written at most once a minute", arguments: TestDatabase.all)
    func touch(kind: TestDatabaseKind) async throws {
        try await IdentityFixture.with(kind) { fixture in
            let token = try await fixture.signIn().token
            let before = fixture.database.commitStatistics.writes
            for second in 0..<60 {
                _ = try await fixture.identity.authenticate(token: token, at: IdentityFixture.after(second))
            }
            #expect(fixture.database.commitStatistics.writes == before)
            for second in 60..<119 {
                _ = try await fixture.identity.authenticate(token: token, at: IdentityFixture.after(second))
            }
            #expect(fixture.database.commitStatistics.writes == before + 1)
        }
    }

    @Test("only the hash of a token is stored", arguments: TestDatabase.all)
    func hashOnly(kind: TestDatabaseKind) async throws {
        try await IdentityFixture.with(kind) { fixture in
            let token = try await fixture.signIn().token
            let stored: [UInt8] = try await fixture.database.read { view in
                try #require(try view.row("SELECT token_hash FROM identity_session")).get("token_hash")
            }
            #expect(stored == SM3.hash(try Base64URL.decode(token)))
        }
    }

    @Test("signing in again gives another token, and the replaced session ends", arguments: TestDatabase.all)
    func rotationAtSignIn(kind: TestDatabaseKind) async throws {
        try await IdentityFixture.with(kind) { fixture in
            let first = try await fixture.signIn().token
            let second = try await fixture.signIn(replacing: first).token
            #expect(first != second)
            let code = try await refusal {
                _ = try await fixture.identity.authenticate(token: first, at: IdentityFixture.start)
            }
            #expect(code == .sessionEnded)
            _ = try await fixture.identity.authenticate(token: second, at: IdentityFixture.start)
        }
    }

    @Test("signing out ends the session here at once and on other servers within the cache's lifetime")
    func signOut() async throws {
        try await IdentityFixture.with(.sqlite) { fixture in
            let token = try await fixture.signIn().token
            let other = fixture.otherServer()
            let actor = try await fixture.identity.authenticate(token: token, at: IdentityFixture.start)
            _ = try await other.authenticate(token: token, at: IdentityFixture.start)
            let act = Act(actor: actor, now: IdentityFixture.start)
            try await fixture.identity.endSession(try #require(actor.session), by: act)
            for (server, instant) in [(fixture.identity, 0), (other, 6)] {
                let code = try await refusal {
                    _ = try await server.authenticate(token: token, at: IdentityFixture.after(instant))
                }
                #expect(code == .sessionEnded)
            }
            #expect(try await fixture.events("identity.session_ended").count == 1)
        }
    }

    @Test("sessions are listed for their owner, who may end another one of them, and for nobody else")
    func listAndRevoke() async throws {
        try await IdentityFixture.with(.sqlite) { fixture in
            let lost = try await fixture.signIn()
            let own = try await fixture.signIn(at: IdentityFixture.after(5))
            let act = Act(actor: own.actor, now: IdentityFixture.after(10))
            let stranger = Act(
                actor: .person(fixture.person, account: act.identifier("stranger"), name: "", terminal: .portal),
                now: IdentityFixture.after(10))
            let account = fixture.account
            let listed = try await fixture.database.read { try fixture.identity.sessions(of: account, by: act, in: $0) }
            #expect(listed.map(\.id) == [own.actor.session, lost.actor.session])
            let lostID = try #require(lost.actor.session)
            #expect(try await refusal { try await fixture.identity.endSession(lostID, by: stranger) } == .sessionEnded)
            let denied = try await refusal {
                _ = try await fixture.database.read { try fixture.identity.sessions(of: account, by: stranger, in: $0) }
            }
            #expect(denied == .profileDenied)
            try await fixture.identity.endSession(lostID, by: act)
            let code = try await refusal {
                _ = try await fixture.identity.authenticate(token: lost.token, at: IdentityFixture.after(10))
            }
            #expect(code == .sessionEnded)
        }
    }

    @Test("a disabled account's sessions end at once", arguments: TestDatabase.all)
    func disabled(kind: TestDatabaseKind) async throws {
        try await IdentityFixture.with(kind) { fixture in
            let token = try await fixture.signIn().token
            _ = try await fixture.identity.authenticate(token: token, at: IdentityFixture.start)
            let account = fixture.account
            try await fixture.database.write {
                try fixture.identity.disableAccount(account, by: IdentityFixture.system(), in: $0)
            }
            let code = try await refusal {
                _ = try await fixture.identity.authenticate(token: token, at: IdentityFixture.start)
            }
            #expect(code == .sessionEnded)
            #expect(try await fixture.refusal() == .accountDisabled)
            // Only who knows the password learns that the account is disabled.
            #expect(try await fixture.refusal(IdentityFixture.loginName, "Wrong-Horse-7") == .credentials)
        }
    }

    @Test(
        "text that is no token is refused without a look into the database",
        arguments: ["", "x", String(repeating: "A", count: 43), String(repeating: "=", count: 43)])
    func malformed(token: String) async throws {
        try await IdentityFixture.with(.sqlite) { fixture in
            let code = try await refusal {
                _ = try await fixture.identity.authenticate(token: token, at: IdentityFixture.start)
            }
            #expect(code == .sessionEnded)
        }
    }

    @Test("the sweep forgets ended sessions and keeps the others")
    func sweep() async throws {
        try await IdentityFixture.with(.sqlite) { fixture in
            _ = try await fixture.signIn()
            let kept = try await fixture.signIn(at: IdentityFixture.after(3000))
            let job = try #require(fixture.identity.contributions.compactMap { $0 as? Job }.first)
            try await job.run(IdentityFixture.system(at: IdentityFixture.after(4000)))
            let left: [Identifier] = try await fixture.database.read { view in
                try view.rows("SELECT id FROM identity_session").map { try $0.get("id") }
            }
            #expect(left == [kept.actor.session])
        }
    }
}
