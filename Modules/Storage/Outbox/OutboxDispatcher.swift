public import Standards

/// Hands events over to their subscribers; the kernel drives it and knows the handlers.
public struct OutboxDispatcher: Sendable {
    private let database: any Database

    public init(_ database: any Database) { self.database = database }

    /// What became of an attempt.
    public enum Delivery: Sendable, Hashable {
        /// The effect and the delivery mark are committed.
        case delivered
        /// The handler failed; the delivery waits for its next attempt or is parked.
        case failed(String)
        /// Somebody else has it, it is not its turn, or it is done.
        case notDue
    }

    /// What may be attempted now: due, and nothing earlier of the same stream waits for the same subscriber.
    ///
    /// - Parameters:
    ///   - instant: now.
    ///   - limit: how many at most.
    public func due(at instant: Instant, limit: Int = 100) async throws -> [OutboxItem] {
        try await database.read { snapshot in
            try snapshot.rows(
                """
                SELECT \(OutboxItem.columns) FROM outbox WHERE state <> 'parked' AND next_at <= ? AND \(Self.isFirst)
                ORDER BY next_at, id LIMIT ?
                """, instant, limit
            ).map(OutboxItem.init)
        }
    }

    /// Makes deliveries due that wait for a time too far ahead to be meant: the clock was set back since.
    ///
    /// - Parameters:
    ///   - horizon: the latest time for which a delivery may wait.
    ///   - instant: now.
    public func pullForward(beyond horizon: Instant, to instant: Instant) async throws {
        try await database.write { transaction in
            _ = try transaction.execute(
                "UPDATE outbox SET next_at = ? WHERE next_at > ? AND state <> 'parked'", instant, horizon)
        }
    }

    /// Runs a handler whose effect is in our own data: effect and delivery mark are committed together, so it happens
    /// once.
    ///
    /// - Parameters:
    ///   - id: of an item that is due.
    ///   - instant: now.
    ///   - handler: may run again after a conflict, like every write closure.
    public func deliver(
        _ id: Identifier, at instant: Instant,
        _ handler: @escaping @Sendable (OutboxItem, Transaction) throws -> Void
    ) async throws -> Delivery {
        do {
            return try await database.write { transaction in
                guard let item = try Self.claim(id, at: instant, in: transaction) else { return .notDue }
                try handler(item, transaction)
                try transaction.execute("DELETE FROM outbox WHERE id = ?", id)
                return .delivered
            }
        } catch let error as StorageError where Self.isOurs(error) {
            throw error
        } catch {
            let text = Self.describe(error)
            try await fail(id, error: text, at: instant)
            return .failed(text)
        }
    }

    /// Takes an item for a delivery outside; nobody else gets it until the lease ends.
    ///
    /// The item's ``OutboxItem/id`` is the idempotency key for the partner, since a lease that ends unanswered is
    /// followed by another attempt.
    ///
    /// - Parameters:
    ///   - id: of an item that is due.
    ///   - instant: now.
    ///   - duration: how long the attempt may take.
    /// - Returns: the item with its attempt counted, or nil when somebody else has it.
    public func lease(_ id: Identifier, at instant: Instant, for duration: Duration) async throws -> OutboxItem? {
        let until = instant.adding(duration)
        return try await database.write { transaction in
            guard try Self.claim(id, at: instant, in: transaction) != nil else { return nil }
            return try transaction.row(
                """
                UPDATE outbox SET state = 'leased', attempts = attempts + 1, next_at = ?, lease_until = ? WHERE id = ?
                RETURNING \(OutboxItem.columns)
                """, until, until, id
            ).map(OutboxItem.init)
        }
    }

    /// Ends a leased delivery that succeeded.
    ///
    /// - Returns: false when the lease had ended and somebody else has the item now.
    @discardableResult
    public func complete(_ item: OutboxItem) async throws -> Bool {
        try await database.write { transaction in
            try transaction.execute(
                "DELETE FROM outbox WHERE id = ? AND state = 'leased' AND attempts = ?", item.id, item.attempts) == 1
        }
    }

    /// Ends a leased delivery that failed; it waits for its next attempt or is parked.
    ///
    /// - Returns: false when the lease had ended and somebody else has the item now.
    @discardableResult
    public func fail(_ item: OutboxItem, _ error: any Error, at instant: Instant) async throws -> Bool {
        let text = Self.describe(error)
        let state = Self.state(after: item.attempts)
        let next = instant.adding(OutboxBackOff.delay(after: item.attempts))
        return try await database.write { transaction in
            try transaction.execute(
                """
                UPDATE outbox SET state = ?, next_at = ?, lease_until = NULL, error = ?
                WHERE id = ? AND state = 'leased' AND attempts = ?
                """, state, next, text, item.id, item.attempts) == 1
        }
    }

    /// Deliveries for an operator to look at, oldest first.
    ///
    /// - Parameters:
    ///   - state: only those in this state; nil for all.
    ///   - limit: how many at most.
    public func list(state: OutboxItem.State? = nil, limit: Int = 100) async throws -> [OutboxItem] {
        try await database.read { snapshot in
            let condition = state == nil ? "" : "WHERE state = ?"
            return try snapshot.rows(
                "SELECT \(OutboxItem.columns) FROM outbox \(condition) ORDER BY id LIMIT \(limit)",
                arguments: state.map { [$0.sql] } ?? []
            ).map(OutboxItem.init)
        }
    }

    /// Lets a parked or waiting delivery be attempted at once, with its attempts counted from zero.
    ///
    /// - Returns: false when there is no such delivery or it is under way.
    @discardableResult
    public func retry(_ id: Identifier, at instant: Instant) async throws -> Bool {
        try await database.write { transaction in
            try transaction.execute(
                "UPDATE outbox SET state = 'waiting', attempts = 0, next_at = ? WHERE id = ? AND state <> 'leased'",
                instant, id) == 1
        }
    }

    /// Gives a delivery up, so that later events of its stream go on.
    ///
    /// - Returns: false when there is no such delivery or it is under way.
    @discardableResult
    public func drop(_ id: Identifier) async throws -> Bool {
        try await database.write { transaction in
            try transaction.execute("DELETE FROM outbox WHERE id = ? AND state <> 'leased'", id) == 1
        }
    }

    /// Whether the database itself is in trouble, so that no handler is to blame.
    private static func isOurs(_ error: StorageError) -> Bool {
        [.connection, .busy, .diskFull, .readOnly, .corrupt, .conflict].contains(error.code)
    }

    private static let isFirst = """
        NOT EXISTS (SELECT 1 FROM outbox e WHERE e.division = outbox.division AND e.stream = outbox.stream
            AND e.subscriber = outbox.subscriber AND e.position < outbox.position)
        """

    private static func claim(_ id: Identifier, at instant: Instant, in transaction: Transaction) throws -> OutboxItem?
    {
        try transaction.row(
            """
            SELECT \(OutboxItem.columns) FROM outbox
            WHERE id = ? AND state <> 'parked' AND next_at <= ? AND \(isFirst)\(transaction.skipLocked)
            """, id, instant
        ).map(OutboxItem.init)
    }

    private func fail(_ id: Identifier, error: String, at instant: Instant) async throws {
        try await database.write { transaction in
            // Only if it is still due: otherwise another server has attempted it meanwhile.
            guard let item = try Self.claim(id, at: instant, in: transaction) else { return }
            let attempts = item.attempts + 1
            try transaction.execute(
                """
                UPDATE outbox SET state = ?, attempts = ?, next_at = ?, lease_until = NULL, error = ? WHERE id = ?
                """, Self.state(after: attempts), attempts, instant.adding(OutboxBackOff.delay(after: attempts)), error,
                id)
        }
    }

    private static func state(after attempts: Int) -> OutboxItem.State {
        attempts >= OutboxBackOff.maximumAttempts ? .parked : .waiting
    }

    private static func describe(_ error: any Error) -> String {
        String("\(type(of: error)): \(error)".replacing("\0", with: "").prefix(500))
    }
}
