import Dispatch
import GRDB
import Synchronization

/// Lets several waiting writes share one durable commit, each in its own savepoint.
///
/// Durability costs one fsync a commit; while one commit is on its way to the disk, the writes that arrive wait and
/// go into the next one together. A write that fails rolls back its own savepoint and takes no neighbour with it.
final class SharedCommits: Sendable {
    /// What is left to do for a write after the commit.
    private struct Completion {
        let hasSucceeded: Bool
        let answer: @Sendable (_ failure: (any Error)?) -> Void
    }

    /// One waiting write: runs inside the shared transaction and says how to answer its caller after the commit.
    private struct Job: Sendable {
        let run: @Sendable (GRDB.Database) -> Completion
        /// Answers the caller of a job that could not even begin.
        let refuse: @Sendable (any Error) -> Void
    }

    private struct State {
        var waiting: [Job] = []
        var isDraining = false
        var statistics = CommitStatistics()
    }

    private let pool: DatabasePool
    private let maximumBatch: Int
    private let state = Mutex(State())
    private let queue = DispatchQueue(label: "cn.yiciban.storage.commits")

    init(_ pool: DatabasePool, maximumBatch: Int) {
        self.pool = pool
        self.maximumBatch = maximumBatch
    }

    var statistics: CommitStatistics { state.withLock(\.statistics) }

    func write<Value: Sendable>(_ body: @escaping @Sendable (Transaction) throws -> Value) async throws -> Value {
        try await withCheckedThrowingContinuation { (caller: CheckedContinuation<Value, any Error>) in
            let job = Job(
                run: { database in
                    let result = Result { try Self.inSavepoint(database, body) }
                    return Completion(hasSucceeded: (try? result.get()) != nil) { failure in
                        switch (result, failure) {
                        case (.success, let failure?): caller.resume(throwing: failure)
                        case (.success(let value), nil): caller.resume(returning: value)
                        case (.failure(let error), _): caller.resume(throwing: error)
                        }
                    }
                },
                refuse: { caller.resume(throwing: $0) })
            let mustStart = state.withLock { state in
                state.waiting.append(job)
                defer { state.isDraining = true }
                return !state.isDraining
            }
            if mustStart { queue.async { self.drain() } }
        }
    }

    private static func inSavepoint<Value>(
        _ database: GRDB.Database, _ body: (Transaction) throws -> Value
    ) throws -> Value {
        try translatingErrors {
            var value: Value?
            try database.inSavepoint {
                value = try body(Transaction(SQLiteConnection(database)))
                return .commit
            }
            guard let value else { throw StorageError.known(.other, detail: "savepoint without a result") }
            return value
        }
    }

    private func drain() {
        while true {
            let batch = state.withLock { state -> [Job] in
                let batch = Array(state.waiting.prefix(maximumBatch))
                state.waiting.removeFirst(batch.count)
                if batch.isEmpty { state.isDraining = false }
                return batch
            }
            if batch.isEmpty { return }
            commit(batch)
        }
    }

    private func commit(_ batch: [Job]) {
        var completions: [Completion] = []
        var unrun = batch[...]
        var failure: (any Error)?
        do {
            try translatingErrors {
                try pool.writeWithoutTransaction { database in
                    try database.inTransaction(.immediate) {
                        while let job = unrun.popFirst() {
                            completions.append(job.run(database))
                            // SQLite ends the whole transaction on a full disk; going on would write outside of it.
                            if !database.isInsideTransaction {
                                throw StorageError.known(.diskFull, detail: "the transaction was ended by SQLite")
                            }
                        }
                        return .commit
                    }
                }
            }
        } catch {
            failure = error
        }
        if failure == nil {
            // Counted before anyone is answered, so that whoever was answered is counted.
            let writes = completions.count(where: \.hasSucceeded)
            state.withLock { state in
                state.statistics.writes += writes
                state.statistics.commits += 1
            }
        }
        for completion in completions { completion.answer(failure) }
        guard let failure else { return }
        if completions.isEmpty {
            for job in unrun { job.refuse(failure) }
        } else {
            // What never ran has lost nothing: it goes first into the next commit.
            state.withLock { $0.waiting.insert(contentsOf: unrun, at: 0) }
        }
    }
}
