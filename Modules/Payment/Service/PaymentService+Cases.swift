import Extension
import Standards
import Storage

/// What payment hears of cases, through views of its own: the events belong to casework.
extension PaymentService {
    private struct CaseView: Decodable, Sendable {
        let division: String
        let caseID: Identifier
    }

    private struct ItemView: Decodable, Sendable {
        let caseID: Identifier
        let item: String
        let outcome: String
    }

    var caseSubscriptions: [any Contribution] {
        [
            On("case.accepted", as: CaseView.self, name: "count-case") { event, act, transaction in
                try transaction.send(
                    """
                    INSERT INTO payment_case (division, case_id, accepted_day, charged, waived, paid, refunded)
                    VALUES (?, ?, ?, 0, 0, 0, 0) ON CONFLICT (case_id) DO NOTHING
                    """, event.division, event.caseID, act.now.day)
            },
            On("case.item_decided", as: ItemView.self, name: "refused-item") { event, act, transaction in
                guard event.outcome == "refused" else { return }
                try end(case: event.caseID, item: event.item, as: .refused, by: act, in: transaction)
            },
            On("case.withdrawn", as: CaseView.self, name: "withdrawn-case") { event, act, transaction in
                try end(case: event.caseID, item: nil, as: .withdrawn, by: act, in: transaction)
            },
            On("case.terminated", as: CaseView.self, name: "terminated-case") { event, act, transaction in
                try end(case: event.caseID, item: nil, as: .terminated, by: act, in: transaction)
            },
        ]
    }
}
