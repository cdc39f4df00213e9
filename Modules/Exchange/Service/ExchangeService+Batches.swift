public import Extension
import Standards
import Storage

extension ExchangeService {
    /// The batches, newest first.
    ///
    /// - Throws: ``Problem`` without the right to export.
    public func batches(limit: Int = 50, by act: Act) async throws -> [ExchangeBatch] {
        try require(act)
        return try await database.read { snapshot in
            try snapshot.rows("SELECT * FROM exchange_batch ORDER BY begun_at DESC, number DESC LIMIT ?", limit)
                .map(ExchangeBatch.init)
        }
    }

    /// Whole batches with rows whose files nobody has: writing them failed, or was cut off. Oldest first.
    ///
    /// - Throws: ``Problem`` without the right to export.
    public func untaken(limit: Int = 50, by act: Act) async throws -> [ExchangeBatch] {
        try require(act)
        return try await database.read { snapshot in
            try snapshot.rows(
                """
                SELECT * FROM exchange_batch
                WHERE taken_at IS NULL AND completed_at IS NOT NULL AND cleared_at IS NULL AND entries > 0
                ORDER BY begun_at, number LIMIT ?
                """, limit
            ).map(ExchangeBatch.init)
        }
    }

    /// One batch by its number.
    ///
    /// - Throws: ``ExchangeError`` when there is none; ``Problem`` without the right to export.
    public func batch(_ number: String, by act: Act) async throws -> ExchangeBatch {
        try require(act)
        return try await database.read { try Self.find(number, in: $0) }
    }

    /// What kept rows out of a batch.
    ///
    /// - Parameter after: how many to pass over.
    public func findings(
        of number: String, after: Int = 0, limit: Int = 100, by act: Act
    ) async throws -> [ExchangeFinding] {
        try require(act)
        return try await database.read { snapshot in
            try snapshot.rows(
                "SELECT * FROM exchange_finding WHERE batch = ? AND position >= ? ORDER BY position LIMIT ?", number,
                after, limit
            ).map { row in
                ExchangeFinding(
                    table: try row.get("table_name"), row: try row.get("row_guid"), field: try row.get("field"),
                    code: try row.get("code"), message: try row.get("message"), subject: try row.get("subject"))
            }
        }
    }

    static func find(_ number: String, in snapshot: Snapshot) throws -> ExchangeBatch {
        guard let row = try snapshot.row("SELECT * FROM exchange_batch WHERE number = ?", number) else {
            throw ExchangeError.batchNotFound(number)
        }
        return try ExchangeBatch(row)
    }
}

extension ExchangeBatch {
    init(_ row: Row) throws {
        number = try row.get("number")
        period = try row.get("from_day", as: LegalDay.self)...row.get("to_day", as: LegalDay.self)
        begunAt = try row.get("begun_at")
        until = try row.get("until_at")
        completedAt = try row.get("completed_at")
        takenAt = try row.get("taken_at")
        actor = try row.get("actor")
        counts = try Self.counts(try row.get("counts"))
        faults = try row.get("faults")
        isKept = try row.get("cleared_at", as: Instant?.self) == nil
        place = Place(source: try row.get("source"), key: try row.get("place"), entries: try row.get("entries"))
    }
}

extension ExchangeService {
    /// What people call a table; its name where there is none of it.
    public func title(of table: String) -> String { schemas[table]?.title ?? table }

    /// What people call a column.
    public func title(of field: String, in table: String) -> String { schemas[table]?.field(field)?.title ?? field }
}
