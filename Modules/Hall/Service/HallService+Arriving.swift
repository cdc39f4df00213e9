public import Extension
import Organisation
public import Standards
public import Storage

extension HallService {
    /// Tells by one's account that one has come, and takes the ticket of the appointment.
    ///
    /// - Throws: ``HallError`` `appointment_unknown`, `appointment_over`, `not_today`, `closed`.
    public func arrive(_ id: Identifier, by act: Act, in transaction: Transaction) throws -> Ticket {
        try arrive(try own(id, by: act, in: transaction), by: act, in: transaction)
    }

    /// Tells at a kiosk that one has come, by the code of the appointment.
    public func arriveAtKiosk(
        _ code: String, at key: String, kiosk: String, by act: Act, in transaction: Transaction
    ) throws -> Ticket {
        try arrive(code, try self.kiosk(key, code: kiosk, in: transaction), by: act, in: transaction)
    }

    /// Tells a clerk that one has come, by the code of the appointment.
    public func arriveAtWindow(
        _ code: String, at key: String, by act: Act, in transaction: Transaction
    ) throws -> Ticket {
        let hall = try hall(key, in: transaction)
        try requireServing(hall, act, in: transaction)
        return try arrive(code, hall, by: act, in: transaction)
    }

    private func arrive(_ code: String, _ hall: Hall, by act: Act, in transaction: Transaction) throws -> Ticket {
        guard let known = try store.appointment(code: code, hall.site.id, act.now.day, in: transaction) else {
            throw HallError.codeUnknown
        }
        return try arrive(known, by: act, in: transaction)
    }

    /// Makes the ticket of an appointment. Who comes by the end of the slot waits from its beginning on; who comes later
    /// waits from now on.
    private func arrive(_ known: Appointment, by act: Act, in transaction: Transaction) throws -> Ticket {
        let (hall, now) = (try hall(known.site, in: transaction), act.now)
        guard known.day == now.day else { throw HallError.notToday(known) }
        try store.lockBookings(known.site, known.day, in: transaction)
        guard var appointment = try store.appointment(known.id, in: transaction), appointment.state == .booked else {
            throw HallError.appointmentOver(known)
        }
        var day = try store.lock(hall.site.id, now.day, division: hall.site.division, by: act, in: transaction)
        if day.closed != nil { throw HallError.closed(now.day) }
        if let open = try store.openTicket(
            person: appointment.person, holder: "", hall.site.id, now.day, in: transaction)
        {
            throw HallError.held(open.label)
        }
        let number = day.next(.booked)
        let isLate = now > appointment.slot.end.on(appointment.day)
        let ticket = Ticket(
            division: hall.site.division, id: act.identifier("hall.ticket"), site: hall.site.id, day: now.day,
            ticketClass: .booked, number: number, label: hall.rules.label(.booked, number),
            business: appointment.business, ground: nil, source: .appointment, person: appointment.person, holder: "",
            since: isLate ? now : appointment.begins, taken: now, state: .waiting, window: nil, calls: 0, called: nil,
            lastCalled: nil, served: nil, ended: nil)
        try store.save(day, in: transaction)
        try store.insert(ticket, by: act, in: transaction)
        appointment.state = .arrived
        appointment.ticket = ticket.id
        try store.save(
            appointment, telling: AppointmentArrived(appointment: appointment.id, ticket: ticket.id), by: act,
            in: transaction)
        return ticket
    }

    // MARK: Jobs

    /// Ends the appointments of past days: nobody came, or the hall had ended its day before.
    func endPastAppointments(by act: Act) async throws {
        while true {
            let ended = try await database.write { [self] transaction in
                let overdue = try store.overdueAppointments(before: act.now.day, limit: 50, in: transaction)
                for known in overdue {
                    try store.lockBookings(known.site, known.day, in: transaction)
                    guard var appointment = try store.appointment(known.id, in: transaction),
                        appointment.state == .booked, appointment.day < act.now.day
                    else { continue }
                    let closed = try store.day(known.site, known.day, in: transaction)?.closed
                    let isDropped = closed.map { $0 < appointment.slot.end.on(appointment.day) } ?? false
                    appointment.state = isDropped ? .dropped : .missed
                    try store.save(
                        appointment,
                        telling: AppointmentMissed(appointment: appointment.id, isDropped: isDropped), by: act,
                        in: transaction)
                }
                return overdue.count
            }
            if ended == 0 { return }
        }
    }

    /// The hour from which people are reminded of tomorrow's appointments.
    private static let remindingFrom = DayTime(minutes: 9 * 60)

    /// Reminds of tomorrow's appointments, once each.
    func remindOfAppointments(by act: Act) async throws {
        guard act.now >= Self.remindingFrom.on(act.now.day) else { return }
        while true {
            let reminded = try await database.write { [self] transaction in
                let found = try store.unremindedAppointments(
                    on: act.now.day.adding(days: 1), limit: 50, in: transaction)
                for known in found {
                    try store.lockBookings(known.site, known.day, in: transaction)
                    guard let appointment = try store.appointment(known.id, in: transaction),
                        appointment.state == .booked, appointment.day == known.day
                    else { continue }
                    try store.remind(of: appointment, by: act, in: transaction)
                }
                return found.count
            }
            if reminded == 0 { return }
        }
    }

    // MARK: Lists

    /// A page of a person's appointments, newest first.
    public func appointments(
        of person: Identifier, before cursor: String?, limit: Int, in snapshot: Snapshot
    ) throws -> [Appointment] {
        try store.appointments(of: person, before: cursor, limit: limit, in: snapshot)
    }

    /// A line of a day's list.
    public struct DayLine: Sendable {
        public let appointment: Appointment
        /// The name with all but its first character covered.
        public let name: String
    }

    /// A page of a hall's appointments on a day, for its clerks.
    ///
    /// - Parameter cursor: the beginning in minutes and the identifier of the last line before, as `540.01hz…`.
    public func appointments(
        at key: String, on day: LegalDay, after cursor: String, limit: Int, by act: Act, in snapshot: Snapshot
    ) throws -> [DayLine] {
        let hall = try hall(key, in: snapshot)
        try requireStaff(hall, act, in: snapshot)
        let parts = cursor.split(separator: ".").map(String.init)
        let place = parts.count == 2 ? Int(parts[0]).map { (slot: $0, id: parts[1]) } : nil
        return try store.appointments(hall.site.id, day, after: place, limit: limit, in: snapshot).map {
            DayLine(appointment: $0, name: try directory.maskedName(of: $0.person, in: snapshot) ?? "")
        }
    }
}
