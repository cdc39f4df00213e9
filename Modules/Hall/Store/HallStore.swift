import Extension
import Standards
import Storage

/// Loads and saves what halls hold. Every change of a day's queue locks the day's row first, so that windows of one hall
/// call one after the other.
struct HallStore: Sendable {
    let events: EventLog
    let tickets: RowState
    let days: RowState
    let rules: RowState
    let appointments: RowState

    init(cipher: FieldCipher, events: EventLog) {
        self.events = events
        tickets = RowState(
            kind: "hall.ticket", title: "排队号", table: "hall_ticket", columns: Self.ticketColumns,
            begins: [TicketTaken.name], cipher: cipher)
        days = RowState(
            kind: "hall.day", title: "大厅的一天", table: "hall_day",
            columns: ["division", "id", "site", "day", "opened_at", "closed_at"], begins: [HallDayOpened.name],
            cipher: cipher)
        rules = RowState(
            kind: "hall.rules", title: "叫号规则", table: "hall_rules",
            columns: ["division", "id", "body", "changed_at"], begins: [HallRulesChanged.name], cipher: cipher)
        appointments = RowState(
            kind: "hall.appointment", title: "大厅预约", table: "hall_appointment", columns: Self.appointmentColumns,
            begins: [AppointmentBooked.name], cipher: cipher)
    }

    static let ticketColumns = [
        "division", "id", "site", "day", "class", "number", "label", "business", "ground", "source", "person", "holder",
        "since", "taken_at", "state", "window_id", "calls", "called_at", "last_called_at", "served_at", "ended_at",
    ]

    // MARK: Tickets

    /// A ticket; nil when there is none.
    func ticket(_ id: Identifier, in snapshot: Snapshot) throws -> Ticket? {
        try snapshot.row("SELECT * FROM hall_ticket WHERE id = ?", id).map(Ticket.init)
    }

    /// The tickets of a hall's day in some states, in the order in which they began to wait.
    func tickets(
        _ site: Identifier, _ day: LegalDay, in states: [TicketState], _ snapshot: Snapshot
    ) throws -> [Ticket] {
        let marks = states.map { _ in "?" }.joined(separator: ", ")
        return try snapshot.rows(
            "SELECT * FROM hall_ticket WHERE site = ? AND day = ? AND state IN (\(marks)) ORDER BY since, number, id",
            arguments: [site.sql, day.sql] + states.map(\.sql)
        ).map(Ticket.init)
    }

    /// The open ticket of a person or of the holder of an ID in a hall today; nil for none.
    func openTicket(
        person: Identifier?, holder: String, _ site: Identifier, _ day: LegalDay, in snapshot: Snapshot
    ) throws -> Ticket? {
        guard person != nil || !holder.isEmpty else { return nil }
        return try snapshot.row(
            """
            SELECT * FROM hall_ticket WHERE site = ? AND day = ? AND state IN ('waiting', 'called', 'serving')
                AND (person = ? OR (holder <> '' AND holder = ?)) ORDER BY id LIMIT 1
            """, site, day, person?.text ?? "", holder
        ).map(Ticket.init)
    }

    /// The tickets that were called last, newest first.
    func lastCalled(_ site: Identifier, _ day: LegalDay, limit: Int, in snapshot: Snapshot) throws -> [Ticket] {
        try snapshot.rows(
            """
            SELECT * FROM hall_ticket WHERE site = ? AND day = ? AND last_called_at IS NOT NULL
            ORDER BY last_called_at DESC, id DESC LIMIT ?
            """, site, day, limit
        ).map(Ticket.init)
    }

    /// How long it took from the call to the end for those who were served last, in milliseconds, in order of length.
    func pace(_ site: Identifier, _ day: LegalDay, in snapshot: Snapshot) throws -> [Int64] {
        try snapshot.rows(
            """
            SELECT ended_at - last_called_at AS took FROM hall_ticket
            WHERE site = ? AND day = ? AND state = 'done' AND last_called_at IS NOT NULL AND served_at IS NOT NULL
            ORDER BY ended_at DESC, id DESC LIMIT 20
            """, site, day
        ).map { try $0.get("took", as: Int64.self) }.sorted()
    }

    /// Writes a new ticket.
    func insert(_ ticket: Ticket, by act: Act, in transaction: Transaction) throws {
        let marks = Self.ticketColumns.map { _ in "?" }.joined(separator: ", ")
        try transaction.execute(
            "INSERT INTO hall_ticket (\(Self.ticketColumns.joined(separator: ", "))) VALUES (\(marks))",
            arguments: ticket.values)
        let told = TicketTaken(
            ticket: ticket.id, site: ticket.site, ticketClass: ticket.ticketClass, number: ticket.number,
            source: ticket.source)
        try events.record(
            [told], to: ticket.stream, isNew: true, state: tickets.digest(of: ticket.values), by: act, in: transaction)
    }

    /// Writes a ticket that changed, and tells of it.
    func save(_ ticket: Ticket, telling told: [any Event], by act: Act, in transaction: Transaction) throws {
        try transaction.execute(
            """
            UPDATE hall_ticket SET ground = ?, holder = ?, since = ?, state = ?, window_id = ?, calls = ?, called_at = ?, last_called_at = ?,
                served_at = ?, ended_at = ? WHERE id = ?
            """, ticket.ground, ticket.holder, ticket.since, ticket.state, ticket.window, ticket.calls, ticket.called,
            ticket.lastCalled,
            ticket.served, ticket.ended, ticket.id)
        try events.record(
            told, to: ticket.stream, state: tickets.digest(of: ticket.values), by: act, in: transaction)
    }

    // MARK: Rules

    /// The rules of a site; those of every site unless it has its own.
    func rules(of site: Identifier, in snapshot: Snapshot) throws -> HallRules {
        guard let row = try snapshot.row("SELECT body FROM hall_rules WHERE id = ?", site) else { return HallRules() }
        return try HallRules(json: try JSONParser.parse(Array(try row.get("body", as: String.self).utf8)))
    }

    func save(
        _ rules: HallRules, of site: Identifier, division: String, by act: Act, in transaction: Transaction
    ) throws {
        let isNew = try transaction.row("SELECT 1 AS known FROM hall_rules WHERE id = ?", site) == nil
        let body = String(decoding: rules.json, as: UTF8.self)
        let row = try transaction.row(
            """
            INSERT INTO hall_rules (division, id, body, changed_at) VALUES (?, ?, ?, ?)
            ON CONFLICT (id) DO UPDATE SET body = excluded.body, changed_at = excluded.changed_at
            \(self.rules.returning)
            """, division, site, body, act.now)
        try events.record(
            [HallRulesChanged(site: site)], to: StreamID(division: division, kind: "hall.rules", id: site.text),
            isNew: isNew, state: try row.map { try self.rules.digest(of: $0) }, by: act, in: transaction)
    }
}

extension Ticket {
    init(_ row: Row) throws {
        self.init(
            division: try row.get("division"), id: try row.get("id"), site: try row.get("site"),
            day: try row.get("day"), ticketClass: try row.get("class"), number: try row.get("number"),
            label: try row.get("label"), business: try row.get("business"), ground: try row.get("ground"),
            source: try row.get("source"), person: try row.get("person"), holder: try row.get("holder"),
            since: try row.get("since"), taken: try row.get("taken_at"), state: try row.get("state"),
            window: try row.get("window_id"), calls: try row.get("calls"), called: try row.get("called_at"),
            lastCalled: try row.get("last_called_at"), served: try row.get("served_at"),
            ended: try row.get("ended_at"))
    }

    /// Its values in the order of the store's columns.
    var values: [SQLValue] {
        let first: [SQLValue] = [
            .text(division), id.sql, site.sql, day.sql, ticketClass.sql, number.sql, .text(label), .text(business),
            ground.sql, source.sql, person.sql, .text(holder),
        ]
        return first + [
            since.sql, taken.sql, state.sql, window.sql, calls.sql, called.sql, lastCalled.sql, served.sql, ended.sql,
        ]
    }
}
