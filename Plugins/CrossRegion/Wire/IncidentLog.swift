import PluginKit

/// What went wrong between the partners and us: counted by day, and told in the journal where the partner provably
/// said it.
struct IncidentLog: Sendable {
    let events: EventLog
    let division: String

    /// One kind of incident of a day.
    struct Entry: Sendable, Hashable {
        let partner: String
        let code: String
        let day: LegalDay
        let times: Int
        let detail: String
        let lastAt: Instant
    }

    /// Counts an incident.
    ///
    /// - Parameters:
    ///   - partner: whose name stands on it; `?` where nobody known is named, so that strangers can't fill the table.
    ///   - isProven: whether the partner's own key proves that it said so.
    func note(
        _ partner: String, _ code: String, _ detail: String, isProven: Bool, by act: Act, in transaction: Transaction
    ) throws {
        try transaction.execute(
            """
            INSERT INTO cross_region_incident (partner, code, day, times, detail, last_at) VALUES (?, ?, ?, 1, ?, ?)
            ON CONFLICT (partner, code, day) DO UPDATE SET times = cross_region_incident.times + 1,
                detail = excluded.detail, last_at = excluded.last_at
            """, partner, code, act.now.day, String(detail.prefix(300)), act.now)
        guard isProven else { return }
        try events.record(
            [PartnerErred(partner: partner, code: code, detail: String(detail.prefix(300)))],
            to: StreamID(division: division, kind: "cross-region.incident", id: partner), by: act, in: transaction)
    }

    /// The incidents since a day, newest first.
    func list(since day: LegalDay, limit: Int, in snapshot: Snapshot) throws -> [Entry] {
        try snapshot.rows(
            """
            SELECT partner, code, day, times, detail, last_at FROM cross_region_incident WHERE day >= ?
            ORDER BY last_at DESC, partner, code LIMIT ?
            """, day, limit
        ).map {
            Entry(
                partner: try $0.get("partner"), code: try $0.get("code"), day: try $0.get("day"),
                times: try $0.get("times"), detail: try $0.get("detail"), lastAt: try $0.get("last_at"))
        }
    }
}
