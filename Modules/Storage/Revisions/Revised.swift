import Synchronization

/// A value in memory that is loaded again when the revision of its data has moved.
public final class Revised<Value: Sendable>: Sendable {
    private struct Held {
        let mark: Revision.Mark
        let value: Value
    }

    private let revision: Revision
    private let held = Mutex<Held?>(nil)

    public init(_ revision: Revision) { self.revision = revision }

    /// The value as it was last read, without a look at the database; nil before the first time.
    public var recent: Value? { held.withLock { $0?.value } }

    /// The value as this view of the database sees it.
    ///
    /// - Parameters:
    ///   - snapshot: the view.
    ///   - load: reads the value; called only when the revision has moved.
    public func value(in snapshot: Snapshot, load: () throws -> Value) throws -> Value {
        let mark = try revision.mark(in: snapshot)
        if let held = held.withLock({ $0 }), held.mark == mark { return held.value }
        let value = try load()
        if snapshot.isChanging(revision) { return value }
        // A transaction sees what others commit between two of its statements: half of the value may be newer.
        if snapshot is Transaction {
            snapshot.forgetRevisions()
            guard try revision.mark(in: snapshot) == mark else { return value }
        }
        held.withLock { $0 = Held(mark: mark, value: value) }
        return value
    }
}
