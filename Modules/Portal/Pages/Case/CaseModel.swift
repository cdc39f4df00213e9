import PluginKit

/// The model of the progress page.
struct CaseModel {
    let sight: CaseSight
    let now: Instant
    let calendar: WorkingCalendar
    let rules: CaseworkRules
    let message: ViewModel?

    private var file: CaseFile { sight.file }
    private var isApplicant: Bool { sight.role == .applicant }

    var page: ViewModel {
        let overall = CaseStanding(file: file, calendar: calendar)
        let results = sight.plan.items.flatMap(results)
        let gaps = sight.plan.materials.filter { file.materials[$0.id]?.isGap == true }
        let canWithdraw =
            isApplicant && !file.state.isClosed && !file.items.contains { $0.state == .decided }
        return .record([
            "pageTitle": "办理进度：\(sight.theme.title)", "back": ViewModel.back("返回我的办件", "/my"),
            "themeTitle": sight.theme.title, "caseNumber": file.number ?? "",
            "applicant": sight.applicantName(isMasked: true), "submittedAt": file.times.submitted?.chinaTime ?? "",
            "overall": ViewModel.record([
                "label": overall.label, "badgeClass": overall.style, "sentence": overall.sentence,
            ]),
            "clock": clock, "message": message, "notice": isApplicant ? notice : nil,
            "hasGaps": isApplicant && file.hasOpenGap,
            "gaps": gaps.map { material -> ViewModel in
                .record([
                    "title": material.slot.title,
                    "gapDue": file.materials[material.id]?.gapDue.map { "\($0.chinese)前补交" } ?? "请尽快补交",
                ])
            },
            "consentURL": sight.consentURL ?? "",
            "gapURL": "\(file.url)/materials",
            "hasResults": !results.isEmpty, "results": results,
            "charges": isApplicant ? charges : [], "hasCharges": isApplicant && !charges.isEmpty,
            "papers": PaperSummary(file: file).model, "delivery": delivery,
            "items": sight.plan.items.enumerated().map { item($1, order: $0 + 1) },
            "history": history,
            "withdraw": canWithdraw
                ? ViewModel.record(["action": "\(file.url)/withdraw", "version": file.version]) : nil,
        ])
    }

    /// How the results reach the applicant, and how far that is.
    private var delivery: ViewModel? {
        guard isApplicant, file.takesDeliveryChoice || file.state == .completed else { return nil }
        let isDone = file.state == .completed
        let way = file.delivery?.way
        return .record([
            "way": way?.chinese ?? (isDone ? ResultDelivery.Way.electronic.chinese : "还没有选，按这类结果通常的方式"),
            "sentence": isDone ? file.delivery?.sentence ?? "" : "",
            "badge": isDone && way != .electronic ? file.delivery?.state.chinese ?? "" : "",
            "badgeClass": file.delivery?.state == .done ? "good" : "open",
            "changeURL": file.takesDeliveryChoice ? "\(file.url)/delivery" : "",
        ])
    }

    /// What is to be paid, and what was.
    private var charges: [ViewModel] {
        file.items.compactMap { task in
            guard let charge = task.charge else { return nil }
            let isDue = task.state == .unpaid && !file.state.isClosed
            return .record([
                "title": sight.plan.titles(of: [task.id]).first ?? task.id, "amount": charge.amount.chinese,
                "isDue": isDue, "url": "/pay/\(charge.order)",
                "state": isDue ? "待缴费" : charge.settled == nil ? "不用再缴" : "已缴费",
                "badgeClass": isDue ? "upload" : charge.settled == nil ? "made" : "good",
            ])
        }
    }

    private var clock: ViewModel {
        let spent = file.timeSpent(at: now)
        var due: (label: String, deadline: Deadline)?
        if !file.state.isClosed {
            due = file.due.map { ("最晚办完", $0) } ?? file.acceptBy.map { ("最晚受理", $0) }
        }
        return .record([
            "office": ShownText.duration(spent.office), "waiting": ShownText.duration(spent.applicant),
            "pauseNote": due != nil && file.items.contains { $0.openPause != nil }
                ? "有事项正在特殊程序中，程序没有结束，这一天还会往后推。" : "",
            "dueLabel": due?.label ?? "", "dueDate": due?.deadline.day.chinese ?? "",
            "provisional": due?.deadline.isProvisional ?? false,
            "provisionalReason": "那一年的放假安排还没有公布，公布后可能有一两天的调整。",
        ])
    }

    private var notice: ViewModel? {
        guard let replyBy = file.correctionDue(calendar: calendar, rules: rules), let notice = file.corrections.last
        else { return nil }
        return .record([
            "title": "有 \(notice.faults.count) 处需要补正", "issuedAt": notice.sent.day.chineseDate,
            "replyBy": replyBy.chinese, "intro": "需要改的都在下面，改好一次提交即可。",
            "faults": notice.faults.map { fault -> ViewModel in
                .record([
                    "subject": sight.title(ofTarget: fault.target), "fault": fault.text,
                    "changeURL": sight.changeURL(of: fault),
                ])
            },
            "resubmitURL": "\(file.url)/review",
            "consequence": "到期没有补正的，可能终止办理；终止后可以重新申请。",
        ])
    }

    private func item(_ planned: PlannedItem, order: Int) -> ViewModel {
        let task = file.task(planned.id)
        let standing = ItemStanding(task, isAccepted: file.times.accepted != nil)
        let isOpen = task?.state == .open || task?.state == .paused || task?.state == .unpaid
        let waitsFor = planned.after.filter { file.task($0)?.state.isOver == false }
        return .record([
            "order": order, "title": planned.item.title,
            "department": task.flatMap { sight.agencyNames[$0.agency] } ?? planned.item.department,
            "stateClass": standing.line, "badgeClass": standing.badge, "state": standing.label,
            "afterText": waitsFor.isEmpty
                ? "" : "接在\(sight.plan.titles(of: waitsFor).map { "“\($0)”" }.joined(separator: "、"))之后",
            "dueText": isOpen ? task?.due.map { dueText($0, task) } ?? "" : "",
            "decidedText": task?.decision.map { "\($0.at.day.chineseDate)作出决定" } ?? "",
            "detail": task?.openPause.map { "正在\($0.kind.chinese)：\($0.reason)（预计 \($0.expectedDays) 个工作日，不计入办理时限）" }
                ?? task?.note ?? task?.decision?.reason ?? "",
            "appeal": task?.decision?.remedy ?? "",
        ])
    }

    private func dueText(_ due: Deadline, _ task: ItemTask?) -> String {
        if task?.state == .unpaid { return "等待缴费，暂停计时，缴费后顺延" }
        return task?.openPause == nil ? "应在\(due.chinese)前办完" : "暂停计时，特殊程序结束后顺延"
    }

    private func results(of planned: PlannedItem) -> [ViewModel] {
        guard let task = file.task(planned.id), let decision = task.decision else { return [] }
        return decision.results.map { result in
            let isHere = planned.item.results.first { $0.id == result.result }?.issuer == .here
            return .record([
                "title": result.title, "issuer": sight.agencyNames[task.agency] ?? planned.item.department,
                "issuedAt": decision.at.day.chineseDate, "viewURL": "/licences/\(result.licence)",
                "badge": isHere ? "已签发" : "已登记",
            ])
        }
    }

    private var history: [ViewModel] {
        var entries: [(Instant, String)] = []
        if let at = file.times.submitted { entries.append((at, "提交申请")) }
        for notice in file.corrections {
            let again = notice.faults.filter { $0.repeats != nil }.count
            entries.append(
                (
                    notice.sent,
                    "一次性告知补正 \(notice.faults.count) 处" + (again > 0 ? "，其中 \(again) 处上次告知后没有改好" : "")
                ))
            if let at = notice.answered { entries.append((at, "补正后重新提交")) }
        }
        if let acceptance = file.acceptance {
            let texts: [Acceptance.Mode: String] = [
                .normal: "受理，分送各部门", .tolerant: "容缺受理，分送各部门", .deemed: "逾期未告知，视为受理",
            ]
            entries.append((acceptance.at, texts[acceptance.mode] ?? "受理"))
        }
        for task in file.items {
            let title = sight.plan.titles(of: [task.id]).first ?? task.id
            for pause in task.pauses { entries.append((pause.start, "“\(title)”进入特殊程序：\(pause.kind.chinese)")) }
            if let charge = task.charge {
                entries.append((charge.demanded, "“\(title)”等待缴费 \(charge.amount.chinese)"))
                if let at = charge.settled { entries.append((at, "“\(title)”已缴费，继续办理")) }
            }
            if let decision = task.decision {
                entries.append((decision.at, "“\(title)”\(decision.outcome == .granted ? "办结" : "不予批准")"))
            }
        }
        if let delivery = file.delivery {
            if let handover = delivery.handover { entries.append((handover.at, "在窗口领取结果")) }
            if let posting = delivery.posting { entries.append((posting.at, "结果已寄出，邮件号码 \(posting.tracking)")) }
        }
        if let at = file.times.closed { entries.append((at, file.state.chinese)) }
        // Stable, so that what happened at the same moment stays in its order; the newest comes first.
        return entries.enumerated().sorted { ($0.element.0, $0.offset) > ($1.element.0, $1.offset) }
            .map { .record(["at": $0.element.0.chinaTime, "text": $0.element.1]) }
    }
}
