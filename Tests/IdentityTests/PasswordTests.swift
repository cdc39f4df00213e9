import Extension
import Storage
import StorageTestSupport
import Testing

@testable import Identity

@Suite("Passwords")
struct PasswordTests {
    @Test(
        "weak passwords are refused with the remedy",
        arguments: [
            "short-1", "onlyletters", "12345678", "Aa1Aa1Aa1", "xx-zhao.mingyuan-1X",
            String(repeating: "aB3-", count: 40),
        ])
    func weak(password: String) async throws {
        try await IdentityFixture.with(.sqlite) { fixture in
            let code = try await refusal {
                _ = try await fixture.identity.hash(password, for: try LoginName(IdentityFixture.loginName))
            }
            #expect(code == .passwordWeak)
        }
    }

    @Test("a changed password ends the other sessions and renews this one", arguments: TestDatabase.all)
    func change(kind: TestDatabaseKind) async throws {
        try await IdentityFixture.with(kind) { fixture in
            let other = try await fixture.signIn()
            let own = try await fixture.signIn()
            let act = Act(actor: own.actor, now: IdentityFixture.start, clientAddress: "192.0.2.1")
            let wrong = try await refusal {
                _ = try await fixture.identity.changePassword(current: "Wrong-Horse-7", new: "Another-Horse-8", by: act)
            }
            #expect(wrong == .credentials)
            let renewed = try await fixture.identity.changePassword(
                current: IdentityFixture.password, new: "Another-Horse-8", by: act)
            for token in [other.token, own.token] {
                let code = try await refusal {
                    _ = try await fixture.identity.authenticate(token: token, at: IdentityFixture.start)
                }
                #expect(code == .sessionEnded)
            }
            #expect(
                try await fixture.identity.authenticate(token: renewed.token, at: IdentityFixture.start).person
                    == fixture.person)
            #expect(try await fixture.refusal() == .credentials)
            #expect(try await fixture.refusal(IdentityFixture.loginName, "Another-Horse-8") == nil)
        }
    }

    @Test("a thief at an open session can't guess the password without end")
    func guessingAtAnOpenSession() async throws {
        try await IdentityFixture.with(.sqlite) { fixture in
            let own = try await fixture.signIn()
            let act = Act(actor: own.actor, now: IdentityFixture.start, clientAddress: "192.0.2.1")
            var codes: [IdentityError.Code?] = []
            for _ in 0..<6 {
                codes.append(
                    try await refusal {
                        _ = try await fixture.identity.changePassword(
                            current: "Wrong-Horse-7", new: "Another-Horse-8", by: act)
                    })
            }
            #expect(codes == Array(repeating: .credentials, count: 5) + [.tooManyAttempts])
        }
    }

    @Test("generated passwords are strong, and differ by name and seed")
    func generated() throws {
        let seed = Seed(bytes: [UInt8](repeating: 1, count: 32))
        let other = Seed(bytes: [UInt8](repeating: 2, count: 32))
        let passwords = [
            GeneratedPassword.make("a", seed: seed), GeneratedPassword.make("b", seed: seed),
            GeneratedPassword.make("a", seed: other),
        ]
        #expect(Set(passwords).count == 3)
        #expect(GeneratedPassword.make("a", seed: seed) == passwords[0])
        for password in passwords { try PasswordPolicy.check(password, loginName: try LoginName("clerk.one")) }
    }

    @Test(
        "numbers of persons can't be login names",
        arguments: ["13812345678", "43060319060617135X", "ab", "张三", "a b c", "_abc"])
    func loginNames(text: String) {
        #expect(throws: IdentityError.self) { try LoginName(text) }
    }
}
