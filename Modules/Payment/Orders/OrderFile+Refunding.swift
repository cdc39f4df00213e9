import Extension
import Standards
import Storage

extension OrderFile {
    /// The attempt that paid the order.
    var payment: PaymentAttempt? { attempts.first { $0.state == .paid } }

    /// The item or case ended: what is due is cancelled, what was paid goes back where the fee's rule says so.
    mutating func end(_ ending: OrderEnding, by act: Act) {
        switch order.state {
        case .due: cancel(ending, by: act)
        case .paid where order.refundRule.holds(for: ending) && order.refundable > .zero:
            guard let payment else { return }
            giveBack(payment, order.refundable, RefundGround(ending), askedBy: nil, needsSecond: false, by: act)
        case .paid, .refunded, .cancelled: break
        }
    }

    /// Somebody asks for money to go back.
    ///
    /// - Parameter limit: above it a second person must agree.
    /// - Throws: ``PaymentError`` when nothing was paid, or when it is more than is left of it.
    mutating func askRefund(
        _ amount: Money, _ ground: RefundGround, limit: Money, by act: Act
    ) throws -> PaymentRefund {
        guard order.state == .paid, let payment else { throw PaymentError.wrongState(order, "退费") }
        guard amount > .zero, amount <= order.refundable else {
            throw PaymentError(
                .amount, status: 422, "退费金额不对", "这笔缴费最多还能退 \(order.refundable.chinese)，请核对金额后重新填写。",
                findings: [Finding("amount", "payment.amount", "应在 ¥0.01 到 \(order.refundable.chinese) 之间。")])
        }
        return giveBack(
            payment, amount, ground, askedBy: act.actor.account, needsSecond: amount > limit, by: act)
    }

    @discardableResult
    mutating func giveBack(
        _ attempt: PaymentAttempt, _ amount: Money, _ ground: RefundGround, askedBy: Identifier?, needsSecond: Bool,
        by act: Act
    ) -> PaymentRefund {
        var refund = PaymentRefund(
            id: act.identifier("refund/\(refunds.count + 1)"), attempt: attempt.id, amount: amount, ground: ground,
            state: needsSecond ? .waiting : .approved, askedBy: askedBy, asked: act.now)
        if !needsSecond, attempt.channel.isOnline { refund.nextLook = act.now }
        refunds.append(refund)
        if attempt.state == .paid { order.reserved = Money(fen: order.reserved.fen + amount.fen) }
        note(
            PaymentRefundAsked(
                division: order.division, order: order.id, caseID: order.caseID, item: order.item,
                refund: refund.id, amount: amount, ground: ground, needsSecond: needsSecond))
        return refund
    }

    /// The second person agrees or declines.
    ///
    /// - Throws: ``PaymentError`` when it is the one who asked, or when nothing waits.
    mutating func judge(_ id: Identifier, isApproved: Bool, by act: Act) throws {
        guard let index = refunds.firstIndex(where: { $0.id == id }), refunds[index].state == .waiting else {
            throw PaymentError(.wrongState, "不需要复核", "这笔退费现在不需要复核，请刷新后再看。")
        }
        guard let account = act.actor.account, account != refunds[index].askedBy else {
            throw PaymentError(
                .secondPerson, status: 403, "须由另一人复核", "这笔退费由您提出，超过限额的退费须由另一位同事复核。")
        }
        refunds[index].judgedBy = account
        refunds[index].state = isApproved ? .approved : .declined
        if isApproved, attempts.first(where: { $0.id == refunds[index].attempt })?.channel.isOnline == true {
            refunds[index].nextLook = act.now
        }
        if !isApproved { release(refunds[index]) }
        note(
            PaymentRefundJudged(
                division: order.division, order: order.id, caseID: order.caseID, item: order.item, refund: id,
                isApproved: isApproved))
    }

    /// The channel took a refund to work on it.
    mutating func sent(_ id: Identifier, at now: Instant) {
        guard let index = refunds.firstIndex(where: { $0.id == id }), refunds[index].state == .approved else { return }
        refunds[index].state = .sent
        refunds[index].nextLook = Self.nextLook(after: 0, at: now)
        note(
            PaymentRefundSent(
                division: order.division, order: order.id, caseID: order.caseID, item: order.item, refund: id))
    }

    /// Money went back; once, however often the channel says so.
    ///
    /// - Parameter drawer: the drawer out of which it was handed, for cash.
    mutating func refunded(_ id: Identifier, from drawer: Identifier? = nil, by act: Act) {
        guard let index = refunds.firstIndex(where: { $0.id == id }),
            refunds[index].state == .approved || refunds[index].state == .sent || refunds[index].state == .failed,
            let attempt = attempts.first(where: { $0.id == refunds[index].attempt })
        else { return }
        refunds[index].state = .done
        refunds[index].done = act.now
        refunds[index].nextLook = nil
        let refund = refunds[index]
        let source = drawer.map(LedgerAccount.drawer) ?? account(of: attempt)
        if attempt.state == .paid {
            release(refund)
            order.refunded = Money(fen: order.refunded.fen + refund.amount.fen)
            if order.refunded == order.paid { order.state = .refunded }
            transfer(.refunded, for: id, from: source, to: .revenue(item: order.item), refund.amount, by: act)
        } else {
            transfer(.refunded, for: id, from: source, to: .suspense, refund.amount, by: act)
        }
        note(
            PaymentRefunded(
                division: order.division, order: order.id, caseID: order.caseID, item: order.item, refund: id,
                amount: refund.amount, ground: refund.ground))
    }

    /// The channel can't pay back; somebody must look after it.
    mutating func refundFailed(_ id: Identifier, _ trouble: String) {
        guard let index = refunds.firstIndex(where: { $0.id == id }),
            refunds[index].state == .approved || refunds[index].state == .sent
        else { return }
        refunds[index].state = .failed
        refunds[index].nextLook = nil
        refunds[index].trouble = trouble
        note(
            PaymentRefundFailed(
                division: order.division, order: order.id, caseID: order.caseID, item: order.item, refund: id))
    }

    private mutating func release(_ refund: PaymentRefund) {
        order.reserved = Money(fen: order.reserved.fen - refund.amount.fen)
    }
}
