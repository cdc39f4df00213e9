import Standards
import Storage

/// The counts of failed attempts in the database, so that several servers share them.
struct AttemptLedger {
    let transaction: Transaction
    let now: Instant

    /// Reads a count under a lock, so that attempts at the same time are counted one after the other. An attempt that
    /// seems to lie ahead was counted before the clock was set back; it must not keep anyone out until the clock has
    /// caught up.
    func count(_ key: [UInt8]) throws -> AttemptCount {
        try transaction.execute(
            """
            INSERT INTO identity_attempt (id, failures, started_at, last_at) VALUES (?, 0, ?, ?)
            ON CONFLICT (id) DO UPDATE SET
                started_at = CASE WHEN identity_attempt.started_at > excluded.started_at
                    THEN excluded.started_at ELSE identity_attempt.started_at END,
                last_at = CASE WHEN identity_attempt.last_at > excluded.last_at
                    THEN excluded.last_at ELSE identity_attempt.last_at END
            """, key, now, now)
        guard
            let row = try transaction.row(
                "SELECT failures, started_at, last_at FROM identity_attempt WHERE id = ?", key)
        else { return .none(at: now) }
        return AttemptCount(
            failures: try row.get("failures"), startedAt: try row.get("started_at"), lastAt: try row.get("last_at"))
    }

    func store(_ count: AttemptCount, _ key: [UInt8]) throws {
        try transaction.execute(
            "UPDATE identity_attempt SET failures = ?, started_at = ?, last_at = ? WHERE id = ?", count.failures,
            count.startedAt, count.lastAt, key)
    }

    /// Takes one failure back that was counted before the password was checked.
    func takeBack(_ key: [UInt8]) throws {
        try transaction.execute(
            "UPDATE identity_attempt SET failures = failures - 1 WHERE id = ? AND failures > 0", key)
    }

    func forget(_ key: [UInt8]) throws { try transaction.execute("DELETE FROM identity_attempt WHERE id = ?", key) }
}
