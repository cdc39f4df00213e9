import PluginKit
import Synchronization

/// Token buckets by client address, in bounded memory.
///
/// Two generations of buckets: when the younger is full it becomes the older and the former older is forgotten, so an
/// attacker with many addresses can't grow the memory, and a busy address is never forgotten.
final class RateLimiter: Sendable {
    private struct Bucket {
        var tokens: Double
        var at: Instant
    }

    private struct State {
        var young: [String: Bucket] = [:]
        var old: [String: Bucket] = [:]
    }

    private let burst: Double
    private let perMillisecond: Double
    private let capacity: Int
    private let state = Mutex(State())

    /// - Parameters:
    ///   - perMinute: how many requests a minute one address may make; as many at once after a pause. 0 is no limit.
    ///   - capacity: how many addresses a generation remembers.
    init(perMinute: Int, capacity: Int = 20_000) {
        burst = Double(perMinute)
        perMillisecond = Double(perMinute) / 60_000
        self.capacity = capacity
    }

    /// Whether there is a limit at all.
    var isActive: Bool { burst > 0 }

    /// How many addresses are remembered.
    var remembered: Int { state.withLock { $0.young.count + $0.old.count } }

    /// Takes one token of an address.
    ///
    /// - Returns: whether the request may go on.
    func admits(_ address: String, at instant: Instant) -> Bool {
        guard isActive else { return true }
        return state.withLock { state in
            var bucket = state.young[address] ?? state.old[address] ?? Bucket(tokens: burst, at: instant)
            let passed = Double(max(0, instant.milliseconds - bucket.at.milliseconds))
            bucket.tokens = min(burst, bucket.tokens + passed * perMillisecond)
            bucket.at = instant
            let isAdmitted = bucket.tokens >= 1
            if isAdmitted { bucket.tokens -= 1 }
            if state.young.count >= capacity, state.young[address] == nil {
                state.old = state.young
                state.young = [:]
            }
            state.young[address] = bucket
            return isAdmitted
        }
    }
}
