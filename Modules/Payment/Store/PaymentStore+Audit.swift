import Cryptography
import Standards
import Storage

/// What the audit compares: each order's row with the digest that went into the journal, and its lines, attempts, refunds
/// and ledger entries with the row's digest of them.
extension PaymentStore {
    private static let columns = [
        "division", "id", "case_id", "case_number", "item", "title", "party", "person", "due", "paid", "reserved",
        "refunded", "state", "refund_rule", "created_at", "settled_at", "ending", "attempts", "version", "parts",
    ]

    static func state(_ cipher: FieldCipher) -> RowState {
        RowState(
            kind: "payment", title: "缴费", table: "payment_order", columns: columns, begins: [PaymentDemanded.name],
            cipher: cipher)
    }

    /// The values of a row in the order of ``columns``.
    static func values(of file: OrderFile) -> [SQLValue] {
        let order = file.order
        return [
            .text(order.division), order.id.sql, order.caseID.sql, .text(order.caseNumber), .text(order.item),
            .text(order.title), order.party.sql, order.person.sql, order.due.fen.sql, order.paid.fen.sql,
            order.reserved.fen.sql, order.refunded.fen.sql, order.state.sql, order.refundRule.rawValue.sql,
            order.created.sql, order.settled.sql, order.ending.sql, order.attempts.sql, order.version.sql,
            .text(file.digestOfParts),
        ]
    }

    var audit: StateCheck {
        state.check(dependents: ["payment_line", "payment_attempt", "payment_refund"]) { matches, snapshot in
            var comparison = StateComparison()
            for (standing, row) in matches {
                guard let id = try? Identifier(standing.id), let file = try find(id, in: snapshot) else { continue }
                comparison.rows["payment_line", default: 0] += file.lines.count
                comparison.rows["payment_attempt", default: 0] += file.attempts.count
                comparison.rows["payment_refund", default: 0] += file.refunds.count
                let told = try row.get("parts", as: String.self)
                if told != file.digestOfParts {
                    comparison.deviations.append(
                        .changed(standing, "收费明细、支付尝试、退费或分录（表 payment_line 等）不是程序最后一次写入的"))
                }
            }
            return comparison
        }
    }
}

extension OrderFile {
    /// SM3 over everything that hangs on the order.
    var digestOfParts: String {
        var hasher = SM3.Hasher()
        func add(_ values: [SQLValue]) {
            for value in values { hasher.update(Array("\(value)\u{1F}".utf8)) }
            hasher.update([0x1E])
        }
        for line in lines { add([line.position.sql, .text(line.tariff), .text(line.title), line.amount.fen.sql]) }
        for attempt in attempts {
            add([
                attempt.id.sql, attempt.position.sql, attempt.channel.sql, attempt.form.sql, attempt.amount.fen.sql,
                attempt.state.sql, attempt.invitation.sql, attempt.opened.sql, attempt.expires.sql,
                attempt.paid.sql, attempt.gatewayNumber.sql, attempt.drawer.sql, attempt.trouble.sql,
            ])
        }
        for refund in refunds.sorted(by: { $0.id < $1.id }) {
            add([
                refund.id.sql, refund.attempt.sql, refund.amount.fen.sql, refund.ground.sql, refund.state.sql,
                refund.askedBy.sql, refund.asked.sql, refund.judgedBy.sql, refund.done.sql, refund.trouble.sql,
            ])
        }
        for entry in entries.sorted(by: { $0.id < $1.id }) {
            add([
                entry.id.sql, entry.kind.sql, entry.reference.sql, entry.debit.sql, entry.credit.sql,
                entry.amount.fen.sql, entry.at.sql,
            ])
        }
        return Hex.encode(hasher.finalize())
    }
}
