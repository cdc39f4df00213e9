import Extension
import Standards
import Storage

/// One day of a hall: what its numbers have come to, and whether it has ended.
struct HallDay: Sendable, Hashable {
    let division: String
    let id: Identifier
    let site: Identifier
    let day: LegalDay
    let closed: Instant?
    /// How many tickets of the green channel were called just before, one after the other.
    var greenRun: Int
    /// The last number of each class.
    var last: [TicketClass: Int]

    init(_ row: Row) throws {
        division = try row.get("division")
        id = try row.get("id")
        site = try row.get("site")
        day = try row.get("day")
        closed = try row.get("closed_at")
        greenRun = try row.get("green_run")
        last = [
            .ordinary: try row.get("ordinary"), .booked: try row.get("booked"), .green: try row.get("green"),
        ]
    }

    var stream: StreamID { StreamID(division: division, kind: "hall.day", id: id.text) }

    /// The next number of a class.
    mutating func next(_ ticketClass: TicketClass) -> Int {
        let number = (last[ticketClass] ?? 0) + 1
        last[ticketClass] = number
        return number
    }
}

extension HallStore {
    /// A hall's day without locking it; nil while nobody came.
    func day(_ site: Identifier, _ day: LegalDay, in snapshot: Snapshot) throws -> HallDay? {
        try snapshot.row("SELECT * FROM hall_day WHERE site = ? AND day = ?", site, day).map(HallDay.init)
    }

    /// Locks a hall's day, and begins it when nobody has.
    func lock(
        _ site: Identifier, _ day: LegalDay, division: String, by act: Act, in transaction: Transaction
    ) throws -> HallDay {
        if let known = try lockKnown(site, day, in: transaction) { return known }
        let row = try transaction.row(
            """
            INSERT INTO hall_day (division, id, site, day, opened_at, closed_at, green_run, ordinary, booked, green, version)
            VALUES (?, ?, ?, ?, ?, NULL, 0, 0, 0, 0, 0) ON CONFLICT (site, day) DO NOTHING \(days.returning)
            """, division, act.identifier("hall.day/\(site)/\(day)"), site, day, act.now)
        if let row {
            let id: Identifier = try row.get("id")
            try events.record(
                [HallDayOpened(site: site, day: day)], to: StreamID(division: division, kind: "hall.day", id: id.text),
                isNew: true, state: try days.digest(of: row), by: act, in: transaction)
        }
        guard let locked = try lockKnown(site, day, in: transaction) else { throw HallError.siteUnknown }
        return locked
    }

    /// Locks a hall's day; nil when nobody has begun it.
    func lockKnown(_ site: Identifier, _ day: LegalDay, in transaction: Transaction) throws -> HallDay? {
        try transaction.row(
            "UPDATE hall_day SET version = version + 1 WHERE site = ? AND day = ? RETURNING *", site, day
        ).map(HallDay.init)
    }

    /// Keeps what the numbers of a locked day have come to.
    func save(_ day: HallDay, in transaction: Transaction) throws {
        try transaction.execute(
            "UPDATE hall_day SET green_run = ?, ordinary = ?, booked = ?, green = ? WHERE id = ?", day.greenRun,
            day.last[.ordinary] ?? 0, day.last[.booked] ?? 0, day.last[.green] ?? 0, day.id)
    }

    /// Ends a locked day.
    func close(_ day: HallDay, left: Int, by act: Act, in transaction: Transaction) throws {
        let row = try transaction.row(
            "UPDATE hall_day SET closed_at = ? WHERE id = ? \(days.returning)", act.now, day.id)
        try events.record(
            [HallDayClosed(site: day.site, day: day.day, left: left)], to: day.stream,
            state: try row.map { try days.digest(of: $0) }, by: act, in: transaction)
    }

    /// The days before one that have not ended.
    func openDays(before day: LegalDay, limit: Int, in snapshot: Snapshot) throws -> [HallDay] {
        try snapshot.rows(
            "SELECT * FROM hall_day WHERE closed_at IS NULL AND day < ? ORDER BY day, id LIMIT ?", day, limit
        ).map(HallDay.init)
    }
}

/// Who sits at a window (柜台), and which ticket stands there.
struct HallDesk: Sendable, Hashable {
    let window: Identifier
    let site: Identifier
    /// Who sits there; nil when the window is not served.
    let account: Identifier?
    let ticket: Identifier?

    init(_ row: Row) throws {
        window = try row.get("window_id")
        site = try row.get("site")
        account = try row.get("account")
        ticket = try row.get("ticket")
    }
}

extension HallStore {
    func desk(_ window: Identifier, in snapshot: Snapshot) throws -> HallDesk? {
        try snapshot.row("SELECT * FROM hall_desk WHERE window_id = ?", window).map(HallDesk.init)
    }

    /// The windows of a hall that are served on a day.
    func openDesks(_ site: Identifier, _ day: LegalDay, in snapshot: Snapshot) throws -> [HallDesk] {
        try snapshot.rows(
            """
            SELECT * FROM hall_desk WHERE site = ? AND seen_at >= ? AND (account IS NOT NULL OR ticket IS NOT NULL)
            ORDER BY window_id
            """, site, day.start
        )
        .map(HallDesk.init)
    }

    func save(
        desk window: Identifier, _ site: Identifier, division: String, account: Identifier?, ticket: Identifier?,
        at now: Instant, in transaction: Transaction
    ) throws {
        try transaction.execute(
            """
            INSERT INTO hall_desk (division, window_id, site, account, seen_at, ticket) VALUES (?, ?, ?, ?, ?, ?)
            ON CONFLICT (window_id) DO UPDATE SET site = excluded.site, account = excluded.account,
                seen_at = excluded.seen_at, ticket = excluded.ticket
            """, division, window, site, account, now, ticket)
    }

    /// Frees the window where a ticket stands.
    func free(_ ticket: Identifier, in transaction: Transaction) throws {
        try transaction.execute("UPDATE hall_desk SET ticket = NULL WHERE ticket = ?", ticket)
    }

    /// Ends the work at all windows of a hall.
    func leaveAll(_ site: Identifier, in transaction: Transaction) throws {
        try transaction.execute("UPDATE hall_desk SET account = NULL, ticket = NULL WHERE site = ?", site)
    }
}
