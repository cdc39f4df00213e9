import Extension
import Standards
import Storage

/// What became of money that a channel told of.
enum Settlement: Sendable, Hashable {
    /// It paid the order.
    case paid
    /// It goes back, since nothing was due.
    case surplus
    /// It was booked before: the same notification came again, or a query was faster.
    case known
    /// It is another amount than the attempt's; nothing was booked.
    case refused
}

extension OrderFile {
    /// A new order: the fee becomes due.
    static func demand(
        _ order: PaymentOrder, lines: [OrderLine], by act: Act
    ) -> OrderFile {
        var file = OrderFile(order: order, lines: lines)
        file.transfer(
            .charged, for: order.id, from: .revenue(item: order.item), to: .receivable, order.due, by: act)
        file.note(
            PaymentDemanded(
                division: order.division, order: order.id, caseID: order.caseID, item: order.item, amount: order.due))
        return file
    }

    /// Begins an attempt on an online channel. One that is open on the same channel in the same form serves again, so that
    /// reloading a page makes no second trade.
    ///
    /// - Returns: the attempt, and whether the channel is to be asked for it.
    mutating func open(
        _ channel: ChannelID, _ form: PayForm, lasting minutes: Int, by act: Act
    ) throws -> (attempt: PaymentAttempt, isNew: Bool) {
        guard order.state == .due else { throw PaymentError.wrongState(order, "缴费") }
        let live = attempts.last {
            $0.channel == channel && $0.form == form && $0.state == .open && $0.expires > act.now.adding(.seconds(60))
        }
        if let live { return (live, false) }
        order.attempts += 1
        var attempt = PaymentAttempt(
            id: act.identifier("attempt/\(order.attempts)"), position: order.attempts, channel: channel, form: form,
            amount: order.due, opened: act.now, expires: act.now.adding(.seconds(minutes * 60)))
        attempt.nextLook = Self.nextLook(after: 0, at: act.now)
        attempts.append(attempt)
        note(
            PaymentAttemptOpened(
                division: order.division, order: order.id, caseID: order.caseID, item: order.item,
                attempt: attempt.position, channel: channel))
        return (attempt, true)
    }

    /// The channel gave what leads the payer to it.
    mutating func invite(_ position: Int, to invitation: String) {
        guard attempt(position)?.state == .opening else { return }
        change(position) { attempt in
            attempt.state = .open
            attempt.invitation = invitation
        }
        note(
            PaymentAttemptReady(
                division: order.division, order: order.id, caseID: order.caseID, item: order.item, attempt: position))
    }

    /// Books what a channel says was paid. Notification and query race here, and the first one wins.
    mutating func settle(_ position: Int, _ receipt: ChannelReceipt, drawer: Identifier? = nil, by act: Act)
        -> Settlement
    {
        guard let attempt = attempt(position) else { return .refused }
        if attempt.state == .paid || attempt.state == .surplus { return .known }
        guard receipt.amount == attempt.amount else {
            if attempt.trouble == nil {
                change(position) { $0.trouble = "amount" }
                note(
                    PaymentAmountRefused(
                        division: order.division, order: order.id, caseID: order.caseID, item: order.item,
                        attempt: position, told: receipt.amount))
            }
            return .refused
        }
        let isDue = order.state == .due
        change(position) { attempt in
            attempt.state = isDue ? .paid : .surplus
            attempt.paid = receipt.paid
            attempt.gatewayNumber = receipt.gatewayNumber
            attempt.drawer = drawer
            attempt.nextLook = nil
        }
        guard let attempt = self.attempt(position) else { return .refused }
        if isDue {
            order.state = .paid
            order.paid = order.due
            order.settled = act.now
            transfer(.paid, for: attempt.id, from: .receivable, to: account(of: attempt), attempt.amount, by: act)
            note(
                PaymentReceived(
                    division: order.division, order: order.id, caseID: order.caseID, item: order.item,
                    attempt: position, channel: attempt.channel, amount: attempt.amount))
            closeLive(at: act.now)
            return .paid
        }
        transfer(.surplus, for: attempt.id, from: .suspense, to: account(of: attempt), attempt.amount, by: act)
        note(
            PaymentSurplusReceived(
                division: order.division, order: order.id, caseID: order.caseID, item: order.item,
                attempt: position, amount: attempt.amount))
        giveBack(attempt, attempt.amount, .surplus, askedBy: nil, needsSecond: false, by: act)
        return .surplus
    }

    /// The channel lets nobody pay an attempt any more.
    mutating func closed(_ position: Int) {
        guard let attempt = attempt(position), attempt.isLive else { return }
        change(position) { attempt in
            attempt.state = .closed
            attempt.nextLook = nil
        }
        note(
            PaymentAttemptClosed(
                division: order.division, order: order.id, caseID: order.caseID, item: order.item, attempt: position))
    }

    /// Nothing is due any more; money that comes all the same goes back.
    mutating func cancel(_ ending: OrderEnding, by act: Act) {
        guard order.state == .due else { return }
        order.state = .cancelled
        order.settled = act.now
        order.ending = ending
        transfer(
            .cancelled, for: order.id, from: .receivable, to: .revenue(item: order.item), order.due, by: act)
        closeLive(at: act.now)
        note(
            PaymentCancelled(
                division: order.division, order: order.id, caseID: order.caseID, item: order.item, ending: ending))
    }

    /// Whoever is still looking at another QR code must not be able to pay it: the channels are asked at once.
    private mutating func closeLive(at now: Instant) {
        for attempt in attempts where attempt.isLive { change(attempt.position) { $0.nextLook = now } }
    }

    mutating func change(_ position: Int, _ body: (inout PaymentAttempt) -> Void) {
        guard let index = attempts.firstIndex(where: { $0.position == position }) else { return }
        body(&attempts[index])
    }

    /// When a channel is asked again: soon at first, then every minute.
    static func nextLook(after looks: Int, at now: Instant) -> Instant {
        let delays = [5, 10, 15, 30]
        return now.adding(.seconds(looks < delays.count ? delays[looks] : 60))
    }
}
