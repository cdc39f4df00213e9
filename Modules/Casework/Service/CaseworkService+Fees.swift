import Catalogue
import Extension
import Standards
import Storage

extension CaseworkService {
    /// Asks payment for the fees of the items that a change opened, in the change's own transaction.
    func demandFees(_ file: inout CaseFile, in context: CaseContext, _ transaction: Transaction) throws {
        let opened = file.pendingCharges
        file.pendingCharges = []
        for item in opened {
            let due = context.plan.fees.filter { $0.item == item && $0.fee.charge != nil && $0.fee.amount != nil }
            if due.isEmpty { continue }
            let request = FeeRequest(
                division: file.division, caseID: file.id, caseNumber: file.number ?? "", theme: file.theme, item: item,
                fees: due, applicant: file.applicant)
            if let fee = try fees.demand(request, by: context.act, in: transaction) {
                file.demand(fee, for: item, in: context)
            }
        }
        if file.items.contains(where: { $0.charge != nil }) { file.waitForPayment(in: context) }
    }

    private struct Paid: Decodable, Sendable {
        let caseID: Identifier
        let item: String
        let order: Identifier
    }

    /// What casework hears of payment, through a view of its own: the case goes on when its fee is paid.
    var paymentSubscriptions: [any Contribution] {
        [
            On("payment.received", as: Paid.self, name: "go-on-after-payment") { paid, act, transaction in
                _ = try change(paid.caseID, by: act, in: transaction, access: { _, _ in }) { file, context in
                    file.settleCharge(of: paid.item, order: paid.order, in: context)
                }
            }
        ]
    }
}
