import Synchronization

/// Carries the differences of a new plan out of a write that is committed.
final class ReplanBox: Sendable {
    private let found = Mutex<[String]?>(nil)

    var differences: [String]? { found.withLock { $0 } }

    func set(_ differences: [String]) { found.withLock { $0 = differences } }
}
