public import Extension
import Organisation
public import Standards
public import Storage

extension HallService {
    /// The slots of a hall for a kind of business in which there still are places, today's that have not begun included.
    ///
    /// - Parameters:
    ///   - key: the hall.
    ///   - business: the key of the business; empty for the first that can be booked.
    /// - Throws: ``HallError`` `site_unknown`, `not_bookable`.
    public func slots(
        at key: String, business: String, now: Instant, in snapshot: Snapshot
    ) throws -> [FreeSlot] {
        let hall = try hall(key, in: snapshot)
        let rule = try bookable(business, hall)
        let (first, last) = (now.day, now.day.adding(days: hall.rules.booking.daysAhead))
        let taken = try store.taken(hall.site.id, rule.key, from: first, until: last, in: snapshot)
        var found: [FreeSlot] = []
        var day = first
        while day <= last {
            if try isBookable(day, hall, in: snapshot) {
                for slot in hall.rules.booking.slots where slot.start.on(day) > now {
                    let used = taken[day]?[slot.start.minutes] ?? 0
                    found.append(
                        FreeSlot(day: day, slot: slot, capacity: rule.capacity, free: max(0, rule.capacity - used)))
                }
            }
            day = day.adding(days: 1)
        }
        return found
    }

    /// Books a time.
    ///
    /// - Throws: ``HallError`` `not_bookable`, `booking_held`, `booking_blocked`, `slot_full`, `input.invalid`.
    public func book(
        at key: String, business: String, day: LegalDay, start: DayTime, by act: Act, in transaction: Transaction
    ) throws -> Appointment {
        guard act.actor.kind == .person, let person = act.actor.person else { throw HallError.forbidden }
        let hall = try hall(key, in: transaction)
        let rule = try bookable(business, hall)
        // One after the other, so that two bookings at once by one person can't both find none.
        try store.lockBookings(of: person, in: transaction)
        let standing = try missed(by: person, at: hall, on: act.now.day, in: transaction)
        if let until = standing.blockedUntil { throw HallError.blocked(standing.count, until) }
        if let open = try store.openAppointment(of: person, at: hall.site.id, in: transaction) {
            throw HallError.bookingHeld(open)
        }
        let slot = try claim(day, start, rule, hall, apartFrom: nil, act, in: transaction)
        let appointment = Appointment(
            division: hall.site.division, id: act.identifier("hall.appointment"), site: hall.site.id, person: person,
            business: rule.key, day: day, slot: slot, code: try freeCode(hall, day, act, in: transaction),
            state: .booked, booked: act.now, ticket: nil)
        try store.insert(appointment, by: act, in: transaction)
        return appointment
    }

    /// Puts an appointment to another time, or another business; its own place counts as free.
    ///
    /// - Throws: ``HallError`` `appointment_unknown`, `appointment_over`, and what booking throws.
    public func change(
        _ id: Identifier, business: String, day: LegalDay, start: DayTime, by act: Act, in transaction: Transaction
    ) throws -> Appointment {
        var appointment = try own(id, by: act, in: transaction)
        try requireOpen(appointment, act.now)
        let hall = try hall(appointment.site, in: transaction)
        let rule = try bookable(business.isEmpty ? appointment.business : business, hall)
        // In the order of the days, so that two that change places don't wait for each other.
        for locked in Set([appointment.day, day]).sorted() {
            try store.lockBookings(hall.site.id, locked, in: transaction)
        }
        appointment = try own(id, by: act, in: transaction)
        try requireOpen(appointment, act.now)
        appointment.slot = try claim(day, start, rule, hall, apartFrom: appointment, act, in: transaction)
        if day != appointment.day { appointment.code = try freeCode(hall, day, act, in: transaction) }
        appointment.day = day
        appointment.business = rule.key
        try store.save(
            appointment, telling: AppointmentChanged(appointment: id, day: day), by: act, in: transaction)
        return appointment
    }

    /// Cancels an appointment that has not begun.
    ///
    /// - Throws: ``HallError`` `appointment_unknown`, `appointment_over`.
    public func cancel(_ id: Identifier, by act: Act, in transaction: Transaction) throws -> Appointment {
        let known = try own(id, by: act, in: transaction)
        try store.lockBookings(known.site, known.day, in: transaction)
        var appointment = try own(id, by: act, in: transaction)
        try requireOpen(appointment, act.now)
        appointment.state = .cancelled
        try store.save(appointment, telling: AppointmentCancelled(appointment: id), by: act, in: transaction)
        return appointment
    }

    /// A person's own appointment.
    ///
    /// - Throws: ``HallError`` `appointment_unknown`.
    public func own(_ id: Identifier, by act: Act, in snapshot: Snapshot) throws -> Appointment {
        guard let appointment = try store.appointment(id, in: snapshot), appointment.person == act.actor.person else {
            throw HallError.appointmentUnknown
        }
        return appointment
    }

    /// The appointment that a person has at a hall and has not come to yet; nil for none.
    public func openAppointment(of person: Identifier, at hall: Hall, in snapshot: Snapshot) throws -> Appointment? {
        try store.openAppointment(of: person, at: hall.site.id, in: snapshot)
    }

    /// How often somebody let appointments of a hall pass, told before it books.
    public func missed(
        by person: Identifier, at hall: Hall, on day: LegalDay, in snapshot: Snapshot
    ) throws -> MissedStanding {
        let rules = hall.rules.booking
        let days = try store.missedDays(
            of: person, at: hall.site.id, after: day.adding(days: -rules.missedDays), in: snapshot)
        guard days.count >= rules.missedLimit, let last = days.first else {
            return MissedStanding(count: days.count, blockedUntil: nil)
        }
        let until = last.adding(days: rules.blockedDays + 1)
        return MissedStanding(count: days.count, blockedUntil: day < until ? until : nil)
    }

    // MARK: Helpers

    /// The rule of a business that can be booked.
    func bookable(_ key: String, _ hall: Hall) throws -> BusinessRule {
        let open = hall.rules.businesses.filter { $0.capacity > 0 && serves(hall, .booked, $0.key) }
        guard let rule = key.isEmpty ? open.first : open.first(where: { $0.key == key }) else {
            throw HallError.notBookable
        }
        return rule
    }

    private func isBookable(_ day: LegalDay, _ hall: Hall, in snapshot: Snapshot) throws -> Bool {
        guard try calendar.isWorkingDay(day, in: snapshot) else { return false }
        return try store.day(hall.site.id, day, in: snapshot)?.closed == nil
    }

    /// Locks a day and finds the slot with a place left.
    private func claim(
        _ day: LegalDay, _ start: DayTime, _ rule: BusinessRule, _ hall: Hall, apartFrom own: Appointment?, _ act: Act,
        in transaction: Transaction
    ) throws -> TimeSlot {
        let last = act.now.day.adding(days: hall.rules.booking.daysAhead)
        guard day <= last, day >= act.now.day else {
            throw HallError.invalid([
                Finding("day", "hall.day", "只能预约今天到\(last.chineseDate)之间的时间。")
            ])
        }
        guard try isBookable(day, hall, in: transaction) else {
            throw HallError.invalid([Finding("day", "hall.day", "\(day.chinese)大厅不办公，请换一天。")])
        }
        guard let slot = hall.rules.booking.slots.first(where: { $0.start == start }), slot.start.on(day) > act.now
        else {
            throw HallError.invalid([Finding("start", "hall.slot", "没有这个时段，或者已经开始了，请重新选择。")])
        }
        try store.lockBookings(hall.site.id, day, in: transaction)
        let taken = try store.taken(hall.site.id, rule.key, from: day, until: day, in: transaction)
        var used = taken[day]?[start.minutes] ?? 0
        if let own, own.day == day, own.slot.start == start, own.business == rule.key { used -= 1 }
        guard used < rule.capacity else { throw HallError.slotFull(slot) }
        return slot
    }

    private func requireOpen(_ appointment: Appointment, _ now: Instant) throws {
        guard appointment.state == .booked, appointment.begins > now else {
            throw HallError.appointmentOver(appointment)
        }
    }

    /// Six digits that no other appointment of the hall's day has; the day's bookings are locked.
    private func freeCode(_ hall: Hall, _ day: LegalDay, _ act: Act, in transaction: Transaction) throws -> String {
        for attempt in 0..<100 {
            let bytes = act.seed.bytes("hall.code/\(attempt)", count: 4)
            let number = bytes.reduce(0) { $0 << 8 | Int($1) } % 1_000_000
            let code = String(repeating: "0", count: 6 - "\(number)".count) + "\(number)"
            if try store.appointment(code: code, hall.site.id, day, in: transaction) == nil { return code }
        }
        throw HallError.notBookable
    }
}
