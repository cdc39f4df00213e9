public import Extension
public import Standards
public import Storage

/// A refund that somebody at the window must look after.
public struct OpenRefund: Sendable, Hashable {
    public let order: Identifier
    public let title: String
    public let caseNumber: String
    /// In fen.
    public let amount: Money
    public let state: RefundState
}

extension PaymentService {
    /// A page of the orders that are due in the division of whoever asks, oldest first. What is due in a division below is
    /// paid at the windows there.
    ///
    /// - Parameter number: all orders of the case with this number instead, whatever became of them; empty for none.
    public func dueOrders(
        number: String, after cursor: String, limit: Int = 30, by act: Act, in snapshot: Snapshot
    ) throws -> (items: [PaymentOrder], next: String?) {
        guard let post = act.actor.post else { return ([], nil) }
        let wanted = number.isEmpty ? "state = 'due'" : "case_number = ?"
        let rows = try snapshot.rows(
            """
            SELECT * FROM payment_order WHERE division = ? AND id > ? AND \(wanted)
            ORDER BY id LIMIT ?
            """,
            arguments: [.text(post.division), .text(cursor)] + (number.isEmpty ? [] : [.text(number)])
                + [(limit + 1).sql])
        let found = try rows.map(PaymentOrder.init)
        let items = Array(found.prefix(limit))
        return (items, found.count > limit ? items.last?.id.text : nil)
    }

    /// The refunds that wait for a second person, for a window, or for somebody to look after them.
    public func openRefunds(by act: Act, in snapshot: Snapshot) throws -> [OpenRefund] {
        guard let post = act.actor.post else { return [] }
        return try snapshot.rows(
            """
            SELECT o.id, o.title, o.case_number, r.fen, r.state FROM payment_refund r
            JOIN payment_order o ON o.id = r.order_id
            WHERE r.division = ? AND (r.state = 'waiting' OR r.state = 'failed'
                OR (r.state = 'approved' AND r.channel IN ('cash', 'card')))
            ORDER BY r.id LIMIT 100
            """, post.division
        ).map {
            OpenRefund(
                order: try $0.get("id"), title: try $0.get("title"), caseNumber: try $0.get("case_number"),
                amount: Money(fen: try $0.get("fen")), state: try $0.get("state"))
        }
    }
}
