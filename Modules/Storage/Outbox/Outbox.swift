public import Standards

/// Events written together with the change that caused them (transactional outbox).
public enum Outbox {
    /// Writes one delivery per subscriber, in the transaction of the change.
    ///
    /// Events of one stream reach each subscriber in the order of their emission, provided that whoever emits holds the
    /// stream's row lock (`UPDATE … SET version = version + 1`), as every write to a case does.
    ///
    /// - Parameters:
    ///   - event: for example `case.completed`.
    ///   - body: the event as JSON.
    ///   - subscribers: who gets it; none writes nothing.
    ///   - stream: what the event is about.
    ///   - instant: when it happened, and from when it is due.
    ///   - seed: from which the identifiers are made.
    ///   - transaction: the transaction of the change.
    public static func emit(
        event: String, body: String, to subscribers: [String], stream: StreamID, at instant: Instant, seed: Seed,
        in transaction: Transaction
    ) throws {
        guard !subscribers.isEmpty else { return }
        let last = try transaction.row(
            "SELECT COALESCE(MAX(position), 0) AS position FROM outbox WHERE division = ? AND stream = ?",
            stream.division, stream.text)
        let position = (try last?.get("position", as: Int64.self) ?? 0) + 1
        try transaction.send(
            """
            INSERT INTO outbox (id, division, stream, position, event, subscriber, body, at, state, attempts, next_at)
            VALUES \(placeholders(rows: subscribers.count, columns: 11))
            """,
            arguments: subscribers.flatMap { subscriber -> [SQLValue] in
                let label = "outbox/\(stream.division)/\(stream.text)/\(position)/\(subscriber)"
                return [
                    seed.identifier(label, at: instant).sql, .text(stream.division), .text(stream.text),
                    .integer(position), .text(event), .text(subscriber), .text(body), instant.sql,
                    OutboxItem.State.waiting.sql, .integer(0), instant.sql,
                ]
            })
    }
}
