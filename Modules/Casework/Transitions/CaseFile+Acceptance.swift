import Catalogue
import Cryptography
import Extension
import Standards
import Storage

extension CaseFile {
    /// The first eight bytes of SM3 suffice to see that a value was changed.
    static func digest(_ text: String) -> String { Hex.encode(Array(SM3.hash(Array(text.utf8)).prefix(8))) }

    /// Accepts the case; with gaps when the applicant asked to supply materials later.
    mutating func accept(in context: CaseContext) throws {
        guard state == .submitted else { throw CaseworkError.wrongState(self, "受理") }
        if !departmentFaults.isEmpty { throw CaseworkError.faultsOpen(departmentFaults) }
        let gaps = materials.filter(\.value.isGap).map(\.key).sorted()
        enter(
            Acceptance(
                mode: gaps.isEmpty ? .normal : .tolerant, by: context.act.actor.account, at: context.act.now),
            gaps: gaps, in: context)
    }

    /// Lets the law take its effect, before anything else is judged: after five working days of silence the case is
    /// accepted, whether or not anybody has noticed yet.
    ///
    /// - Returns: whether it took effect just now.
    mutating func takeLegalEffect(in context: CaseContext) -> Bool {
        guard state == .submitted, let acceptBy, acceptBy.day < context.act.now.day else { return false }
        // What departments named and nobody told the applicant in time binds nobody any more; it stays on record.
        for named in departmentFaults {
            setAsideFaults =
                (setAsideFaults ?? []) + [
                    SetAsideFault(named: named, reason: "没有在期限内告知申请人，依法视为受理。", by: nil, at: context.act.now)
                ]
        }
        departmentFaults = []
        // Silence counts from the day of receipt (行政许可法第三十二条), so that the delay costs the applicant nothing.
        let received = corrections.last?.answered ?? times.submitted ?? context.act.now
        enter(
            Acceptance(mode: .deemed, by: nil, at: received),
            gaps: materials.filter(\.value.isGap).map(\.key).sorted(), in: context)
        lawEvents = pendingEvents
        pendingEvents = []
        return true
    }

    private mutating func enter(_ acceptance: Acceptance, gaps: [String], in context: CaseContext) {
        state = .accepted
        self.acceptance = acceptance
        times.accepted = acceptance.at
        acceptBy = nil
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
        order(.acceptance)
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
            pendingCharges.append(items[index].id)
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
        order(.nonAcceptance)
    }

    mutating func close(as state: CaseState, in context: CaseContext) {
        self.state = state
        acceptBy = nil
        closeWaits(.applicant, at: context.act.now)
        closeWaits(.procedure, at: context.act.now)
        closeWaits(.payment, at: context.act.now)
        times.closed = context.act.now
        for index in items.indices where !items[index].state.isOver {
            items[index].state = .notNeeded
            pendingCharges.removeAll { $0 == items[index].id }
            if let last = items[index].pauses.indices.last, items[index].pauses[last].end == nil {
                items[index].pauses[last].end = context.act.now
            }
        }
    }
}

extension CaseworkError {
    /// Departments named faults about which the clerk has not decided yet.
    static func faultsOpen(_ faults: [DepartmentFault]) -> CaseworkError {
        CaseworkError(
            .faultsOpen, "部门提出的问题还没有处理",
            "部门提出了 \(faults.count) 处问题。请并入补正通知一次告知，或者逐条写明不采纳的理由，再受理。",
            findings: faults.enumerated().map { index, named in
                Finding(named.fault.target, "casework.faults_open", "第 \(index + 1) 条：\(named.fault.text)")
            })
    }
}
