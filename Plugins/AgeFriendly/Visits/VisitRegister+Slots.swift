import PluginKit

extension VisitRegister {
    /// A half day that may be ordered, and how many more visits fit into it.
    struct Offer: Sendable {
        let slot: HalfDay
        let free: Int
    }

    /// The half days of a division that may be ordered now, the full ones with none free.
    func offers(
        of division: String, at now: Instant, _ calendar: WorkingCalendar, in snapshot: Snapshot
    ) throws -> [Offer] {
        let slots = rules.offered(at: now, calendar)
        guard let first = slots.first, let last = slots.last else { return [] }
        let rows = try snapshot.rows(
            "SELECT day, half, taken FROM age_friendly_slot WHERE division = ? AND day BETWEEN ? AND ?", division,
            first.day, last.day)
        var taken: [HalfDay: Int] = [:]
        for row in rows { taken[HalfDay(try row.get("day"), try row.get("half"))] = try row.get("taken") }
        return slots.map { Offer(slot: $0, free: max(0, rules.capacity - (taken[$0] ?? 0))) }
    }

    /// Takes a place in a half day. Its row is locked until the end of the transaction, so that it is never overfilled.
    ///
    /// - Returns: whether there was one.
    func take(_ slot: HalfDay, of division: String, in transaction: Transaction) throws -> Bool {
        try transaction.execute(
            """
            INSERT INTO age_friendly_slot (division, day, half, taken) VALUES (?, ?, ?, 0)
            ON CONFLICT (division, day, half) DO NOTHING
            """, division, slot.day, slot.half)
        return try transaction.execute(
            """
            UPDATE age_friendly_slot SET taken = taken + 1 WHERE division = ? AND day = ? AND half = ? AND taken < ?
            """, division, slot.day, slot.half, rules.capacity) > 0
    }

    /// Gives the place of a cancelled order back.
    func release(_ slot: HalfDay, of division: String, in transaction: Transaction) throws {
        try transaction.execute(
            """
            UPDATE age_friendly_slot SET taken = taken - 1 WHERE division = ? AND day = ? AND half = ? AND taken > 0
            """, division, slot.day, slot.half)
    }

    /// Takes the half day that was asked for, or the first free one when none was.
    ///
    /// - Throws: ``Problem`` 409 that names the next free half day.
    func take(
        _ wanted: HalfDay?, of division: String, at now: Instant, _ calendar: WorkingCalendar,
        in transaction: Transaction
    ) throws -> HalfDay {
        if let wanted, try take(wanted, of: division, in: transaction) { return wanted }
        let free = try offers(of: division, at: now, calendar, in: transaction).filter { $0.free > 0 }.map(\.slot)
        if let wanted {
            let next = free.first { wanted < $0 } ?? free.first
            throw Problem(
                409, "age-friendly.half_day_full", "这半天约满了",
                "\(wanted.chinese)已经约满。"
                    + (next.map { "最近的空档是\(rules.chinese($0))，请改约这个时间。" } ?? Self.nothingFree(rules)))
        }
        for slot in free where try take(slot, of: division, in: transaction) { return slot }
        throw Problem(409, "age-friendly.half_day_full", "都约满了", Self.nothingFree(rules))
    }

    private static func nothingFree(_ rules: VisitRules) -> String {
        "往后 \(rules.daysAhead) 天都约满了，着急的请打电话，我们另想办法。"
    }
}
