import Extension
import Messaging
import Organisation
import Standards
import Storage
import StorageTestSupport
import Synchronization
import TestSupport
import Testing

@testable import Identity

/// Keeps what it is to send, and says when something came.
private final class Telephones: MessageChannel {
    private let sent = Mutex<[ShortMessage]>([])
    let name = "test"

    func send(_ message: ShortMessage, key: String, by act: Act) async throws -> ChannelReceipt {
        sent.withLock { $0.append(message) }
        return ChannelReceipt(reference: key, isDelivered: true)
    }

    /// The codes that came, once there are so many; they leave after the answer, so one waits for them.
    func codes(_ count: Int) async -> [String] {
        while sent.withLock({ $0.count }) < count { await Task.yield() }
        return sent.withLock { $0.compactMap(\.variables.first) }
    }

    var count: Int { sent.withLock { $0.count } }
}

@Suite("Signing in by a code in a short message")
struct PhoneCodeTests {
    private struct Home {
        let fixture: IdentityFixture
        let identity: IdentityService
        let telephones: Telephones
        let phone: String

        func ask(_ phone: String? = nil, from address: String = "192.0.2.1", at seconds: Int = 0) async throws -> String
        {
            try await identity.sendPhoneCode(
                to: phone ?? self.phone, client: SignInClient(address: address, terminal: .portal), act: act(seconds))
        }

        func enter(_ challenge: String, _ code: String, account: Identifier? = nil, at seconds: Int = 0) async throws
            -> PhoneSignIn
        {
            try await identity.signIn(
                phoneChallenge: challenge, code: code, account: account,
                client: SignInClient(address: "192.0.2.1", terminal: .portal), act: act(seconds))
        }

        func refusal(_ challenge: String, _ code: String, account: Identifier? = nil, at seconds: Int = 0) async throws
            -> IdentityError.Code?
        {
            try await IdentityTests.refusal { _ = try await enter(challenge, code, account: account, at: seconds) }
        }

        private func act(_ seconds: Int) -> Act {
            Act(actor: .anonymous(terminal: .portal), now: IdentityFixture.after(seconds))
        }
    }

    private func with(_ kind: TestDatabaseKind = .sqlite, _ body: (Home) async throws -> Void) async throws {
        try await IdentityFixture.with(kind) { (fixture) async throws in
            let telephones = Telephones()
            let identity = IdentityService(
                database: fixture.database, events: EventLog(), cipher: fixture.keyring.cipher,
                organisation: fixture.organisation, division: "430600",
                codes: CodeSender(channel: telephones, template: "T"))
            try await body(
                Home(
                    fixture: fixture, identity: identity, telephones: telephones,
                    phone: try #require(fixture.profile.mobile?.text)))
        }
    }

    @Test("the code opens the account of its telephone, once", arguments: TestDatabase.all)
    func story(kind: TestDatabaseKind) async throws {
        try await with(kind) { (home) async throws in
            let challenge = try await home.ask()
            let code = await home.telephones.codes(1)[0]
            #expect(code.count == 6)
            guard case .signedIn(let signedIn) = try await home.enter(challenge, " \(code) ") else {
                Issue.record("asked which account, though there is one")
                return
            }
            #expect(signedIn.actor.person == home.fixture.person)
            #expect(try await home.refusal(challenge, code) == .sessionEnded)
        }
    }

    @Test("a telephone of several people asks whose account, after the code and not before")
    func family() async throws {
        try await with { (home) async throws in
            var profile = try SampleIdentities.person(1, today: IdentityFixture.start.day)
            profile = try PersonProfile(
                name: profile.name.text, idNumber: profile.idNumber, mobile: home.phone,
                today: IdentityFixture.start.day)
            let (relative, act) = (profile, IdentityFixture.system())
            let person = try await home.fixture.database.write {
                try home.identity.addPerson(relative, by: act, in: $0)
            }
            let account = try await home.identity.addAccount(
                "relative", for: .person(person), password: IdentityFixture.password, by: act)
            let stranger = try await home.fixture.addPerson(2)
            let other = try await home.identity.addAccount(
                "stranger", for: .person(stranger), password: IdentityFixture.password, by: act)
            let challenge = try await home.ask()
            let code = await home.telephones.codes(1)[0]
            #expect(try await home.refusal(challenge, "xxxxxx", account: account) == .code)
            guard case .choice(let accounts) = try await home.enter(challenge, code) else {
                Issue.record("not asked whose account")
                return
            }
            #expect(Set(accounts.map(\.account)) == [account, home.fixture.account])
            #expect(accounts.allSatisfy { $0.maskedName.contains("*") })
            #expect(try await home.refusal(challenge, "", account: other) == .code)
            guard case .signedIn(let signedIn) = try await home.enter(challenge, "", account: account) else {
                Issue.record("asked again")
                return
            }
            #expect(signedIn.actor.person == person)
        }
    }

    @Test("a number without an account gets the same answer and no message")
    func unknown() async throws {
        try await with { (home) async throws in
            let challenge = try await home.ask("13900000000")
            #expect(challenge.count == 43)
            #expect(try await home.refusal(challenge, "000000") == .code)
            _ = try await home.ask()
            _ = await home.telephones.codes(1)
            #expect(home.telephones.count == 1)
        }
    }

    @Test("a code is guessed five times and waits for five minutes", arguments: TestDatabase.all)
    func bounds(kind: TestDatabaseKind) async throws {
        try await with(kind) { (home) async throws in
            let first = try await home.ask()
            let code = await home.telephones.codes(1)[0]
            let wrong = code == "000000" ? "111111" : "000000"
            for _ in 0..<5 { #expect(try await home.refusal(first, wrong) == .code) }
            #expect(try await home.refusal(first, code) == .code)
            let second = try await home.ask(at: 60)
            let next = await home.telephones.codes(2)[1]
            #expect(try await home.refusal(second, next, at: 360) == .sessionEnded)
            let third = try await home.ask(at: 400)
            let last = await home.telephones.codes(3)[2]
            #expect(try await home.refusal(third, last, at: 699) == nil)
        }
    }

    @Test("a telephone gets one a minute and five an hour, a network asks for thirty")
    func flood() async throws {
        try await with { (home) async throws in
            func refusal(_ phone: String?, _ address: String, at seconds: Int) async throws -> IdentityError.Code? {
                try await IdentityTests.refusal { _ = try await home.ask(phone, from: address, at: seconds) }
            }
            #expect(try await refusal(nil, "198.51.100.1", at: 0) == nil)
            #expect(try await refusal(nil, "198.51.100.2", at: 59) == .tooManyAttempts)
            for minute in 1..<5 { #expect(try await refusal(nil, "198.51.100.3", at: minute * 60) == nil) }
            #expect(try await refusal(nil, "198.51.100.4", at: 400) == .tooManyAttempts)
            #expect(try await refusal(nil, "198.51.100.4", at: 3_700) == nil)
            for number in 0..<30 {
                #expect(try await refusal("1390000\(1000 + number)", "203.0.113.1", at: 4_000) == nil)
            }
            #expect(try await refusal("13900002000", "203.0.113.1", at: 4_000) == .tooManyAttempts)
            #expect(try await refusal("13900002000", "203.0.113.2", at: 4_000) == nil)
        }
    }

    @Test("what is no mobile number is told so", arguments: ["", "1234", "12345678901", "zhao"])
    func form(number: String) async throws {
        try await with { (home) async throws in
            #expect(try await IdentityTests.refusal { _ = try await home.ask(number) } == .invalid)
        }
    }

    @Test("neither number nor code lies in the database in clear", arguments: TestDatabase.all)
    func sealed(kind: TestDatabaseKind) async throws {
        try await with(kind) { (home) async throws in
            _ = try await home.ask()
            _ = await home.telephones.codes(1)
            let row = try await home.fixture.database.read { try $0.row("SELECT phone, code FROM identity_phone_code") }
            #expect(try row?.get("phone", as: [UInt8].self).count == 32)
            #expect(try row?.get("code", as: [UInt8].self).count == 32)
        }
    }
}
