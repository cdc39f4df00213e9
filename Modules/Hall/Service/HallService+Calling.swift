public import Extension
import Organisation
import Standards
public import Storage

extension HallService {
    /// Calls who comes next at a window, by the rules of the hall. Who is being served there is done with that.
    ///
    /// - Parameter key: the window's key or identifier.
    /// - Returns: the ticket; nil when nobody waits whom the window serves.
    /// - Throws: ``HallError`` `window_unknown`, `window_taken`, `window_busy`, `closed`, `forbidden`.
    public func callNext(at key: String, by act: Act, in transaction: Transaction) throws -> Ticket? {
        let (hall, window) = try hall(ofWindow: key, in: transaction)
        try requireServing(hall, act, in: transaction)
        let (site, now) = (hall.site, act.now)
        var day = try store.lock(site.id, now.day, division: site.division, by: act, in: transaction)
        if day.closed != nil { throw HallError.closed(now.day) }
        try clear(window.id, by: act, in: transaction)
        let waiting = try store.tickets(site.id, now.day, in: [.waiting], transaction)
        let queue = FairQueue(rules: hall.rules)
        let next = queue.next(
            among: waiting.map(\.place), for: hall.scope(of: window), greenRun: day.greenRun, at: now)
        guard let next, var ticket = waiting.first(where: { $0.id == next.id }) else {
            try store.save(
                desk: window.id, site.id, division: site.division, account: act.actor.account, ticket: nil, at: now,
                in: transaction)
            return nil
        }
        ticket.call(at: window.id, now)
        day.greenRun = ticket.ticketClass == .green ? day.greenRun + 1 : 0
        try store.save(day, in: transaction)
        try store.save(
            ticket, telling: [TicketCalled(ticket: ticket.id, site: site.id, window: window.id, call: ticket.calls)],
            by: act, in: transaction)
        try store.save(
            desk: window.id, site.id, division: site.division, account: act.actor.account, ticket: ticket.id, at: now,
            in: transaction)
        return ticket
    }

    /// Takes a step with a ticket of a hall at which the actor serves.
    ///
    /// - Parameter window: for a move, the key or identifier of the window to go to; nil for whichever is free.
    /// - Throws: ``HallError`` `ticket_unknown`, `wrong_state`, `call_again`, `window_unknown`, `closed`, `forbidden`.
    public func take(
        _ step: TicketStep, with id: Identifier, to window: String? = nil, by act: Act, in transaction: Transaction
    ) throws -> Ticket {
        guard let known = try store.ticket(id, in: transaction) else { throw HallError.ticketUnknown }
        let hall = try hall(known.site, in: transaction)
        try requireServing(hall, act, in: transaction)
        return try change(
            known, step, to: try window.map { try target($0, hall, in: transaction) }, hall, act, transaction)
    }

    /// Gives a ticket back that one holds: by its account, or, where it is nobody's, by its address.
    ///
    /// - Throws: ``HallError`` `ticket_unknown`, `wrong_state`.
    public func giveBack(_ id: Identifier, by act: Act, in transaction: Transaction) throws -> Ticket {
        guard let known = try store.ticket(id, in: transaction),
            known.person == nil || known.person == act.actor.person
        else { throw HallError.ticketUnknown }
        return try change(known, .cancel, to: nil, try hall(known.site, in: transaction), act, transaction)
    }

    /// Ends the actor's work at a window, so that nobody reckons with it any more.
    ///
    /// - Throws: ``HallError`` `window_busy` while a ticket stands there.
    public func leave(_ key: String, by act: Act, in transaction: Transaction) throws {
        let (hall, window) = try hall(ofWindow: key, in: transaction)
        try requireServing(hall, act, in: transaction)
        _ = try store.lockKnown(hall.site.id, act.now.day, in: transaction)
        try clear(window.id, by: act, in: transaction)
        try store.save(
            desk: window.id, hall.site.id, division: hall.site.division, account: nil, ticket: nil, at: act.now,
            in: transaction)
    }

    private func change(
        _ known: Ticket, _ step: TicketStep, to target: Identifier?, _ hall: Hall, _ act: Act,
        _ transaction: Transaction
    ) throws -> Ticket {
        guard let day = try store.lockKnown(known.site, known.day, in: transaction),
            var ticket = try store.ticket(known.id, in: transaction)
        else { throw HallError.ticketUnknown }
        if day.closed != nil, step != .cancel { throw HallError.closed(known.day) }
        try ticket.take(step, to: target, hall.rules, at: act.now)
        try store.save(ticket, telling: [event(of: step, ticket)], by: act, in: transaction)
        if step != .again, step != .serve { try store.free(ticket.id, in: transaction) }
        return ticket
    }

    private func event(of step: TicketStep, _ ticket: Ticket) -> any Event {
        let window = ticket.window ?? ticket.site
        return switch step {
        case .again: TicketCalled(ticket: ticket.id, site: ticket.site, window: window, call: ticket.calls)
        case .serve: TicketServed(ticket: ticket.id, window: window)
        case .move: TicketMoved(ticket: ticket.id, window: ticket.window)
        case .rejoin: TicketRejoined(ticket: ticket.id)
        case .finish, .miss, .cancel: TicketEnded(ticket: ticket.id, site: ticket.site, state: ticket.state)
        }
    }

    private func target(_ key: String, _ hall: Hall, in snapshot: Snapshot) throws -> Identifier {
        guard let window = hall.windows.first(where: { $0.key == key || $0.id.text == key }) else {
            throw HallError.windowUnknown
        }
        return window.id
    }

    /// Makes a window ready for another ticket: who is served there is done; who was called and hasn't come stays.
    private func clear(_ window: Identifier, by act: Act, in transaction: Transaction) throws {
        guard let desk = try store.desk(window, in: transaction), let id = desk.ticket,
            var ticket = try store.ticket(id, in: transaction), ticket.state.isOpen, ticket.day == act.now.day
        else { return }
        if let account = desk.account, account != act.actor.account, act.actor.kind != .system {
            throw HallError.windowTaken
        }
        guard ticket.state == .serving else { throw HallError.busy(ticket.label) }
        ticket.end(.done, act.now)
        try store.save(
            ticket, telling: [TicketEnded(ticket: ticket.id, site: ticket.site, state: .done)], by: act,
            in: transaction)
    }
}
