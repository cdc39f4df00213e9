import Extension
import Standards
import Storage

extension OrderFile {
    /// What does not add up in the order, in Chinese; empty when everything does.
    var faults: [String] {
        var faults: [String] = []
        if lines.reduce(0, { $0 + $1.amount.fen }) != order.due.fen { faults.append("收费明细之和不等于应缴金额") }
        var expected: [Transfer] = [
            Transfer(.charged, order.id, .revenue(item: order.item), .receivable, order.due)
        ]
        if order.state == .cancelled {
            expected.append(Transfer(.cancelled, order.id, .receivable, .revenue(item: order.item), order.due))
        }
        for attempt in attempts {
            switch attempt.state {
            case .paid:
                expected.append(Transfer(.paid, attempt.id, .receivable, account(of: attempt), attempt.amount))
            case .surplus:
                expected.append(Transfer(.surplus, attempt.id, .suspense, account(of: attempt), attempt.amount))
            case .opening, .open, .closed: break
            }
        }
        if Set(expected) != Set(entries.filter { $0.kind != .refunded }.map(Transfer.init)) {
            faults.append("分录与缴费单、支付尝试不一致")
        }
        faults += refundFaults
        let payments = attempts.filter { $0.state == .paid }
        if payments.count != (order.paid > .zero ? 1 : 0) || payments.contains(where: { $0.amount != order.due }) {
            faults.append("已缴金额与支付尝试不一致")
        }
        return faults
    }

    private var refundFaults: [String] {
        var faults: [String] = []
        var (reserved, refunded) = (Int64(0), Int64(0))
        var transfers = Set(entries.filter { $0.kind == .refunded }.map(Transfer.init))
        for refund in refunds {
            guard let attempt = attempts.first(where: { $0.id == refund.attempt }) else { continue }
            if attempt.state == .paid {
                if refund.state.isUnderWay { reserved += refund.amount.fen }
                if refund.state == .done { refunded += refund.amount.fen }
            }
            guard refund.state == .done else { continue }
            let target: LedgerAccount = attempt.state == .paid ? .revenue(item: order.item) : .suspense
            // Cash may be handed out of another drawer than it came into.
            let found = transfers.first {
                $0.reference == refund.id && $0.debit == target && $0.amount == refund.amount
            }
            if let found { transfers.remove(found) } else { faults.append("退费 \(refund.id) 没有对应的分录") }
        }
        if !transfers.isEmpty { faults.append("有退款分录没有对应的退费") }
        if reserved != order.reserved.fen || refunded != order.refunded.fen { faults.append("退费合计与缴费单不一致") }
        return faults
    }

    private struct Transfer: Hashable {
        let kind: LedgerEntry.Kind
        let reference: Identifier
        let credit: LedgerAccount
        let debit: LedgerAccount
        let amount: Money

        init(
            _ kind: LedgerEntry.Kind, _ reference: Identifier, _ credit: LedgerAccount, _ debit: LedgerAccount,
            _ amount: Money
        ) {
            self.kind = kind
            self.reference = reference
            self.credit = credit
            self.debit = debit
            self.amount = amount
        }

        init(_ entry: LedgerEntry) {
            self.init(entry.kind, entry.reference, entry.credit, entry.debit, entry.amount)
        }
    }
}
