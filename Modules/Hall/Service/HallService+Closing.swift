public import Extension
import Organisation
import Standards
public import Storage

extension HallService {
    /// Ends a hall's day: nobody takes a ticket any more, and what is left is closed.
    ///
    /// - Returns: how many tickets were left over.
    /// - Throws: ``HallError`` `forbidden`, `closed` when it has ended already.
    @discardableResult
    public func closeDay(_ key: String, by act: Act, in transaction: Transaction) throws -> Int {
        let hall = try hall(key, in: transaction)
        try requireManaging(hall, act, in: transaction)
        let day = try store.lock(
            hall.site.id, act.now.day, division: hall.site.division, by: act, in: transaction)
        if day.closed != nil { throw HallError.closed(day.day) }
        return try close(day, by: act, in: transaction)
    }

    /// Ends the days that are past, of all halls.
    func closePastDays(by act: Act) async throws {
        while true {
            let closed = try await database.write { [self] transaction in
                let days = try store.openDays(before: act.now.day, limit: 20, in: transaction)
                for known in days {
                    guard let day = try store.lockKnown(known.site, known.day, in: transaction), day.closed == nil
                    else { continue }
                    _ = try close(day, by: act, in: transaction)
                }
                return days.count
            }
            if closed == 0 { return }
        }
    }

    /// Ends a locked day.
    private func close(_ day: HallDay, by act: Act, in transaction: Transaction) throws -> Int {
        var left = 0
        for var ticket in try store.tickets(day.site, day.day, in: [.waiting, .called, .serving], transaction) {
            ticket.closeWithDay(act.now)
            if ticket.state == .closed { left += 1 }
            try store.save(
                ticket, telling: [TicketEnded(ticket: ticket.id, site: ticket.site, state: ticket.state)], by: act,
                in: transaction)
        }
        // Who was passed over could have waited anew until now.
        for var ticket in try store.tickets(day.site, day.day, in: [.missed], transaction) where ticket.isTelling {
            ticket.forget()
            try store.save(ticket, telling: [TicketForgotten(ticket: ticket.id)], by: act, in: transaction)
        }
        try store.leaveAll(day.site, in: transaction)
        try store.close(day, left: left, by: act, in: transaction)
        return left
    }

    // MARK: Rules

    /// Changes the rules of a hall. Tickets that were taken keep their numbers; the next call goes by the new rules.
    ///
    /// - Throws: ``HallError`` `forbidden`, `input.invalid` with every finding.
    public func setRules(_ rules: HallRules, of key: String, by act: Act, in transaction: Transaction) throws {
        let hall = try hall(key, in: transaction)
        try requireManaging(hall, act, in: transaction)
        let findings = rules.findings(windows: Set(hall.windows.map(\.key)))
        guard findings.isEmpty else { throw HallError.invalid(findings) }
        try store.save(rules, of: hall.site.id, division: hall.site.division, by: act, in: transaction)
    }
}
