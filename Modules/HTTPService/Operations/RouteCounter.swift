import PluginKit
import Synchronization

/// What is counted of one route.
final class RouteCounter: Sendable {
    /// The upper bounds of the histogram's buckets, in seconds.
    static let bounds = [0.001, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10]

    struct Counts: Sendable {
        var byStatus: [Int: Int] = [:]
        /// Not cumulative; one more than the bounds for what is slower.
        var buckets = [Int](repeating: 0, count: RouteCounter.bounds.count + 1)
        var seconds = 0.0
        var total = 0
    }

    let method: String
    let path: String
    private let state = Mutex(Counts())

    init(method: String, path: String) {
        self.method = method
        self.path = path
    }

    var counts: Counts { state.withLock { $0 } }

    /// Counts one answer.
    func record(status: Int, seconds: Double) {
        let bucket = Self.bounds.firstIndex { seconds <= $0 } ?? Self.bounds.count
        state.withLock { counts in
            counts.byStatus[status, default: 0] += 1
            counts.buckets[bucket] += 1
            counts.seconds += seconds
            counts.total += 1
        }
    }
}
