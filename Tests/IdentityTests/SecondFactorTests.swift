import Cryptography
import Extension
import Foundation
import Organisation
import Standards
import Storage
import StorageTestSupport
import TestSupport
import Testing

@testable import Identity

@Suite("A second factor for staff")
struct SecondFactorTests {
    /// A member of staff who has set it up.
    private struct Desk {
        let fixture: IdentityFixture
        let secret: [UInt8]
        let codes: [String]
        let account: Identifier

        func code(at seconds: Int) -> String {
            OneTimePassword.password(
                secret: secret, counter: OneTimePassword.counter(at: IdentityFixture.after(seconds).milliseconds))
        }

        func challenge(at seconds: Int) async throws -> String {
            do {
                _ = try await fixture.signIn("two.posts", at: IdentityFixture.after(seconds))
                return ""
            } catch let error as IdentityError where error.code == .codeNeeded {
                return error.challenge ?? ""
            }
        }

        func enter(_ challenge: String, _ code: String, at seconds: Int) async throws -> SignedIn {
            let now = IdentityFixture.after(seconds)
            return try await fixture.identity.signIn(
                challenge: challenge, code: code, client: SignInClient(address: "192.0.2.1", terminal: .portal),
                act: Act(actor: .anonymous(terminal: .portal), now: now))
        }

        func refusal(_ challenge: String, _ code: String, at seconds: Int) async throws -> IdentityError.Code? {
            try await IdentityTests.refusal { _ = try await enter(challenge, code, at: seconds) }
        }
    }

    private func with(
        _ kind: TestDatabaseKind = .sqlite, demanded: Bool = false, _ body: (Desk) async throws -> Void
    ) async throws {
        var settings = IdentitySettings()
        if demanded { settings.secondFactorRoles = ["officer"] }
        try await IdentityFixture.with(kind, settings: settings) { (fixture) async throws in
            _ = try await PostChoiceTests.addStaff(fixture)
            let actor = try await fixture.signIn("two.posts").actor
            let act = Act(actor: actor, now: IdentityFixture.start)
            let setup = try await fixture.identity.beginSecondFactor(password: IdentityFixture.password, by: act)
            #expect(setup.picture.hasPrefix("<svg"))
            let secret = try await pending(fixture, actor)
            #expect(Base32.encode(secret) == setup.secret)
            let code = OneTimePassword.password(
                secret: secret, counter: OneTimePassword.counter(at: IdentityFixture.start.milliseconds))
            let codes = try await fixture.identity.confirmSecondFactor(code: code, by: act)
            #expect(Set(codes).count == 10)
            try await body(
                Desk(fixture: fixture, secret: secret, codes: codes, account: try #require(actor.account)))
        }
    }

    private func pending(_ fixture: IdentityFixture, _ actor: Actor) async throws -> [UInt8] {
        let account = try #require(actor.account)
        let sealed = try await fixture.database.read { view in
            try view.row("SELECT secret FROM identity_second_factor WHERE account = ?", account)?
                .get("secret", as: [UInt8].self) ?? []
        }
        return try fixture.keyring.cipher.open(sealed, context: "identity_second_factor.secret/\(account)")
    }

    @Test("the password alone opens no session; password and code do", arguments: TestDatabase.all)
    func story(kind: TestDatabaseKind) async throws {
        try await with(kind) { (desk) async throws in
            let challenge = try await desk.challenge(at: 60)
            #expect(!challenge.isEmpty)
            #expect(try await desk.refusal(challenge, "000000", at: 60) == .code)
            let signedIn = try await desk.enter(challenge, desk.code(at: 60), at: 60)
            #expect(signedIn.actor.kind == .staff)
            // The challenge is spent, and so is the code.
            #expect(try await desk.refusal(challenge, desk.code(at: 90), at: 90) == .sessionEnded)
            let again = try await desk.challenge(at: 61)
            #expect(try await desk.refusal(again, desk.code(at: 60), at: 61) == .code)
            #expect(try await desk.fixture.events("identity.second_factor_added").count == 1)
        }
    }

    @Test("at the HTTP interface both come at once")
    func together() async throws {
        try await with { (desk) async throws in
            let client = SignInClient(address: "192.0.2.1", terminal: .api)
            func signIn(_ password: String, _ code: String, at seconds: Int) async throws -> IdentityError.Code? {
                try await IdentityTests.refusal {
                    _ = try await desk.fixture.identity.signIn(
                        name: "two.posts", password: password, code: code, client: client,
                        act: Act(actor: .anonymous(terminal: .api), now: IdentityFixture.after(seconds)))
                }
            }
            // A wrong password says nothing about the code.
            #expect(try await signIn("Wrong-Horse-7", desk.code(at: 60), at: 60) == .credentials)
            #expect(try await signIn(IdentityFixture.password, "000000", at: 60) == .code)
            #expect(try await signIn(IdentityFixture.password, desk.code(at: 60), at: 60) == nil)
        }
    }

    @Test("a recovery code serves once, however it is spaced")
    func recovery() async throws {
        try await with { (desk) async throws in
            let typed = " " + desk.codes[0].lowercased().replacing("-", with: " ")
            _ = try await desk.enter(try await desk.challenge(at: 60), typed, at: 60)
            #expect(try await desk.refusal(try await desk.challenge(at: 61), desk.codes[0], at: 61) == .code)
            _ = try await desk.enter(try await desk.challenge(at: 62), desk.codes[1], at: 62)
            #expect(try await desk.fixture.events("identity.recovery_code_used").count == 2)
        }
    }

    @Test("a challenge waits for five minutes and no longer", arguments: [299, 300])
    func challengeAge(seconds: Int) async throws {
        try await with { (desk) async throws in
            let challenge = try await desk.challenge(at: 60)
            let late = 60 + seconds
            #expect(
                try await desk.refusal(challenge, desk.code(at: late), at: late)
                    == (seconds < 300 ? nil : .sessionEnded))
        }
    }

    @Test("codes are guessed five times and then rest, from whatever network", arguments: TestDatabase.all)
    func guessing(kind: TestDatabaseKind) async throws {
        try await with(kind) { (desk) async throws in
            for guess in 0..<5 {
                let challenge = try await desk.challenge(at: 100 + guess)
                #expect(try await desk.refusal(challenge, "00000\(guess)", at: 100 + guess) == .code)
            }
            let challenge = try await desk.challenge(at: 110)
            #expect(try await desk.refusal(challenge, desk.code(at: 110), at: 110) == .tooManyAttempts)
            // A minute later the right code works.
            let later = try await desk.challenge(at: 180)
            #expect(try await desk.refusal(later, desk.code(at: 180), at: 180) == nil)
        }
    }

    @Test("a role that demands it gives no rights before, and it can't be taken away by oneself")
    func demanded() async throws {
        var settings = IdentitySettings()
        settings.secondFactorRoles = ["officer"]
        try await IdentityFixture.with(.sqlite, settings: settings) { (fixture) async throws in
            _ = try await PostChoiceTests.addStaff(fixture)
            let weak = try await fixture.signIn("two.posts").actor
            #expect(weak.post?.permissions.isEmpty == true)
            let state = try await fixture.identity.secondFactor(by: Act(actor: weak, now: IdentityFixture.start))
            #expect(state.isDemanded && state.confirmedAt == nil)
        }
        try await with(demanded: true) { (desk) async throws in
            let strong = try await desk.enter(try await desk.challenge(at: 60), desk.code(at: 60), at: 60).actor
            #expect(strong.post?.permissions == ["casework.decide"])
            let act = Act(actor: strong, now: IdentityFixture.after(61))
            #expect(
                try await IdentityTests.refusal {
                    try await desk.fixture.identity.removeOwnSecondFactor(password: IdentityFixture.password, by: act)
                } == .secondFactor)
        }
    }

    @Test("setting it up and taking it away need the password; an administrator takes a lost one away")
    func changes() async throws {
        try await with { (desk) async throws in
            let identity = desk.fixture.identity
            let actor = try await desk.enter(try await desk.challenge(at: 60), desk.code(at: 60), at: 60).actor
            let act = Act(actor: actor, now: IdentityFixture.after(61))
            #expect(
                try await IdentityTests.refusal {
                    _ = try await identity.beginSecondFactor(password: IdentityFixture.password, by: act)
                } == .secondFactor)
            #expect(
                try await IdentityTests.refusal {
                    try await identity.removeOwnSecondFactor(password: "Wrong-Horse-7", by: act)
                } == .credentials)
            let account = desk.account
            #expect(
                try await IdentityTests.refusal {
                    try await desk.fixture.database.write {
                        try identity.resetSecondFactor(of: account, by: act, in: $0)
                    }
                } == .profileDenied)
            let system = IdentityFixture.system()
            try await desk.fixture.database.write { try identity.resetSecondFactor(of: account, by: system, in: $0) }
            #expect(try await desk.challenge(at: 62).isEmpty)
            #expect(try await desk.fixture.events("identity.second_factor_removed").count == 1)
        }
    }
}
