import PluginKit

/// The model of one item for its officer.
struct TaskModel {
    let sight: CaseSight
    let planned: PlannedItem
    let form: TaskForm
    let today: LegalDay
    let calendar: WorkingCalendar
    let maximumFileSize: Int
    /// The licences that serve in place of papers, by material.
    var documents: [String: ServingDocument] = [:]
    /// Why the item can't be refused; nil where it can.
    var refusalBar: String?

    private var file: CaseFile { sight.file }
    private var task: ItemTask? { file.task(planned.id) }

    var page: ViewModel {
        let panels = TaskPanels(
            sight: sight, planned: planned, form: form, today: today, maximumFileSize: maximumFileSize,
            refusalBar: refusalBar)
        let standing = ItemStanding(task, isAccepted: file.times.accepted != nil)
        return .record([
            "pageTitle": "\(planned.item.title)：\(file.number ?? "")",
            "back": file.state == .submitted
                ? ViewModel.back("返回预审", "/staff/reviews") : ViewModel.back("返回待办", "/staff/tasks"),
            "errorSummary": form.feedback.summary(anchor: panels.anchor),
            "item": planned.item.title, "themeTitle": sight.theme.title, "caseNumber": file.number ?? "",
            "applicant": sight.applicantName(isMasked: false), "message": message, "due": due,
            "standing": ViewModel.record(["badgeClass": standing.badge, "label": standing.label]),
            "decided": decided, "paused": paused, "itemNote": task?.note ?? "",
            "isOutside": planned.item.handling == .outside && file.times.accepted != nil,
            "outsideNumber": task?.outsideNumber ?? "",
            "packetURL": "/staff/tasks/\(file.id)/\(URLText.encode(planned.id))/packet",
            "batchURL": "/staff/results/\(URLText.encode(sight.theme.id))/\(URLText.encode(planned.id))",
            "groups": FormSummary(sight: sight, isMasked: false).groups(items: [planned.id]),
            "hasMaterials": !materials.isEmpty,
            "materials": materials.map {
                MaterialSummary(material: $0, sight: sight, document: documents[$0.id]).model
            },
            "papers": PaperSummary(
                file: file, serviceURL: "/staff/papers/\(file.id)", item: planned.id
            ).model,
            "hasOthers": sight.plan.items.count > 1,
            "others": sight.plan.items.filter { $0.id != planned.id }.map(other),
        ]).merging(panels.model)
    }

    private var materials: [PlannedMaterial] { sight.plan.materials.filter { $0.items.contains(planned.id) } }

    private var message: ViewModel? {
        if let warning = form.warning { return .message("bad", warning) }
        switch form.request.parameter("message") {
        case "grant": return .message("good", "已同意，结果已放进申请人的证照。决定文书可以打印。")
        case "refuse": return .message("good", "已作出不予批准的决定，申请人能看到理由和救济途径。决定文书可以打印。")
        case "pause": return .message("good", "特殊程序已启动，这段时间不计入办理时限，申请人已能看到。告知书可以打印。")
        case "resume": return .message("good", "特殊程序已结束，时限继续计算。")
        case "fault": return .message("good", "您的意见已交给窗口，由窗口一次告知申请人。")
        case "outside": return .message("good", "部门系统里的办件号已登记。")
        default: return nil
        }
    }

    private var due: ViewModel {
        // Before the acceptance the day that matters to the officer is the window's.
        let isReview = file.state == .submitted
        let deadline = isReview ? file.acceptBy : task?.due
        let isOver = task?.state.isOver == true
        let urgency = ShownText.urgency(daysLeft: deadline.map { calendar.workingDays(from: today, to: $0.day) })
        let limits = [
            "承诺\(planned.item.promisedLimit.chinese)",
            planned.item.statutoryLimit.map { "法定\($0.chinese)" },
            task?.legalDue.map { "法定到期 \($0.day.chineseDate)" },
        ].compactMap(\.self)
        return .record([
            "title": isReview ? "窗口最晚受理" : "到期",
            "date": deadline?.day.chineseDate ?? "还没有起算",
            "label": isOver ? "已结束" : deadline == nil ? "" : urgency.label,
            "badgeClass": isOver ? "made" : urgency.badge,
            "provisional": deadline?.isProvisional ?? false,
            "note": isReview ? "受理后就不能再要求补正，有问题请在这之前提。" : limits.joined(separator: "，"),
        ])
    }

    private var decided: ViewModel? {
        guard let decision = task?.decision else { return nil }
        return .record([
            "outcome": decision.outcome == .granted ? "已同意" : "不予批准", "at": decision.at.chinaTime,
            "reason": decision.reason, "remedy": decision.remedy,
            "results": decision.results.map { ViewModel.link($0.title, "/licences/\($0.licence)") },
        ])
    }

    private var paused: String {
        task?.openPause.map {
            "\($0.kind.chinese)，自 \($0.start.day.chineseDate)起，预计 \($0.expectedDays) 个工作日。\($0.reason)"
        }
            ?? ""
    }

    private func other(_ planned: PlannedItem) -> ViewModel {
        let task = file.task(planned.id)
        let standing = ItemStanding(task, isAccepted: file.times.accepted != nil)
        return .record([
            "title": planned.item.title,
            "department": task.flatMap { sight.agencyNames[$0.agency] } ?? planned.item.department,
            "badgeClass": standing.badge, "state": standing.label,
        ])
    }
}
