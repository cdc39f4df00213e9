public import Standards
import Storage

/// How much applicants paid (零付费, R04.8, R04.18), over the cases that were accepted in some days.
public struct ZeroPaymentFigures: Sendable, Hashable {
    public let cases: Int
    /// Those in which nothing stayed paid.
    public let free: Int
    /// In fen.
    public let charged: Money
    public let waived: Money
    public let paid: Money
    public let refunded: Money
}

extension PaymentService {
    /// The figures of the cases that were accepted from one day until another, both counted.
    public func zeroPayment(from first: LegalDay, until last: LegalDay) async throws -> ZeroPaymentFigures {
        try await database.read { snapshot in
            guard
                let row = try snapshot.row(
                    """
                    SELECT COUNT(*) AS cases, COALESCE(SUM(CASE WHEN paid = refunded THEN 1 ELSE 0 END), 0) AS free,
                        CAST(COALESCE(SUM(charged), 0) AS BIGINT) AS charged,
                        CAST(COALESCE(SUM(waived), 0) AS BIGINT) AS waived,
                        CAST(COALESCE(SUM(paid), 0) AS BIGINT) AS paid,
                        CAST(COALESCE(SUM(refunded), 0) AS BIGINT) AS refunded
                    FROM payment_case WHERE accepted_day >= ? AND accepted_day <= ?
                    """, first, last)
            else { throw PaymentError.notFound }
            func money(_ column: String) throws -> Money { Money(fen: try row.get(column)) }
            return ZeroPaymentFigures(
                cases: try row.get("cases"), free: try row.get("free"), charged: try money("charged"),
                waived: try money("waived"), paid: try money("paid"), refunded: try money("refunded"))
        }
    }
}
