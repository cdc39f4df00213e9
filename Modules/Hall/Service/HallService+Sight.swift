public import Extension
import Organisation
public import Standards
public import Storage

/// A hall as everybody may see it: numbers and windows, and nothing of who holds them.
public struct HallSight: Sendable {
    /// A number that was called.
    public struct Called: Sendable, Hashable {
        public let ticket: Identifier
        public let label: String
        public let window: String
        public let state: TicketState
        /// When it was called last.
        public let at: Instant
    }

    public let hall: Hall
    public let day: LegalDay
    public let isClosed: Bool
    /// How many wait in each class.
    public let waiting: [TicketClass: Int]
    /// What was called last, newest first.
    public let called: [Called]
    /// How many windows are served.
    public let openWindows: Int
}

/// A ticket as whoever has its address sees it.
public struct TicketSight: Sendable {
    public let ticket: Ticket
    public let hall: Hall
    /// What stands above the window; empty while there is none.
    public let window: String
    /// While it waits.
    public let forecast: Forecast?
}

/// A window as its clerk sees it.
public struct WindowSight: Sendable {
    public let hall: Hall
    public let windowID: Identifier
    public let name: String
    /// The ticket that stands there.
    public let current: Ticket?
    /// Whether another clerk works there now.
    public let isTaken: Bool
    /// Who waits, as far as the window serves it, in the order in which they began to wait.
    public let waiting: [Ticket]
    /// Who was passed over at this hall today, the last first.
    public let missed: [Ticket]
    public let isClosed: Bool
}

extension HallService {
    /// What everybody may see of a hall.
    ///
    /// - Parameter limit: how many called numbers.
    public func sight(of key: String, limit: Int = 8, at now: Instant, in snapshot: Snapshot) throws -> HallSight {
        let hall = try hall(key, in: snapshot)
        let (site, day) = (hall.site.id, now.day)
        let counts = try snapshot.rows(
            """
            SELECT class, COUNT(*) AS total FROM hall_ticket WHERE site = ? AND day = ? AND state = 'waiting'
            GROUP BY class
            """, site, day)
        var waiting: [TicketClass: Int] = [:]
        for row in counts { waiting[try row.get("class")] = try row.get("total") }
        let called = try store.lastCalled(site, day, limit: limit, in: snapshot).compactMap { ticket in
            ticket.lastCalled.map {
                HallSight.Called(
                    ticket: ticket.id, label: ticket.label, window: hall.name(ofWindow: ticket.window),
                    state: ticket.state, at: $0)
            }
        }
        return HallSight(
            hall: hall, day: day, isClosed: try store.day(site, day, in: snapshot)?.closed != nil, waiting: waiting,
            called: called, openWindows: try store.openDesks(site, day, in: snapshot).count)
    }

    /// A ticket with how long it still has to wait.
    ///
    /// - Throws: ``HallError`` `ticket_unknown`.
    public func sight(ofTicket id: Identifier, at now: Instant, in snapshot: Snapshot) throws -> TicketSight {
        guard let ticket = try store.ticket(id, in: snapshot) else { throw HallError.ticketUnknown }
        let hall = try hall(ticket.site, in: snapshot)
        return TicketSight(
            ticket: ticket, hall: hall, window: hall.name(ofWindow: ticket.window),
            forecast: ticket.state == .waiting && ticket.day == now.day
                ? try forecaster(hall, at: now, in: snapshot).forecast(for: id) : nil)
    }

    /// The open ticket that a person holds in a hall today; nil for none.
    public func openTicket(of person: Identifier, in hall: Hall, at now: Instant, snapshot: Snapshot) throws -> Ticket?
    {
        try store.openTicket(person: person, holder: "", hall.site.id, now.day, in: snapshot)
    }

    /// A window for its clerk.
    ///
    /// - Throws: ``HallError`` `window_unknown`, `forbidden`.
    public func sight(ofWindow key: String, by act: Act, in snapshot: Snapshot) throws -> WindowSight {
        let (hall, window) = try hall(ofWindow: key, in: snapshot)
        try requireServing(hall, act, in: snapshot)
        let desk = try store.desk(window.id, in: snapshot)
        let current = try desk?.ticket.flatMap { try store.ticket($0, in: snapshot) }
        let scope = hall.scope(of: window)
        let waiting = try store.tickets(hall.site.id, act.now.day, in: [.waiting], snapshot)
        let missed = try store.tickets(hall.site.id, act.now.day, in: [.missed], snapshot)
        let stands = current.flatMap { $0.state.isOpen && $0.day == act.now.day ? $0 : nil }
        return WindowSight(
            hall: hall, windowID: window.id, name: window.name, current: stands,
            isTaken: stands != nil && desk?.account != nil && desk?.account != act.actor.account
                && act.actor.kind != .system,
            waiting: waiting.filter { scope.serves($0.place) },
            missed: missed.sorted { ($0.ended ?? $0.taken, $0.id) > ($1.ended ?? $1.taken, $1.id) },
            isClosed: try store.day(hall.site.id, act.now.day, in: snapshot)?.closed != nil)
    }

    private func forecaster(_ hall: Hall, at now: Instant, in snapshot: Snapshot) throws -> Forecaster {
        let (site, day) = (hall.site.id, now.day)
        let desks = try store.openDesks(site, day, in: snapshot).compactMap { desk -> Forecaster.Desk? in
            guard let window = hall.windows.first(where: { $0.id == desk.window }) else { return nil }
            let standing = try desk.ticket.flatMap { try store.ticket($0, in: snapshot) }
            return Forecaster.Desk(
                scope: hall.scope(of: window),
                busySince: standing.flatMap { $0.state.isOpen && $0.day == day ? $0.lastCalled : nil })
        }
        return Forecaster(
            queue: FairQueue(rules: hall.rules),
            places: try store.tickets(site, day, in: [.waiting], snapshot).map(\.place), desks: desks,
            greenRun: try store.day(site, day, in: snapshot)?.greenRun ?? 0,
            pace: try store.pace(site, day, in: snapshot), now: now)
    }
}
