import Extension
import Standards
import Storage

/// Loads and saves appointments. Every booking locks its hall's day first, so that a slot is never overbooked.
extension HallStore {
    static let appointmentColumns = [
        "division", "id", "site", "person", "business", "day", "slot_start", "slot_end", "code", "state", "booked_at",
        "ticket",
    ]

    /// Locks the bookings of a hall's day.
    func lockBookings(_ site: Identifier, _ day: LegalDay, in transaction: Transaction) throws {
        try transaction.execute(
            """
            INSERT INTO hall_booking_day (site, day, version) VALUES (?, ?, 1)
            ON CONFLICT (site, day) DO UPDATE SET version = hall_booking_day.version + 1
            """, site, day)
    }

    /// Locks the bookings of a person; before those of any day.
    func lockBookings(of person: Identifier, in transaction: Transaction) throws {
        try lockBookings(person, LegalDay.first, in: transaction)
    }

    func appointment(_ id: Identifier, in snapshot: Snapshot) throws -> Appointment? {
        try snapshot.row("SELECT * FROM hall_appointment WHERE id = ?", id).map(Appointment.init)
    }

    /// The appointment with a code on a hall's day.
    func appointment(
        code: String, _ site: Identifier, _ day: LegalDay, in snapshot: Snapshot
    ) throws -> Appointment? {
        try snapshot.row("SELECT * FROM hall_appointment WHERE site = ? AND day = ? AND code = ?", site, day, code)
            .map(Appointment.init)
    }

    /// The appointment that a person has at a hall and has not come to yet.
    func openAppointment(of person: Identifier, at site: Identifier, in snapshot: Snapshot) throws -> Appointment? {
        try snapshot.row(
            "SELECT * FROM hall_appointment WHERE person = ? AND site = ? AND state = 'booked'", person, site
        ).map(Appointment.init)
    }

    /// A person's appointments, newest first.
    func appointments(
        of person: Identifier, before cursor: String?, limit: Int, in snapshot: Snapshot
    ) throws -> [Appointment] {
        try snapshot.rows(
            "SELECT * FROM hall_appointment WHERE person = ? AND id < ? ORDER BY id DESC LIMIT ?", person,
            cursor ?? "~", limit
        ).map(Appointment.init)
    }

    /// The appointments of a hall's day in the order of their times, from a cursor on.
    func appointments(
        _ site: Identifier, _ day: LegalDay, after cursor: (slot: Int, id: String)?, limit: Int, in snapshot: Snapshot
    ) throws -> [Appointment] {
        let (slot, id) = cursor ?? (-1, "")
        return try snapshot.rows(
            """
            SELECT * FROM hall_appointment WHERE site = ? AND day = ?
                AND (slot_start > ? OR (slot_start = ? AND id > ?))
            ORDER BY slot_start, id LIMIT ?
            """, site, day, slot, slot, id, limit
        ).map(Appointment.init)
    }

    /// How many places are taken in the slots of some days, by day and beginning.
    func taken(
        _ site: Identifier, _ business: String, from first: LegalDay, until last: LegalDay, in snapshot: Snapshot
    ) throws -> [LegalDay: [Int: Int]] {
        var taken: [LegalDay: [Int: Int]] = [:]
        let rows = try snapshot.rows(
            """
            SELECT day, slot_start, COUNT(*) AS total FROM hall_appointment
            WHERE site = ? AND day >= ? AND day <= ? AND business = ? AND state IN ('booked', 'arrived')
            GROUP BY day, slot_start
            """, site, first, last, business)
        for row in rows { taken[try row.get("day"), default: [:]][try row.get("slot_start")] = try row.get("total") }
        return taken
    }

    /// The days on which a person let appointments of a hall pass, the last first.
    func missedDays(
        of person: Identifier, at site: Identifier, after day: LegalDay, in snapshot: Snapshot
    ) throws -> [LegalDay] {
        try snapshot.rows(
            """
            SELECT day FROM hall_appointment WHERE person = ? AND site = ? AND state = 'missed' AND day > ?
            ORDER BY day DESC LIMIT 100
            """, person, site, day
        ).map { try $0.get("day") }
    }

    /// The appointments of past days to which nobody has come.
    func overdueAppointments(before day: LegalDay, limit: Int, in snapshot: Snapshot) throws -> [Appointment] {
        try snapshot.rows(
            "SELECT * FROM hall_appointment WHERE state = 'booked' AND day < ? ORDER BY day, id LIMIT ?", day, limit
        ).map(Appointment.init)
    }

    /// The appointments of a day of which nobody was reminded.
    func unremindedAppointments(on day: LegalDay, limit: Int, in snapshot: Snapshot) throws -> [Appointment] {
        try snapshot.rows(
            """
            SELECT * FROM hall_appointment WHERE state = 'booked' AND day = ? AND reminded_for IS DISTINCT FROM day
            ORDER BY id LIMIT ?
            """, day, limit
        ).map(Appointment.init)
    }

    func insert(_ appointment: Appointment, by act: Act, in transaction: Transaction) throws {
        let columns = Self.appointmentColumns
        try transaction.execute(
            """
            INSERT INTO hall_appointment (\(columns.joined(separator: ", ")))
            VALUES (\(columns.map { _ in "?" }.joined(separator: ", ")))
            """, arguments: appointment.values)
        try events.record(
            [AppointmentBooked(appointment: appointment.id, site: appointment.site, day: appointment.day)],
            to: appointment.stream, isNew: true, state: appointments.digest(of: appointment.values), by: act,
            in: transaction)
    }

    func save(
        _ appointment: Appointment, telling told: any Event, by act: Act, in transaction: Transaction
    ) throws {
        try transaction.execute(
            """
            UPDATE hall_appointment SET business = ?, day = ?, slot_start = ?, slot_end = ?, code = ?, state = ?,
                ticket = ? WHERE id = ?
            """, appointment.business, appointment.day, appointment.slot.start.minutes, appointment.slot.end.minutes,
            appointment.code, appointment.state, appointment.ticket, appointment.id)
        try events.record(
            [told], to: appointment.stream, state: appointments.digest(of: appointment.values), by: act,
            in: transaction)
    }

    /// Notes for which day its holder was reminded, and tells it.
    func remind(of appointment: Appointment, by act: Act, in transaction: Transaction) throws {
        try transaction.execute(
            "UPDATE hall_appointment SET reminded_for = day WHERE id = ?", appointment.id)
        try save(
            appointment, telling: AppointmentDueSoon(appointment: appointment.id, day: appointment.day), by: act,
            in: transaction)
    }
}

extension Appointment {
    init(_ row: Row) throws {
        let start = DayTime(minutes: try row.get("slot_start"))
        self.init(
            division: try row.get("division"), id: try row.get("id"), site: try row.get("site"),
            person: try row.get("person"), business: try row.get("business"), day: try row.get("day"),
            slot: TimeSlot(start: start, end: DayTime(minutes: try row.get("slot_end"))), code: try row.get("code"),
            state: try row.get("state"), booked: try row.get("booked_at"), ticket: try row.get("ticket"))
    }

    /// Its values in the order of the store's columns.
    var values: [SQLValue] {
        [
            .text(division), id.sql, site.sql, person.sql, .text(business), day.sql, slot.start.minutes.sql,
            slot.end.minutes.sql, .text(code), state.sql, booked.sql, ticket.sql,
        ]
    }
}
