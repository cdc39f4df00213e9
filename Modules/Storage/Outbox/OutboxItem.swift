public import Standards

/// One event on its way to one subscriber.
public struct OutboxItem: Sendable, Hashable {
    /// Where a delivery is.
    public enum State: String, Sendable, SQLConvertible {
        /// Waits for its turn or its next attempt.
        case waiting
        /// Is with a server that delivers it outside.
        case leased
        /// Failed too often and waits for a person.
        case parked
    }

    /// The row's identifier: the idempotency key of an outside delivery.
    public let id: Identifier
    public let stream: StreamID
    /// For example `case.completed`.
    public let event: String
    /// For example `newborn.archive-notice`.
    public let subscriber: String
    /// The event as JSON.
    public let body: String
    /// When the event happened.
    public let at: Instant
    public let state: State
    /// Attempts so far.
    public let attempts: Int
    /// When the next attempt is due.
    public let nextAt: Instant
    /// What went wrong last.
    public let error: String?

    static let columns = "id, division, stream, event, subscriber, body, at, state, attempts, next_at, error"

    init(_ row: Row) throws {
        id = try row.get("id")
        stream = try StreamID(row)
        event = try row.get("event")
        subscriber = try row.get("subscriber")
        body = try row.get("body")
        at = try row.get("at")
        state = try row.get("state")
        attempts = try row.get("attempts")
        nextAt = try row.get("next_at")
        error = try row.get("error")
    }
}

/// How long a failed delivery waits, and when it is given up.
public enum OutboxBackOff {
    /// After so many attempts a delivery is parked.
    public static let maximumAttempts = 10

    /// The longest wait for the next attempt.
    public static let longestDelay: Duration = .seconds(3600)

    /// One second after the first failure, doubled with each further one, one hour at most.
    public static func delay(after attempts: Int) -> Duration {
        .seconds(min(3600, 1 << min(max(attempts - 1, 0), 12)))
    }
}
