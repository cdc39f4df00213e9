import Catalogue
import Extension
import Standards
import Storage

extension CaseFile {
    /// An item that was just opened waits for its fee; its clock stands still.
    mutating func demand(_ fee: DemandedFee, for item: String, in context: CaseContext) {
        guard let index = items.firstIndex(where: { $0.id == item }), items[index].state == .open else { return }
        items[index].state = .unpaid
        items[index].charge = ItemCharge(
            order: fee.order, amount: fee.amount, demanded: context.act.now, settled: nil)
        note(CaseChargeDemanded(division: division, caseID: id, item: item, order: fee.order))
        waitForPayment(in: context)
        recomputeClocks(in: context)
    }

    /// The fee of an item was paid; it is worked on now. A case that ended meanwhile stays as it is.
    mutating func settleCharge(of item: String, order: Identifier, in context: CaseContext) {
        guard let index = items.firstIndex(where: { $0.id == item }), items[index].state == .unpaid,
            items[index].charge?.order == order
        else { return }
        let demanded = items[index].charge?.demanded ?? context.act.now
        items[index].state = .open
        items[index].charge?.settled = max(context.act.now, demanded)
        waitForPayment(in: context)
        recomputeClocks(in: context)
        note(
            CaseChargeSettled(
                division: division, caseID: id, item: item, order: order,
                due: items[index].due?.day.description ?? ""))
    }

    /// The case's own clock stands still while no office can go on before a fee is paid.
    mutating func waitForPayment(in context: CaseContext) {
        let isStanding =
            state == .inProgress && items.contains { $0.state == .unpaid }
            && !items.contains { $0.state == .open || $0.state == .paused }
        let isWaiting = waits.contains { $0.kind == .payment && $0.end == nil }
        if isStanding, !isWaiting { openWait(.payment, at: context.act.now) }
        if !isStanding, isWaiting { closeWaits(.payment, at: context.act.now) }
    }
}
