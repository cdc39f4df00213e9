import Standards

/// How often somebody has failed.
struct AttemptCount: Hashable, Sendable {
    var failures: Int
    /// The first failure of the count.
    var startedAt: Instant
    var lastAt: Instant

    static func none(at now: Instant) -> AttemptCount { AttemptCount(failures: 0, startedAt: now, lastAt: now) }

    mutating func add(at now: Instant) {
        if failures == 0 { startedAt = now }
        failures += 1
        lastAt = now
    }
}

/// The limit for one name from one network: five free failures, then a pause that doubles from one minute to an hour;
/// forgotten a day after the last failure. So a network tries at most about 35 passwords a day on one name.
enum NameLimit {
    static let free = 5
    static let forgottenAfter: Duration = .seconds(24 * 3600)

    static func current(_ count: AttemptCount, at now: Instant) -> AttemptCount {
        count.lastAt.adding(forgottenAfter) <= now ? .none(at: now) : count
    }

    static func blockedUntil(_ count: AttemptCount) -> Instant? {
        guard count.failures >= free else { return nil }
        let minutes = 1 << min(count.failures - free, 6)
        return count.lastAt.adding(.seconds(60 * min(minutes, 60)))
    }
}

/// The limit for all names from one network: so many failures in an hour.
struct NetworkLimit {
    static let window: Duration = .seconds(3600)
    let failures: Int

    static func current(_ count: AttemptCount, at now: Instant) -> AttemptCount {
        count.startedAt.adding(window) <= now ? .none(at: now) : count
    }

    func blockedUntil(_ count: AttemptCount) -> Instant? {
        count.failures >= failures ? count.startedAt.adding(Self.window) : nil
    }
}

/// The limit for a known device, which the limits above don't touch: after so many failures in a row it is known no more.
enum DeviceLimit {
    static let failures = 20
    /// How many devices an account is known on.
    static let perAccount = 10
    static let forgottenAfter: Duration = .seconds(365 * 24 * 3600)
}
