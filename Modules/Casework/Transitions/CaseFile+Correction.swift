import Catalogue
import Extension
import Standards
import Storage

extension CaseFile {
    /// How often one thing may be named: the notice, and once more where the answer does not meet it.
    static let maximumNotices = 2

    /// A department names a fault before acceptance.
    mutating func nameFault(_ fault: Fault, item: String, in context: CaseContext) throws {
        guard state == .submitted else { throw CaseworkError.wrongState(self, "提出补正意见") }
        try requireNameable([fault], in: context)
        try requireOwn(fault, item: item, in: context)
        departmentFaults.append(
            DepartmentFault(item: item, fault: fault, by: context.act.actor.account, at: context.act.now))
        note(CaseFaultNamed(division: division, caseID: id, item: item, target: fault.target))
    }

    /// A department speaks of what its own item needs, and of nothing else.
    private func requireOwn(_ fault: Fault, item: String, in context: CaseContext) throws {
        let field = context.theme.form.flatMap(\.fields).first { "form.\($0.id)" == fault.target }
        let slot = context.plan.materials.first { "material.\($0.id)" == fault.target }
        let isOwn = field.map { $0.items.isEmpty || $0.items.contains(item) } ?? slot.map { $0.items.contains(item) }
        if isOwn == true { return }
        throw CaseworkError.invalid([
            Finding(
                fault.target, "fault.not_yours",
                "“\(field?.title ?? slot?.slot.title ?? fault.target)”不是这个事项要看的内容，请由承办的部门提出。")
        ])
    }

    /// The clerk does not pass on what a department named.
    ///
    /// - Parameter number: which of the department faults, counted from 1.
    mutating func setAsideFault(_ number: Int, reason: String, in context: CaseContext) throws {
        guard state == .submitted else { throw CaseworkError.wrongState(self, "处理部门意见") }
        var findings: [Finding] = []
        if !departmentFaults.indices.contains(number - 1) {
            findings.append(Finding("fault", "fault.unknown", "没有第 \(number) 条部门意见，请刷新页面后重新选择。"))
        }
        if reason.isEmpty { findings.append(Finding("reason", "field.required", "请写明为什么不采纳这条意见。")) }
        if !findings.isEmpty { throw CaseworkError.invalid(findings) }
        let named = departmentFaults.remove(at: number - 1)
        setAsideFaults =
            (setAsideFaults ?? []) + [
                SetAsideFault(named: named, reason: reason, by: context.act.actor.account, at: context.act.now)
            ]
        note(CaseFaultSetAside(division: division, caseID: id, item: named.item, target: named.fault.target))
    }

    /// Sends the one complete notice: the clerk's faults and those of the departments, merged.
    mutating func requestCorrection(_ faults: [Fault], in context: CaseContext) throws {
        guard state == .submitted else { throw CaseworkError.wrongState(self, "发出补正通知") }
        var known: Set<Fault> = []
        let merged = (faults + departmentFaults.map(\.fault)).filter { known.insert($0).inserted }
        guard !merged.isEmpty else {
            throw CaseworkError(
                .nothingToCorrect, status: 422, "没有写明问题", "请逐项写明需要补正的内容和改正办法，一次告知完整。")
        }
        try requireNameable(merged, in: context)
        let now = context.act.now
        state = .correction
        corrections.append(
            CorrectionNotice(faults: merged, sent: now, by: context.act.actor.account, seen: digests()))
        departmentFaults = []
        acceptBy = nil
        openWait(.applicant, at: now)
        note(
            CaseCorrectionRequested(
                division: division, caseID: id, notice: corrections.count, targets: merged.map(\.target)))
        order(.correction)
        for fault in merged where fault.repeats != nil {
            note(
                CaseFaultRepeated(division: division, caseID: id, notice: corrections.count, target: fault.target))
        }
    }

    /// Checks that faults may be named now; everything that stands in the way at once.
    private func requireNameable(_ faults: [Fault], in context: CaseContext) throws {
        let findings = faults.flatMap { unusable($0, in: context) }
        if !findings.isEmpty { throw CaseworkError.invalid(findings) }
        let late = faults.compactMap(late)
        if !late.isEmpty {
            throw CaseworkError(
                .secondNotice, "不能再次补正", "按一次性告知的规定，第一次能发现的问题以后不能再要求补正。请按下列说明处理，或者直接受理、依职权核实。",
                findings: late)
        }
    }

    /// What is wrong with a fault itself: the applicant must be able to mend what is named.
    private func unusable(_ fault: Fault, in context: CaseContext) -> [Finding] {
        func found(_ code: String, _ text: String) -> [Finding] { [Finding(fault.target, code, text)] }
        if let field = context.plan.form.flatMap(\.fields).first(where: { "form.\($0.id)" == fault.target }) {
            if field.isLocked, !(form[field.id] ?? "").isEmpty {
                return found(
                    "fault.not_mendable", "“\(field.title)”来自实名认证或登记信息，申请人在这里改不了，不能要求补正。请向信息的来源核实。")
            }
        } else if let material = context.plan.materials.first(where: { "material.\($0.id)" == fault.target }) {
            if !material.mayBeUploaded {
                return found(
                    "fault.not_mendable", "“\(material.slot.title)”不由申请人提交，不能要求补正。请指出表单里有问题的那一项，或依职权核实。")
            }
        } else {
            let known =
                context.plan.form.flatMap(\.fields).map { "form.\($0.id)" }
                + context.plan.materials.map { "material.\($0.id)" }
            let meant = known.first { $0.hasSuffix(".\(fault.target)") } ?? nearest(to: fault.target, among: known)
            return found(
                "fault.unknown_target",
                "“\(fault.target)”不是这件事的表单项或材料\(meant.map { "，是否想写 \($0)" } ?? "")。表单项写 form.字段，材料写 material.材料。")
        }
        return fault.text.isEmpty ? found("field.required", "请写明问题和改正办法。") : []
    }

    /// Why a fault comes too late, after a notice was sent (R12.1); nil when it may still be named.
    ///
    /// What a notice named may be named once more, where the clerk says which of its faults is still not mended. What no
    /// notice named may be named only where the applicant has changed it since.
    private func late(_ fault: Fault) -> Finding? {
        func found(_ text: String) -> Finding { Finding(fault.target, "casework.second_notice", text) }
        guard let last = corrections.last else {
            return fault.repeats == nil ? nil : found("还没有发出过补正通知，不能注明是上次的问题。")
        }
        if let number = fault.repeats {
            guard last.faults.indices.contains(number - 1), last.faults[number - 1].target == fault.target else {
                return found("上次补正通知的第 \(number) 处不是这一项，请核对后重新注明。")
            }
            let times = corrections.filter { $0.faults.contains { $0.target == fault.target } }.count
            return times < Self.maximumNotices
                ? nil : found("这一项已经告知过 \(times) 次，不能再要求补正。请直接受理，或以“补正后仍不符合要求”终止办理并写明理由。")
        }
        if let number = last.faults.firstIndex(where: { $0.target == fault.target }) {
            return found(
                "上次已经告知这一项：“\(last.faults[number].text)”。改后仍不符合的，请注明是上次的第 \(number + 1) 处没有改好；新的要求不能再提。")
        }
        let isNamed = corrections.contains { $0.faults.contains { $0.target == fault.target } }
        if isNamed || last.seen[fault.target] == digests()[fault.target] {
            return found("第一次补正时就能发现，不能再要求补正：\(fault.text)")
        }
        return nil
    }
}
