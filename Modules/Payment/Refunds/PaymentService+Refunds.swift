public import Extension
public import Standards
public import Storage

extension PaymentService {
    /// Asks for money to go back; above the deployment's limit a second person must agree.
    public func askRefund(
        of order: Identifier, _ amount: Money, _ ground: RefundGround, by act: Act, in transaction: Transaction
    ) throws -> (order: PaymentOrder, refund: PaymentRefund) {
        guard ground == .overcharged || ground == .reduction else {
            throw PaymentError(
                .invalid, status: 422, "退费事由不对", "这种退费由系统按规则办理。请选择多收退差或补办减免。",
                findings: [Finding("ground", "payment.ground", "请选择多收退差或补办减免。")])
        }
        let limit = settings.secondPersonAbove
        let (file, refund) = try change(order, by: act, in: transaction) {
            try $0.askRefund(amount, ground, limit: limit, by: act)
        }
        return (file.order, refund)
    }

    /// The second person agrees to a refund or declines it.
    public func judge(
        _ refund: Identifier, of order: Identifier, isApproved: Bool, by act: Act, in transaction: Transaction
    ) throws -> PaymentOrder {
        try change(order, by: act, in: transaction) { try $0.judge(refund, isApproved: isApproved, by: act) }.file.order
    }

    /// The item or its case ended: what is due is cancelled, what was paid goes back where the fee's rule says so.
    func end(
        case caseID: Identifier, item: String?, as ending: OrderEnding, by act: Act, in transaction: Transaction
    ) throws {
        for order in try store.orders(ofCase: caseID, in: transaction) where item == nil || order.item == item {
            try change(order.id, by: act.part("end/\(order.id)"), in: transaction) {
                $0.end(ending, by: act.part("end/\(order.id)"))
            }
        }
    }
}
