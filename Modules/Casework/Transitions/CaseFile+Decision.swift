import Catalogue
import Extension
import Standards
import Storage

extension CaseFile {
    /// Checks whether an item can be decided now by this account; all that stands in the way is thrown.
    ///
    /// - Returns: whether the same person accepted and decides, which is flagged for sampling.
    func checkDecision(of item: String, in context: CaseContext) throws -> Bool {
        guard let planned = context.planned(item), let task = task(item) else { throw CaseworkError.notFound }
        guard state == .inProgress || task.state == .paused else { throw CaseworkError.wrongState(self, "作出决定") }
        guard task.state == .open else { throw untimely("作出决定", planned, task, in: context) }
        let account = context.act.actor.account
        let isSamePerson = account != nil && (acceptance?.by == account || assistance?.account == account)
        if isSamePerson, planned.item.separation == .separate {
            throw CaseworkError(
                .dutySeparation, "受理与审批须分开",
                "这件事由您\(acceptance?.by == account ? "受理" : "代录")，按受理、审批分离的规定，请由本单位其他有审批权限的同事作出决定。")
        }
        let gaps = context.plan.materials.filter {
            $0.items.contains(item) && materials[$0.id]?.isGap == true
        }
        if !gaps.isEmpty {
            throw CaseworkError(
                .gapOpen, "容缺材料还没有补交",
                "\(gaps.map { "“\($0.slot.title)”" }.joined(separator: "、"))还没有补交，补齐后才能作出决定。")
        }
        return isSamePerson
    }

    /// Why something can't be done with an item of a case under way now.
    func untimely(
        _ wanted: String, _ planned: PlannedItem, _ task: ItemTask, in context: CaseContext
    ) -> CaseworkError {
        let title = "“\(planned.item.title)”"
        switch task.state {
        case .waiting, .open:
            let earlier = planned.after.filter { self.task($0)?.state.isOver == false }
                .compactMap { context.planned($0) }.map { "“\($0.item.title)”" }
            return CaseworkError(
                .wrongState, "还没有轮到这一项", "\(title)要等\(earlier.joined(separator: "、"))办完才能\(wanted)，轮到时会出现在您的待办里。")
        case .paused:
            return CaseworkError(.wrongState, "正在特殊程序中", "\(title)正在特殊程序中。请先结束特殊程序。")
        case .unpaid:
            return CaseworkError(.wrongState, "还没有缴费", "\(title)的费用还没有缴，缴费后才能\(wanted)，缴费期间不计时。")
        case .decided, .notNeeded:
            return CaseworkError(
                .wrongState, "这一项已经办结", "\(title)已经办结，不能再\(wanted)。请重新打开查看结果；要更正的，请按更正程序办理。")
        }
    }

    /// Grants an item with its results; what they supply is known to the later items from now on.
    mutating func grant(
        _ item: String, values: [String: [String: String]], results: [IssuedResult], in context: CaseContext
    ) throws {
        let isForSampling = try checkDecision(of: item, in: context)
        guard let planned = context.planned(item) else { throw CaseworkError.notFound }
        for result in planned.item.results {
            for supply in result.supplies {
                if let value = values[result.id]?[supply.field], !value.isEmpty { form[supply.to] = value }
            }
        }
        decide(
            item, .granted, reason: "", remedy: "", results: results, isForSampling: isForSampling, in: context)
    }

    /// Refuses an item; the others go on, and those that depend on it end with the reason.
    mutating func refuse(_ item: String, reason: String, remedy: String, in context: CaseContext) throws {
        let isForSampling = try checkDecision(of: item, in: context)
        var findings: [Finding] = []
        if reason.isEmpty { findings.append(Finding("reason", "field.required", "请写明不予批准的理由和依据。")) }
        if remedy.isEmpty { findings.append(Finding("remedy", "field.required", "请告知申请人可以怎样补救（复议、诉讼或重新申请）。")) }
        if !findings.isEmpty { throw CaseworkError.invalid(findings) }
        decide(
            item, .refused, reason: reason, remedy: remedy, results: [], isForSampling: isForSampling, in: context)
    }

    private mutating func decide(
        _ item: String, _ outcome: Decision.Outcome, reason: String, remedy: String, results: [IssuedResult],
        isForSampling: Bool, in context: CaseContext
    ) {
        guard let index = items.firstIndex(where: { $0.id == item }) else { return }
        items[index].state = .decided
        items[index].decision = Decision(
            outcome: outcome, by: context.act.actor.account, at: context.act.now, reason: reason, remedy: remedy,
            results: results, isForSampling: isForSampling)
        note(
            CaseItemDecided(
                division: division, caseID: id, item: item, outcome: outcome, licences: results.map(\.licence),
                isForSampling: isForSampling))
        let isLicensing = context.planned(item)?.item.isLicensing ?? false
        order(outcome == .refused ? .refusal : isLicensing ? .grant : .completion, item: item)
        if outcome == .refused { endDependents(of: item, in: context) }
        for event in openReadyItems(at: context.act.now, in: context) { note(event) }
        computeDue(in: context)
        completeIfOver(in: context)
    }

    private mutating func endDependents(of refused: String, in context: CaseContext) {
        let title = context.planned(refused)?.item.title ?? refused
        for planned in context.plan.items where planned.after.contains(refused) {
            guard let index = items.firstIndex(where: { $0.id == planned.id }), items[index].state == .waiting
            else { continue }
            items[index].state = .notNeeded
            items[index].note = "因“\(title)”未获批准，本项不再办理。"
            note(CaseItemEnded(division: division, caseID: id, item: planned.id, because: refused))
            endDependents(of: planned.id, in: context)
        }
    }

    private mutating func completeIfOver(in context: CaseContext) {
        guard items.allSatisfy(\.state.isOver) else { return }
        let granted = items.filter { $0.decision?.outcome == .granted }.map(\.id)
        let refused = items.filter { $0.decision?.outcome == .refused }.map(\.id)
        if granted.isEmpty {
            close(as: .refused, in: context)
            note(CaseRefused(division: division, caseID: id))
        } else {
            close(as: .completed, in: context)
            settleDelivery(in: context)
            note(CaseCompleted(division: division, caseID: id, granted: granted, refused: refused))
        }
    }

    /// Records the original of a result that was issued elsewhere, before the decision that refers to it.
    mutating func recordOriginal(
        _ original: FileReference, of result: String, item: String, in context: CaseContext
    ) throws {
        guard let index = items.firstIndex(where: { $0.id == item }), items[index].state == .open else {
            throw CaseworkError.wrongState(self, "登记原件")
        }
        guard let definition = context.planned(item)?.item.results.first(where: { $0.id == result }),
            definition.issuer == .elsewhere
        else {
            throw CaseworkError.invalid([
                Finding("results.\(result)", "field.unknown", "这个事项没有由外部系统颁发的结果“\(result)”，不需要登记原件。")
            ])
        }
        items[index].originals = (items[index].originals ?? [:]).merging([result: original]) { $1 }
        note(CaseOriginalRecorded(division: division, caseID: id, item: item, result: result))
    }

    /// Records the number that the item has in the department's own system.
    mutating func recordOutsideNumber(_ number: String, item: String, in context: CaseContext) throws {
        guard let index = items.firstIndex(where: { $0.id == item }), let planned = context.planned(item) else {
            throw CaseworkError.notFound
        }
        if items[index].state.isOver { throw untimely("登记外部系统办件号", planned, items[index], in: context) }
        if planned.item.handling != .outside { throw CaseworkError.wrongState(self, "登记外部系统办件号") }
        if number.isEmpty {
            throw CaseworkError.invalid([Finding("outside_number", "field.required", "请填写部门系统里的办件号。")])
        }
        items[index].outsideNumber = number
        note(CaseOutsideNumberRecorded(division: division, caseID: id, item: item))
    }
}
