import Cryptography
public import Extension
import Standards
public import Storage

extension PaymentService {
    /// Charges an item of a case, in the transaction of whatever made the fee due.
    ///
    /// Amounts come from the published fees alone: a fee that is not among them is charged by nobody, and where nothing
    /// is left to pay there is no order, so that an exempt person never sees a till.
    ///
    /// - Returns: the order; nil where nothing is to be paid. Asked again for the same item of a case, the same order.
    public func demand(
        _ demand: FeeDemand, by act: Act, in transaction: Transaction
    ) throws -> PaymentOrder? {
        if let known = try store.find(case: demand.caseID, item: demand.item, in: transaction) { return known.order }
        let published = try catalogue.fees(
            theme: demand.theme, item: demand.item, division: demand.division, on: act.now.day, in: transaction)
        var (lines, waived, barred) = ([OrderLine](), Int64(0), [String]())
        var rule: RefundRule?
        for line in demand.lines {
            guard let fee = published.first(where: { $0.title == line.fee }) else {
                barred.append(line.fee)
                continue
            }
            let due =
                try line.reduction.map { reduction in
                    guard let due = fee.reductions[reduction], due <= fee.amount, due >= .zero else {
                        throw PaymentError(
                            .notListed, status: 422, "减免不在清单里", "“\(reduction)”不在“\(fee.title)”公布的减免里，请核对后再办。")
                    }
                    return due
                } ?? fee.amount
            waived += fee.amount.fen - due.fen
            guard due > .zero else { continue }
            let title = line.reduction.map { "\(fee.title)（\($0)）" } ?? fee.title
            lines.append(
                OrderLine(
                    position: lines.count + 1,
                    tariff: try publish(title, fee.basis, due, of: demand, at: act, in: transaction), title: title,
                    amount: due))
            rule = rule.map { $0.intersection(fee.refundRule) } ?? fee.refundRule
        }
        try measure(demand, charged: lines.reduce(0) { $0 + $1.amount.fen }, waived: waived, by: act, in: transaction)
        if !barred.isEmpty {
            try events.record(
                [PaymentBarred(caseID: demand.caseID, item: demand.item, fees: barred.count)],
                to: StreamID(division: demand.division, kind: "payment.barred", id: demand.caseID.text), by: act,
                in: transaction)
        }
        guard !lines.isEmpty else { return nil }
        let id = act.identifier("payment/\(demand.caseID)/\(demand.item)")
        var file = OrderFile.demand(
            PaymentOrder(
                id: id, division: demand.division, caseID: demand.caseID, caseNumber: demand.caseNumber,
                item: demand.item, title: lines.map(\.title).joined(separator: "、"), party: demand.party,
                person: demand.person, due: try Money.sum(lines.map(\.amount)), refundRule: rule ?? [],
                created: act.now), lines: lines, by: act)
        try store.insert(&file, by: act, in: transaction)
        return file.order
    }

    /// Puts an amount into the published tariff, from which lines of orders take it.
    private func publish(
        _ title: String, _ basis: String, _ amount: Money, of demand: FeeDemand, at act: Act,
        in transaction: Transaction
    ) throws -> String {
        let words = [demand.theme, demand.item, title, basis, String(amount.fen)].joined(separator: "\u{1F}")
        let id = Hex.encode(SM3.hash(Array(words.utf8)).prefix(16))
        try transaction.send(
            """
            INSERT INTO payment_tariff (id, theme, item, title, basis, fen, published_at) VALUES (?, ?, ?, ?, ?, ?, ?)
            ON CONFLICT (id) DO NOTHING
            """, id, demand.theme, demand.item, title, basis, amount.fen, act.now)
        return id
    }

    private func measure(
        _ demand: FeeDemand, charged: Int64, waived: Int64, by act: Act, in transaction: Transaction
    ) throws {
        try transaction.send(
            """
            INSERT INTO payment_case (division, case_id, accepted_day, charged, waived, paid, refunded)
            VALUES (?, ?, ?, ?, ?, 0, 0)
            ON CONFLICT (case_id) DO UPDATE SET charged = payment_case.charged + excluded.charged,
                waived = payment_case.waived + excluded.waived
            """, demand.division, demand.caseID, act.now.day, charged, waived)
    }
}

/// Fees that are not in the published list were not charged.
public struct PaymentBarred: Event, Hashable {
    public static let name = "payment.barred"
    public let caseID: Identifier
    public let item: String
    /// How many.
    public let fees: Int
}
