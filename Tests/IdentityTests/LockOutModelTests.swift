import Extension
import Standards
import Storage
import StorageTestSupport
import Testing

@testable import Identity

/// Plays long mixes of attackers and owners against the counts, without the password function.
@Suite("Lock-out as a model")
struct LockOutModelTests {
    @Test(
        "no mix of attackers ever keeps an owner out on a known device", arguments: TestDatabase.all,
        [1, 2, 3] as [UInt64])
    func ownerIsNeverLockedOut(kind: TestDatabaseKind, seed: UInt64) async throws {
        var settings = IdentitySettings()
        settings.failuresPerAddress = 12
        try await IdentityFixture.with(kind, settings: settings) { fixture in
            let device = try await fixture.signIn().device
            var random = SeededGenerator(seed: seed)
            // The owner sits behind the same address as one of the attackers.
            let addresses = ["192.0.2.1", "192.0.2.2", "2001:db8::1"]
            let names = [IdentityFixture.loginName, fixture.profile.idNumber, "victim.two", "nobody"]
            var clock = 0
            var blocked = 0
            for _ in 0..<150 {
                clock += Int.random(in: 0..<120, using: &random)
                let now = IdentityFixture.after(clock)
                if Int.random(in: 0..<6, using: &random) == 0 {
                    let owner = try await attempt(
                        fixture, IdentityFixture.loginName, from: addresses[0], device: device, at: now, isRight: true)
                    #expect(owner.isKnownDevice)
                } else {
                    let claim = try await attempt(
                        fixture, names.randomElement(using: &random) ?? "",
                        from: addresses.randomElement(using: &random) ?? "",
                        device: nil, at: now, isRight: false)
                    if case .blocked = claim.verdict { blocked += 1 }
                }
            }
            // Otherwise the attackers did not press hard enough for the test to say anything.
            #expect(blocked > 20)
        }
    }

    @Test(
        "one network tries few passwords a day on one name, however it times them", arguments: [1, 2, 3, 4] as [UInt64])
    func guessesAreBounded(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        // The first attacker never waits in vain, the others guess the pauses.
        var count = AttemptCount.none(at: IdentityFixture.start)
        var clock = 0
        var guesses: [Int] = []
        while clock < 3 * 86_400 {
            let now = IdentityFixture.after(clock)
            count = NameLimit.current(count, at: now)
            if let until = NameLimit.blockedUntil(count), now < until {
                let wait = Int((until - now).components.seconds)
                clock += seed == 1 ? wait : Int.random(in: 1...max(2, wait * 2), using: &random)
            } else {
                count.add(at: now)
                guesses.append(clock)
            }
        }
        let worst = guesses.map { first in guesses.filter { (first..<(first + 86_400)).contains($0) }.count }.max() ?? 0
        #expect(worst <= 35)
        #expect(worst >= 5)
    }

    @Test("one network tries a bounded number of passwords an hour on all names", arguments: TestDatabase.all)
    func sprayingIsBounded(kind: TestDatabaseKind) async throws {
        var settings = IdentitySettings()
        settings.failuresPerAddress = 12
        try await IdentityFixture.with(kind, settings: settings) { fixture in
            var allowed = 0
            for number in 0..<40 {
                let claim = try await attempt(
                    fixture, "victim\(number)", from: "198.51.100.0", device: nil,
                    at: IdentityFixture.after(number), isRight: false)
                if case .allowed = claim.verdict { allowed += 1 }
            }
            #expect(allowed == 12)
            let later = try await attempt(
                fixture, "victim99", from: "198.51.100.0", device: nil, at: IdentityFixture.after(3600), isRight: false)
            guard case .allowed = later.verdict else {
                Issue.record("the network should be free again after an hour")
                return
            }
        }
    }

    @Test(
        "an office behind one address signs in together: what others have under way refuses nobody",
        arguments: TestDatabase.all)
    func office(kind: TestDatabaseKind) async throws {
        var settings = IdentitySettings()
        settings.failuresPerAddress = 10
        try await IdentityFixture.with(kind, settings: settings) { (fixture) async throws in
            let client = SignInClient(address: "203.0.113.9", terminal: .portal)
            for number in 0..<9 {
                _ = try await attempt(
                    fixture, "mistyped\(number)", from: client.address, device: nil, at: IdentityFixture.start,
                    isRight: false)
            }
            // Eight colleagues whose passwords are being checked, and then everybody's is right.
            let claims = try await fixture.database.write { transaction in
                try (0..<8).map {
                    try fixture.identity.claim(
                        "colleague\($0)", from: client, at: IdentityFixture.start, in: transaction)
                }
            }
            for claim in claims {
                guard case .allowed = claim.verdict else {
                    Issue.record("refused for others' attempts")
                    return
                }
            }
            #expect(try await fixture.refusal(from: client.address) == nil)
            // A tenth failure still closes the address.
            #expect(try await fixture.refusal("mistyped9", "Wrong-Horse-7", from: client.address) == .credentials)
            #expect(try await fixture.refusal("mistyped9", "Wrong-Horse-7", from: client.address) == .tooManyAttempts)
        }
    }

    @Test("attempts at the same time can't slip through together", arguments: TestDatabase.all)
    func concurrentAttempts(kind: TestDatabaseKind) async throws {
        try await IdentityFixture.with(kind) { fixture in
            let allowed = try await withThrowingTaskGroup(of: Bool.self) { group in
                for _ in 0..<20 {
                    group.addTask {
                        let claim = try await attempt(
                            fixture, "victim", from: "203.0.113.5", device: nil, at: IdentityFixture.start,
                            isRight: false)
                        if case .allowed = claim.verdict { return true } else { return false }
                    }
                }
                return try await group.reduce(0) { $0 + ($1 ? 1 : 0) }
            }
            #expect(allowed == NameLimit.free)
        }
    }
}

/// What a sign-in does to the counts.
private func attempt(
    _ fixture: IdentityFixture, _ name: String, from address: String, device: String?, at now: Instant, isRight: Bool
) async throws -> SignInClaim {
    let client = SignInClient(address: address, device: device, terminal: .portal)
    return try await fixture.database.write { transaction in
        let claim = try fixture.identity.claim(name, from: client, at: now, in: transaction)
        if isRight {
            try fixture.identity.release(claim, isRight: true, at: now, in: transaction)
        } else {
            try fixture.identity.countFailure(claim, at: now, in: transaction)
        }
        return claim
    }
}
