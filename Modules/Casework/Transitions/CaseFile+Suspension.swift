import Catalogue
import Extension
import Standards
import Storage

extension CaseFile {
    /// Begins a special procedure for an item; its clock stands still until it ends.
    mutating func pause(
        _ item: String, for procedure: SpecialProcedure, reason: String, expectedDays: Int, in context: CaseContext
    ) throws {
        guard let index = items.firstIndex(where: { $0.id == item }), items[index].state == .open else {
            if state == .inProgress, let planned = context.planned(item), let task = task(item) {
                throw untimely("启动特殊程序", planned, task, in: context)
            }
            throw CaseworkError.wrongState(self, "启动特殊程序")
        }
        if reason.isEmpty {
            throw CaseworkError.invalid([Finding("reason", "field.required", "请写明启动特殊程序的理由，申请人会看到。")])
        }
        items[index].state = .paused
        items[index].pauses.append(
            ItemPause(
                kind: procedure, reason: reason, start: context.act.now, end: nil, expectedDays: expectedDays))
        note(CaseItemPaused(division: division, caseID: id, item: item, procedure: procedure))
        order(.specialProcedure, item: item)
        suspendOrGoOn(in: context)
        recomputeClocks(in: context)
    }

    /// Ends a special procedure; the clock goes on.
    mutating func resume(_ item: String, in context: CaseContext) throws {
        guard let index = items.firstIndex(where: { $0.id == item }), items[index].state == .paused,
            let last = items[index].pauses.indices.last
        else { throw CaseworkError.wrongState(self, "结束特殊程序") }
        items[index].state = .open
        items[index].pauses[last].end = max(context.act.now, items[index].pauses[last].start)
        suspendOrGoOn(in: context)
        recomputeClocks(in: context)
        note(
            CaseItemResumed(
                division: division, caseID: id, item: item, due: items[index].due?.day.description ?? ""))
    }

    /// The case as a whole is suspended while no office can go on: some item is paused and none is open.
    private mutating func suspendOrGoOn(in context: CaseContext) {
        let isStanding = items.contains { $0.state == .paused } && !items.contains { $0.state == .open }
        if isStanding, state == .inProgress {
            state = .suspended
            openWait(.procedure, at: context.act.now)
        } else if !isStanding, state == .suspended {
            state = .inProgress
            closeWaits(.procedure, at: context.act.now)
        }
    }

    /// The applicant takes the case back; possible until something was decided.
    mutating func withdraw(in context: CaseContext) throws {
        guard !state.isClosed, !items.contains(where: { $0.state == .decided }) else {
            throw CaseworkError.wrongState(self, "撤回")
        }
        close(as: .withdrawn, in: context)
        note(CaseWithdrawn(division: division, caseID: id))
    }

    /// The offices end the case without a decision, on a ground that the law knows and that holds now.
    mutating func terminate(on ground: TerminationGround, reason: String, in context: CaseContext) throws {
        guard !state.isClosed, state != .draft else { throw CaseworkError.wrongState(self, "终止") }
        let grounds = terminationGrounds(
            on: context.act.now.day, calendar: context.calendar, rules: context.rules)
        var findings: [Finding] = []
        if !grounds.contains(ground) {
            findings.append(Finding("ground", "termination.ground", groundText(ground, among: grounds)))
        }
        if reason.isEmpty { findings.append(Finding("reason", "field.required", "请写明终止办理的事实和依据，申请人会看到。")) }
        if !findings.isEmpty { throw CaseworkError.invalid(findings) }
        ending = Ending(reason: reason, ground: ground, remedy: context.rules.papers.remedy + "具备条件后也可以重新申请。")
        close(as: .terminated, in: context)
        note(CaseTerminated(division: division, caseID: id, ground: ground))
        order(.termination)
    }

    private func groundText(_ ground: TerminationGround, among grounds: [TerminationGround]) -> String {
        if items.contains(where: { $0.decision?.outcome == .granted }) {
            return "已有事项办结，不能再终止整件事。其余事项请由承办部门作出决定。"
        }
        let others = grounds.map { "“\($0.chinese)”" }.joined(separator: "、")
        return "这件事现在不是“\(ground.chinese)”的情形，不能以此终止。目前可以选择：\(others)；不属于本机关职权的，请作出不予受理决定。"
    }
}
