import ArgumentParser
import Extension
import Identity
import Storage
import StorageTestSupport
import Synchronization
import Testing

@Suite("yiciban account")
struct CommandTests {
    @Test("an account is added with a password that is printed once and works", arguments: TestDatabase.all)
    func add(kind: TestDatabaseKind) async throws {
        try await IdentityFixture.with(kind) { fixture in
            let reply = try await run(fixture, "add", "clerk.one", "--name", "孙志强")
            let password = try #require(reply["password"]?.string)
            // Without a post the sign-in is refused, but only after the password was found right.
            #expect(try await fixture.refusal("clerk.one", password) == .noPost)
            let listed = try await run(fixture, "list")
            #expect(listed.array?.compactMap { $0["login_name"]?.string } == ["clerk.one", IdentityFixture.loginName])
            #expect(!listed.canonical.contains("孙志强"))
        }
    }

    @Test("a reset password ends all sessions and the old password", arguments: TestDatabase.all)
    func reset(kind: TestDatabaseKind) async throws {
        try await IdentityFixture.with(kind) { fixture in
            let token = try await fixture.signIn().token
            let reply = try await run(fixture, "reset-password", IdentityFixture.loginName)
            let password = try #require(reply["password"]?.string)
            let code = try await refusal {
                _ = try await fixture.identity.authenticate(token: token, at: IdentityFixture.start)
            }
            #expect(code == .sessionEnded)
            #expect(try await fixture.refusal() == .credentials)
            let signedIn = try await fixture.signIn(IdentityFixture.loginName, password)
            #expect(signedIn.mustChangePassword)
        }
    }

    @Test("an account is disabled only on confirmation")
    func disable() async throws {
        try await IdentityFixture.with(.sqlite) { fixture in
            await #expect(throws: ValidationError.self) { try await run(fixture, "disable", IdentityFixture.loginName) }
            #expect(try await fixture.refusal() == nil)
            _ = try await run(fixture, "disable", IdentityFixture.loginName, "--yes")
            #expect(try await fixture.refusal() == .accountDisabled)
            let unknown = try await refusal { _ = try await run(fixture, "disable", "nobody.here", "--yes") }
            #expect(unknown == .accountUnknown)
        }
    }

    @discardableResult
    private func run(_ fixture: IdentityFixture, _ arguments: String...) async throws -> JSONValue {
        let printed = Mutex<[String]>([])
        var services = ServiceDirectory()
        services.add(fixture.identity)
        let context = CommandContext(
            services: services, output: CommandOutput(isJSON: true) { line in printed.withLock { $0.append(line) } },
            act: { _ in IdentityFixture.system() })
        let command = try #require(try AccountCommands.parseAsRoot(arguments) as? any KernelCommand)
        try await command.run(in: context)
        let lines = printed.withLock { $0 }
        return try JSONValue(parsing: try #require(lines.last))
    }
}
