public import PluginKit
import Synchronization

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// Tells what time it is; the only way in which the system learns it.
public protocol Now: Sendable {
    /// The present instant, UTC, to the millisecond.
    func now() -> Instant
}

/// The machine's clock.
public struct SystemClock: Now {
    public init() {}

    public func now() -> Instant {
        var time = timespec()
        clock_gettime(CLOCK_REALTIME, &time)
        return Instant(milliseconds: Int64(time.tv_sec) * 1000 + Int64(time.tv_nsec) / 1_000_000)
    }
}

/// A clock that stands still until it is moved, for tests and rehearsals.
public final class FixedClock: Now {
    private let instant: Mutex<Instant>

    public init(_ instant: Instant) { self.instant = Mutex(instant) }

    public func now() -> Instant { instant.withLock { $0 } }

    /// Moves the clock forward.
    public func advance(by duration: Duration) { instant.withLock { $0 = $0.adding(duration) } }

    /// Sets the clock.
    public func set(_ instant: Instant) { self.instant.withLock { $0 = instant } }
}
