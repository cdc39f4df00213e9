public import Standards

/// That a backup was made, noted in the database itself, so that every server knows.
///
/// Its table stands beside the ledger of migrations and not among them: also a database of an earlier program is backed
/// up, before it is migrated. A backup does not hold it.
public struct BackupRecord: Sendable, Hashable {
    /// As of when the backup is.
    public let at: Instant
    /// Where it was written.
    public let file: String
    /// How long it is, in bytes; 0 of one that was restored.
    public let bytes: Int

    public init(at instant: Instant, file: String, bytes: Int) {
        at = instant
        self.file = file
        self.bytes = bytes
    }

    /// The newest; nil when there is none.
    public static func newest(in snapshot: Snapshot) throws -> BackupRecord? {
        guard try snapshot.hasTable("backup_record") else { return nil }
        return try snapshot.row("SELECT at, file, bytes FROM backup_record ORDER BY at DESC LIMIT 1").map { row in
            BackupRecord(at: try row.get("at"), file: try row.get("file"), bytes: try row.get("bytes"))
        }
    }

    /// Notes it and forgets all but the newest hundred.
    public func insert(in transaction: Transaction) throws {
        try transaction.execute(
            """
            CREATE TABLE IF NOT EXISTS backup_record (
                at BIGINT NOT NULL PRIMARY KEY, file TEXT NOT NULL, bytes BIGINT NOT NULL)
            """)
        try transaction.execute(
            """
            INSERT INTO backup_record (at, file, bytes) VALUES (?, ?, ?)
            ON CONFLICT (at) DO UPDATE SET file = excluded.file, bytes = excluded.bytes
            """, at, file, bytes)
        try transaction.execute(
            "DELETE FROM backup_record WHERE at NOT IN (SELECT at FROM backup_record ORDER BY at DESC LIMIT 100)")
    }
}

extension Snapshot {
    /// Whether there is a table of that name.
    public func hasTable(_ name: String) throws -> Bool {
        let catalogue =
            dialect == .sqlite
            ? "SELECT 1 AS one FROM sqlite_master WHERE type = 'table' AND name = ?"
            : "SELECT 1 AS one FROM pg_class WHERE oid = to_regclass(?)"
        return try row(catalogue, name) != nil
    }
}
