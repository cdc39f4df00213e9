import Catalogue
import Cryptography
import Extension
import Standards
import Storage

extension CaseFile {
    /// The first eight bytes of SM3 suffice to see that a value was changed.
    static func digest(_ text: String) -> String { Hex.encode(Array(SM3.hash(Array(text.utf8)).prefix(8))) }

    /// A department names a fault before acceptance.
    mutating func nameFault(_ fault: Fault, item: String, in context: CaseContext) throws {
        guard state == .submitted else { throw CaseworkError.wrongState(self, "提出补正意见") }
        try requireTarget(fault, in: context)
        departmentFaults.append(
            DepartmentFault(item: item, fault: fault, by: context.act.actor.account, at: context.act.now))
        note(CaseFaultNamed(division: division, caseID: id, item: item, target: fault.target))
    }

    /// Sends the one complete notice: the clerk's faults and those of the departments, merged.
    ///
    /// A later notice may name only what an earlier one named and is still unmended, or what the applicant has changed
    /// since: a fault that the first notice could have named is refused (R12.1).
    mutating func requestCorrection(_ faults: [Fault], in context: CaseContext) throws {
        guard state == .submitted else { throw CaseworkError.wrongState(self, "发出补正通知") }
        for fault in faults { try requireTarget(fault, in: context) }
        let merged = merge(faults + departmentFaults.map(\.fault))
        guard !merged.isEmpty else {
            throw CaseworkError(
                .nothingToCorrect, status: 422, "没有写明问题", "请逐项写明需要补正的内容和改正办法，一次告知完整。")
        }
        if let earlier = corrections.last {
            let current = digests()
            let named = Set(corrections.flatMap { $0.faults.map(\.target) })
            let late = merged.filter { !named.contains($0.target) && earlier.seen[$0.target] == current[$0.target] }
            if !late.isEmpty {
                throw CaseworkError(
                    .secondNotice, "不能再次补正",
                    "下列问题在第一次补正时就能发现，按一次性告知的规定不能再要求补正。请直接受理，或依职权核实。",
                    findings: late.map { Finding($0.target, "casework.second_notice", $0.text) })
            }
        }
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
    }

    private func merge(_ faults: [Fault]) -> [Fault] {
        var seen: Set<Fault> = []
        return faults.filter { seen.insert($0).inserted }
    }

    private func requireTarget(_ fault: Fault, in context: CaseContext) throws {
        let fields = context.plan.form.flatMap(\.fields).map { "form.\($0.id)" }
        let slots = context.plan.materials.map { "material.\($0.id)" }
        if !(fields + slots).contains(fault.target) {
            throw CaseworkError.invalid([
                Finding(fault.target, "fault.unknown_target", "“\(fault.target)”不是这件事的表单项或材料，请从列表中选择。")
            ])
        }
        if fault.text.isEmpty {
            throw CaseworkError.invalid([Finding(fault.target, "field.required", "请写明问题和改正办法。")])
        }
    }

    /// Accepts the case; with gaps when the applicant asked to supply materials later.
    mutating func accept(in context: CaseContext) throws {
        guard state == .submitted else { throw CaseworkError.wrongState(self, "受理") }
        let gaps = materials.filter(\.value.isGap).map(\.key).sorted()
        enter(
            Acceptance(
                mode: gaps.isEmpty ? .normal : .tolerant, by: context.act.actor.account, at: context.act.now),
            gaps: gaps, in: context)
    }

    /// Accepts the case because the offices were silent for too long.
    mutating func deemAccepted(in context: CaseContext) throws {
        guard state == .submitted, let acceptBy, acceptBy.day < context.act.now.day else {
            throw CaseworkError.wrongState(self, "视为受理")
        }
        // Silence counts from the day of receipt (行政许可法第三十二条), so that the delay costs the applicant nothing.
        let received = corrections.last?.answered ?? times.submitted ?? context.act.now
        enter(
            Acceptance(mode: .deemed, by: nil, at: received),
            gaps: materials.filter(\.value.isGap).map(\.key).sorted(), in: context)
    }

    private mutating func enter(_ acceptance: Acceptance, gaps: [String], in context: CaseContext) {
        state = .accepted
        self.acceptance = acceptance
        times.accepted = acceptance.at
        acceptBy = nil
        departmentFaults = []
        for slot in gaps {
            materials[slot]?.gapDue = context.calendar.due(
                for: .workingDays(context.rules.gapDays), from: context.act.now.day)
        }
        let opened = openReadyItems(at: acceptance.at, in: context)
        computeDue(in: context)
        note(
            CaseAccepted(
                division: division, caseID: id, mode: acceptance.mode, gaps: gaps, due: due?.day.description ?? "",
                isProvisional: due?.isProvisional ?? false))
        for event in opened { note(event) }
        if !opened.isEmpty { state = .inProgress }
    }

    /// Opens every waiting item whose predecessors are over, and gives the events to note.
    mutating func openReadyItems(at instant: Instant, in context: CaseContext) -> [CaseItemOpened] {
        var events: [CaseItemOpened] = []
        for index in items.indices where items[index].state == .waiting {
            guard let planned = context.planned(items[index].id),
                planned.after.allSatisfy({ task($0)?.state.isOver ?? true })
            else { continue }
            items[index].state = .open
            items[index].opened = instant
            computeDeadlines(of: index, in: context)
            events.append(
                CaseItemOpened(
                    division: division, caseID: id, item: items[index].id, agency: items[index].agency,
                    due: items[index].due?.day.description ?? "",
                    isProvisional: items[index].due?.isProvisional ?? false))
        }
        return events
    }

    /// Does not accept the case (不予受理): it is not ours, and the notice names whose it is.
    mutating func refuseAcceptance(reason: String, competentAgency: String, in context: CaseContext) throws {
        guard state == .submitted else { throw CaseworkError.wrongState(self, "不予受理") }
        var findings: [Finding] = []
        if reason.isEmpty { findings.append(Finding("reason", "field.required", "请写明不予受理的理由。")) }
        if competentAgency.isEmpty {
            findings.append(Finding("competent_agency", "field.required", "请写明应当向哪个单位申请。"))
        }
        if !findings.isEmpty { throw CaseworkError.invalid(findings) }
        ending = Ending(reason: reason, competentAgency: competentAgency)
        close(as: .notAccepted, in: context)
        note(CaseNotAccepted(division: division, caseID: id))
    }

    mutating func close(as state: CaseState, in context: CaseContext) {
        self.state = state
        acceptBy = nil
        closeWaits(.applicant, at: context.act.now)
        closeWaits(.procedure, at: context.act.now)
        times.closed = context.act.now
        for index in items.indices where !items[index].state.isOver {
            items[index].state = .notNeeded
            if let last = items[index].pauses.indices.last, items[index].pauses[last].end == nil {
                items[index].pauses[last].end = context.act.now
            }
        }
    }
}
