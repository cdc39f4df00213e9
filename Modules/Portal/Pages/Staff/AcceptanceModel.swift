import PluginKit

/// The model of the page on which a clerk decides about a case.
struct AcceptanceModel {
    let sight: CaseSight
    let form: AcceptanceForm
    let today: LegalDay
    let calendar: WorkingCalendar
    /// For a supervisor, who looks and decides nothing.
    var isReadOnly = false

    private var file: CaseFile { sight.file }
    private var url: String { "/staff/acceptance/\(file.id)" }
    private var isSubmitted: Bool { file.state == .submitted }

    var page: ViewModel {
        let mayTerminate = !isReadOnly && !file.state.isClosed && !isSubmitted && file.state != .draft
        let mayDecide = !isReadOnly && isSubmitted
        return .record([
            "pageTitle": "\(isReadOnly ? "督查" : "受理")：\(file.number ?? "")",
            "heading": isReadOnly ? "督查：\(file.state.chinese)" : "综合窗口受理",
            "back": isReadOnly
                ? ViewModel.back("返回督查列表", "/staff/supervision") : ViewModel.back("返回受理列表", "/staff/acceptance"),
            "errorSummary": form.feedback.summary(anchor: anchor),
            "themeTitle": sight.theme.title, "caseNumber": file.number ?? "",
            "applicant": sight.applicantName(isMasked: false), "version": file.version,
            "message": message, "due": due,
            "departments": sight.plan.items.map(department),
            "groups": FormSummary(sight: sight, isMasked: false).groups(),
            "materials": sight.plan.materials.map { MaterialSummary(material: $0, sight: sight).model },
            "hasDecisions": mayDecide || mayTerminate,
            "accept": mayDecide ? accept : nil, "correct": mayDecide ? correct : nil,
            "decline": mayDecide ? decline : nil, "terminate": mayTerminate ? terminate : nil,
        ])
    }

    private func anchor(_ finding: Finding) -> String? {
        if let row = form.shownRows.firstIndex(where: { $0.target == finding.field }) {
            return "\(form.shownRows[row].text.isEmpty ? "text" : "target")-\(row + 1)"
        }
        return ["reason": form.panel == .terminate ? "t-reason" : "d-reason", "competent_agency": "d-agency"][
            finding.field]
    }

    private var message: ViewModel? {
        if let warning = form.warning { return .message("bad", warning) }
        switch form.request.parameter("message") {
        case "accepted": return .message("good", "已经受理，分送到各部门，时限开始计算。")
        case "corrected": return .message("good", "补正通知已经发出，等申请人补正期间不计时。")
        case "declined": return .message("good", "已作出不予受理决定，申请人能看到理由和应当去的单位。")
        case "terminated": return .message("good", "办理已经终止。")
        default:
            let count = file.departmentFaults.count
            return isSubmitted && !isReadOnly && count > 0
                ? .message("warn", "各部门提出了 \(count) 个问题，见“一次性告知补正”。") : nil
        }
    }

    private var due: ViewModel? {
        guard let deadline = file.acceptBy ?? (file.state.isClosed ? nil : file.due) else { return nil }
        let urgency = ShownText.urgency(daysLeft: calendar.workingDays(from: today, to: deadline.day))
        return .record([
            "date": deadline.day.chineseDate, "label": urgency.label, "badgeClass": urgency.badge,
            "verb": isSubmitted ? "前决定" : "前办完",
            "note": isSubmitted ? "到期不一次告知补正的，自收到申请之日起即为受理（行政许可法第三十二条）。" : "",
            "provisional": deadline.isProvisional,
        ])
    }

    private func department(_ planned: PlannedItem) -> ViewModel {
        let task = file.task(planned.id)
        let faults = file.departmentFaults.filter { $0.item == planned.id }.count
        let standing = ItemStanding(task, isAccepted: file.times.accepted != nil)
        let name = task.flatMap { sight.agencyNames[$0.agency] } ?? planned.item.department
        return .record([
            "agency": name, "item": planned.item.title,
            "badgeClass": isSubmitted ? (faults > 0 ? "soon" : "made") : standing.badge,
            "opinion": isSubmitted ? (faults > 0 ? "提出 \(faults) 个问题" : "没有提出问题") : standing.label,
        ])
    }

    private var accept: ViewModel {
        let gaps = sight.plan.materials.filter { file.materials[$0.id]?.isGap == true }.map { "“\($0.slot.title)”" }
        let tolerance = gaps.isEmpty ? "" : "申请人申请后补\(gaps.joined(separator: "、"))，将按容缺受理，补齐前相关事项不能作出决定。"
        return .record([
            "open": form.panel == .accept, "action": "\(url)/accept",
            "label": gaps.isEmpty ? "受理" : "容缺受理", "explanation": "受理后，各部门的时限从今天起算。\(tolerance)",
        ])
    }

    private var correct: ViewModel {
        let targets = TargetChoices(plan: sight.plan).choices
        let rows = form.shownRows.enumerated().map { index, row -> ViewModel in
            .record([
                "fields": [
                    InputField(
                        id: "target-\(index + 1)", name: "target-\(index + 1)", label: "第 \(index + 1) 处：哪一项",
                        kind: .select(targets, empty: "不需要填"), values: [row.target], isOptional: true,
                        error: row.target.isEmpty || row.text.isEmpty ? nil : form.feedback.error(row.target)),
                    InputField(
                        id: "text-\(index + 1)", name: "text-\(index + 1)", label: "什么问题，怎么改", kind: .paragraph,
                        values: [row.text], isOptional: true,
                        error: row.target.isEmpty || !row.text.isEmpty ? nil : form.feedback.error(row.target),
                        maximumLength: 500),
                ]
            ])
        }
        return .record([
            "open": form.panel == .correct, "action": "\(url)/correct",
            "hasFaults": !file.departmentFaults.isEmpty,
            "faults": file.departmentFaults.map { named -> ViewModel in
                let agency = file.task(named.item).flatMap { sight.agencyNames[$0.agency] } ?? ""
                return .record([
                    "subject": sight.title(ofTarget: named.fault.target), "fault": named.fault.text,
                    "department": agency,
                ])
            },
            "rows": rows,
        ])
    }

    private var decline: ViewModel {
        .record([
            "open": form.panel == .decline, "action": "\(url)/decline",
            "fields": [
                InputField(
                    id: "d-reason", name: "reason", label: "不予受理的理由和依据", kind: .paragraph,
                    values: form.text("reason", in: .decline), hint: "申请人会看到原文。",
                    error: form.panel == .decline ? form.feedback.error("reason") : nil, maximumLength: 1000),
                InputField(
                    id: "d-agency", name: "competent_agency", label: "应当向哪个单位申请", kind: .text(),
                    values: form.text("competent_agency", in: .decline), hint: "不属于本机关职权的，必须告知有权的机关。",
                    error: form.feedback.error("competent_agency"), maximumLength: 100),
            ],
        ])
    }

    private var terminate: ViewModel {
        .record([
            "open": form.panel == .terminate, "action": "\(url)/terminate",
            "fields": [
                InputField(
                    id: "t-reason", name: "reason", label: "终止办理的理由", kind: .paragraph,
                    values: form.text("reason", in: .terminate), hint: "例如补正期满没有补正。申请人会看到原文。",
                    error: form.panel == .terminate ? form.feedback.error("reason") : nil, maximumLength: 1000)
            ],
        ])
    }
}

/// What a fault may be about: the fields of the one form and the materials.
struct TargetChoices {
    let plan: Plan
    /// Only what this item needs; nil for all.
    var item: String?

    var choices: [InputField.Choice] {
        let fields = plan.form.flatMap { section in
            section.fields.filter { isNeeded($0.items) }
                .map { InputField.Choice("form.\($0.id)", "\(section.title)：\($0.title)") }
        }
        let slots = plan.materials.filter { isNeeded($0.items) }
            .map { InputField.Choice("material.\($0.id)", "材料：\($0.slot.title)") }
        return slots + fields
    }

    private func isNeeded(_ items: [String]) -> Bool {
        guard let item else { return true }
        return items.isEmpty || items.contains(item)
    }
}
