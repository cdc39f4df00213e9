public import Standards

/// The tamper-evident journal: each stream's events form a hash chain (DESIGN §7).
public enum Journal {
    /// Appends events to a stream, in the transaction of the change that they tell of.
    ///
    /// The stream's head row is the lock, so that two writers can't fork a chain. A new stream takes two statements, an
    /// existing one three, however many events there are.
    ///
    /// - Parameters:
    ///   - entries: the events in order; none does nothing.
    ///   - stream: whose events they are.
    ///   - instant: when they happened.
    ///   - transaction: the transaction of the change.
    public static func append(
        _ entries: [JournalEntry], to stream: StreamID, at instant: Instant, in transaction: Transaction
    ) throws {
        guard !entries.isEmpty else { return }
        // The chain as it is if the stream is new: then the head is right at once.
        let fresh = chain(entries, stream, at: instant, from: 0, after: StreamID.genesis)
        let count = Int64(entries.count)
        let head = try transaction.row(
            """
            INSERT INTO journal_head (division, stream, seq, hash, checkpointed) VALUES (?, ?, ?, ?, 0)
            ON CONFLICT (division, stream) DO UPDATE SET seq = journal_head.seq + excluded.seq RETURNING seq, hash
            """, stream.division, stream.text, count, fresh.last?.hash)
        guard let head else { throw StorageError.known(.other, detail: "journal head without a row") }
        let seq: Int64 = try head.get("seq")
        if seq == count { return try insert(fresh, stream, in: transaction) }

        let records = chain(entries, stream, at: instant, from: seq - count, after: try head.get("hash"))
        try insert(records, stream, in: transaction)
        try transaction.send(
            "UPDATE journal_head SET hash = ? WHERE division = ? AND stream = ?",
            records.last?.hash, stream.division, stream.text)
    }

    /// Begins a stream with its first events, in the transaction in which its thing is made; nothing is waited for.
    ///
    /// If the stream exists, which for a new identifier it can't, the transaction fails.
    public static func begin(
        _ stream: StreamID, with entries: [JournalEntry], at instant: Instant, in transaction: Transaction
    ) throws {
        guard !entries.isEmpty else { return }
        let records = chain(entries, stream, at: instant, from: 0, after: StreamID.genesis)
        try transaction.send(
            "INSERT INTO journal_head (division, stream, seq, hash, checkpointed) VALUES (?, ?, ?, ?, 0)",
            stream.division, stream.text, records.count, records.last?.hash)
        try insert(records, stream, in: transaction)
    }

    /// A stream's events in order.
    ///
    /// - Parameters:
    ///   - stream: whose events.
    ///   - seq: the last event already seen; 0 to begin.
    ///   - limit: how many at most.
    ///   - snapshot: where to read.
    public static func entries(
        of stream: StreamID, after seq: Int64 = 0, limit: Int = 100, in snapshot: Snapshot
    ) throws -> [JournalRecord] {
        try snapshot.rows(
            """
            SELECT seq, at, type, actor, body, state, hash FROM journal WHERE division = ? AND stream = ? AND seq > ?
            ORDER BY seq LIMIT ?
            """, stream.division, stream.text, seq, limit
        ).map(JournalRecord.init)
    }

    /// The newest events of a stream, the newest first.
    ///
    /// - Parameters:
    ///   - stream: whose events.
    ///   - limit: how many at most.
    ///   - snapshot: where to read.
    public static func latest(of stream: StreamID, limit: Int, in snapshot: Snapshot) throws -> [JournalRecord] {
        try snapshot.rows(
            """
            SELECT seq, at, type, actor, body, state, hash FROM journal WHERE division = ? AND stream = ?
            ORDER BY seq DESC LIMIT ?
            """, stream.division, stream.text, limit
        ).map(JournalRecord.init)
    }

    private static func chain(
        _ entries: [JournalEntry], _ stream: StreamID, at instant: Instant, from seq: Int64, after hash: [UInt8]
    ) -> [JournalRecord] {
        var seq = seq
        var hash = hash
        return entries.map { entry in
            seq += 1
            hash = stream.hash(entry, seq: seq, at: instant, after: hash)
            return JournalRecord(seq: seq, at: instant, entry: entry, hash: hash)
        }
    }

    private static func insert(_ records: [JournalRecord], _ stream: StreamID, in transaction: Transaction) throws {
        // A statement takes at most 32,766 arguments in SQLite; events rarely come in more than a handful.
        for start in stride(from: 0, to: records.count, by: 500) {
            let part = records[start..<min(start + 500, records.count)]
            try transaction.send(
                "INSERT INTO journal (division, stream, seq, at, type, actor, body, state, hash) VALUES "
                    + placeholders(rows: part.count, columns: 9),
                arguments: part.flatMap { record -> [SQLValue] in
                    [
                        .text(stream.division), .text(stream.text), .integer(record.seq), record.at.sql,
                        .text(record.entry.type), .text(record.entry.actor), .text(record.entry.body),
                        record.entry.state.sql, .blob(record.hash),
                    ]
                })
        }
    }
}
