import Extension
import Identity
import Standards
import Storage
import StorageTestSupport
import Testing

/// The machine's clock is set back while people are signed in.
@Suite("Sessions and a clock set back")
struct ClockSetBackTests {
    @Test(
        "who is signed in stays so, and the limits hold as soon as the time is right again", arguments: TestDatabase.all
    )
    func session(kind: TestDatabaseKind) async throws {
        try await IdentityFixture.with(kind) { fixture in
            func code(after seconds: Int) async throws -> IdentityError.Code? {
                try await refusal {
                    _ = try await fixture.identity.authenticate(token: token, at: IdentityFixture.after(seconds))
                }
            }
            let token = try await fixture.signIn().token
            #expect(try await code(after: 600) == nil)
            #expect(try await code(after: -86_400) == nil)
            #expect(try await code(after: -86_300) == nil)
            let idle = Int(IdentitySettings().idleLimit.components.seconds)
            #expect(try await code(after: 600 + idle) == nil, "the use at the wrong time did not shorten it")
            #expect(try await code(after: 600 + 2 * idle + 3600) == .sessionEnded)
        }
    }

    @Test("a pause after wrong passwords lasts no longer than it would have", arguments: TestDatabase.all)
    func lockOut(kind: TestDatabaseKind) async throws {
        try await IdentityFixture.with(kind) { fixture in
            for number in 0..<6 {
                _ = try await fixture.refusal(
                    IdentityFixture.loginName, "wrong-\(number)", at: IdentityFixture.after(86_400))
            }
            #expect(try await fixture.refusal(at: IdentityFixture.start) == .tooManyAttempts)
            #expect(try await fixture.refusal(at: IdentityFixture.after(3600)) == nil)
        }
    }
}
