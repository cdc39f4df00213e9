import PluginKit

/// The model of the page on which a clerk decides about a case.
struct AcceptanceModel {
    let sight: CaseSight
    let form: AcceptanceForm
    let today: LegalDay
    let calendar: WorkingCalendar
    let rules: CaseworkRules
    /// The licences that serve in place of papers, by material.
    var documents: [String: ServingDocument] = [:]
    /// For a supervisor, who looks and decides nothing.
    var isReadOnly = false

    private var file: CaseFile { sight.file }
    private var url: String { "/staff/acceptance/\(file.id)" }
    private var isSubmitted: Bool { file.state == .submitted }

    var page: ViewModel {
        let grounds = isReadOnly ? [] : file.terminationGrounds(on: today, calendar: calendar, rules: rules)
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
            "materials": sight.plan.materials.map {
                MaterialSummary(material: $0, sight: sight, document: documents[$0.id]).model
            },
            "papers": PaperSummary(file: file, serviceURL: "/staff/papers/\(file.id)").model,
            "signatures": SignatureGallery(file: file).model,
            "hasDecisions": mayDecide || !grounds.isEmpty,
            "accept": mayDecide ? accept : nil, "correct": mayDecide ? correct : nil,
            "decline": mayDecide ? decline : nil, "terminate": grounds.isEmpty ? nil : terminate(grounds),
            "setAside": mayDecide && !file.departmentFaults.isEmpty ? setAside : nil,
        ])
    }

    private func anchor(_ finding: Finding) -> String? {
        if let row = form.shownRows.firstIndex(where: { $0.target == finding.field }) {
            return "\(form.shownRows[row].text.isEmpty ? "text" : "target")-\(row + 1)"
        }
        switch (form.panel, finding.field) {
        case (.terminate, "ground"): return "t-ground"
        case (.terminate, "reason"): return "t-reason"
        case (.setAside, "fault"): return "s-fault"
        case (.setAside, "reason"): return "s-reason"
        case (_, "reason"): return "d-reason"
        case (_, "competent_agency"): return "d-agency"
        default: break
        }
        // A fault of the last notice that was named again and may not be.
        return earlierFaults.firstIndex { $0.target == finding.field }.map { "\(AcceptanceForm.againPrefix)\($0 + 1)" }
    }

    private var message: ViewModel? {
        if let warning = form.warning { return .message("bad", warning) }
        switch form.request.parameter("message") {
        case "accepted": return .message("good", "已经受理，分送到各部门，时限开始计算。受理通知书可以打印。")
        case "corrected": return .message("good", "补正通知已经发出，等申请人补正期间不计时。补正告知书可以打印。")
        case "set-aside": return .message("good", "部门的这条意见不再告知申请人，理由已记录。")
        case "declined": return .message("good", "已作出不予受理决定，申请人能看到理由和应当去的单位。决定文书可以打印。")
        case "terminated": return .message("good", "办理已经终止。决定文书可以打印。")
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
            "title": isSubmitted ? "最晚受理" : "最晚办完",
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
            "hasEarlier": !earlierFaults.isEmpty, "earlier": earlierFaults.enumerated().map(earlier), "rows": rows,
        ])
    }

    /// What the last notice named, while its answer is looked at.
    private var earlierFaults: [Fault] { isSubmitted ? file.corrections.last?.faults ?? [] : [] }

    private func earlier(_ index: Int, _ fault: Fault) -> ViewModel {
        let name = "\(AcceptanceForm.againPrefix)\(index + 1)"
        let reason = file.corrections.last?.asIs?[fault.target].map { "申请人没有改，说明：\($0)" }
        return .record([
            "subject": sight.title(ofTarget: fault.target), "fault": fault.text, "reason": reason ?? "",
            "field": InputField(
                id: name, name: name, label: "第 \(index + 1) 处仍没有改好的，写明哪里不符合", kind: .paragraph,
                values: form.text(name, in: .correct), isOptional: true,
                hint: "同一处最多再告知一次；新的要求不能再提。", error: form.feedback.error(fault.target), maximumLength: 500),
        ])
    }

    private var setAside: ViewModel {
        let choices = file.departmentFaults.enumerated().map { index, named in
            InputField.Choice(
                "\(index + 1)", "\(sight.title(ofTarget: named.fault.target))：\(named.fault.text)")
        }
        return .record([
            "open": form.panel == .setAside, "action": "\(url)/set-aside",
            "fields": [
                InputField(
                    id: "s-fault", name: "fault", label: "哪一条意见", kind: .select(choices),
                    values: form.text("fault", in: .setAside),
                    error: form.panel == .setAside ? form.feedback.error("fault") : nil),
                InputField(
                    id: "s-reason", name: "reason", label: "不采纳的理由", kind: .paragraph,
                    values: form.text("reason", in: .setAside), hint: "会记入办件记录。",
                    error: form.panel == .setAside ? form.feedback.error("reason") : nil, maximumLength: 1000),
            ],
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

    private func terminate(_ grounds: [TerminationGround]) -> ViewModel {
        .record([
            "open": form.panel == .terminate, "action": "\(url)/terminate",
            "fields": [
                InputField(
                    id: "t-ground", name: "ground", label: "终止办理的情形",
                    kind: .radio(grounds.map { InputField.Choice($0.rawValue, $0.chinese) }),
                    values: form.text("ground", in: .terminate),
                    error: form.panel == .terminate ? form.feedback.error("ground") : nil),
                InputField(
                    id: "t-reason", name: "reason", label: "事实和依据", kind: .paragraph,
                    values: form.text("reason", in: .terminate), hint: "申请人会看到原文和救济途径。",
                    error: form.panel == .terminate ? form.feedback.error("reason") : nil, maximumLength: 1000),
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
