import PluginKit

/// The forms by which an officer acts on an item; only those that fit its state.
struct TaskPanels {
    private static let accepted = ".pdf,.ofd,.jpg,.jpeg,.png,application/pdf,image/jpeg,image/png"

    let sight: CaseSight
    let planned: PlannedItem
    let form: TaskForm
    let today: LegalDay
    let maximumFileSize: Int
    /// Why the item can't be refused; nil where it can.
    let refusalBar: String?

    private var url: String { "/staff/tasks/\(sight.file.id)/\(URLText.encode(planned.id))" }

    var model: ViewModel {
        let state = sight.file.task(planned.id)?.state
        let isOpen = state == .open && sight.file.state == .inProgress
        let isOver = state?.isOver ?? true
        let mayNameFault = sight.file.state == .submitted
        let mayRecord = planned.item.handling == .outside && !isOver
        return .record([
            "hasDecisions": isOpen || state == .paused || mayNameFault || mayRecord,
            "fault": mayNameFault ? fault : nil,
            "outside": mayRecord ? outside : nil,
            "grant": isOpen ? grant : nil, "refuse": isOpen && refusalBar == nil ? refuse : nil,
            "refusalBar": isOpen ? refusalBar : nil, "pause": isOpen ? pause : nil,
            "resume": state == .paused ? panel("resume", .resume, []) : nil,
        ])
    }

    /// The element of a finding.
    func anchor(_ finding: Finding) -> String? {
        switch form.panel {
        case .grant:
            [TaskForm.resultPrefix, TaskForm.originalPrefix].contains { finding.field.hasPrefix($0) }
                ? FormField.elementID("", finding.field) : nil
        case .refuse: "r-\(finding.field)"
        case .pause: "p-\(finding.field)"
        case .fault: finding.field == "text" ? "x-text" : "x-target"
        case .outside: "o-number"
        case .resume, nil: nil
        }
    }

    private func panel(_ verb: String, _ panel: TaskForm.Panel, _ fields: [InputField]) -> ViewModel {
        .record([
            "open": form.panel == panel, "action": "\(url)/\(verb)", "version": sight.file.version, "fields": fields,
        ])
    }

    private var grant: ViewModel {
        let typed = form.panel == .grant ? form.results : [:]
        let many = planned.item.results.count > 1
        let fields = planned.item.results.flatMap { result -> [InputField] in
            var fields = result.fields.map { field -> InputField in
                let prefix = "\(TaskForm.resultPrefix)\(result.id)."
                let value = typed[result.id]?[field.id] ?? (field.kind == .day ? today.text : "")
                return field.input(
                    prefix: prefix, value: value, error: form.error(prefix + field.id, in: .grant), today: today)
            }
            if many {
                fields = fields.map { field in
                    InputField(
                        id: field.id, name: field.name, label: "\(result.title)：\(field.label)", kind: field.kind,
                        values: field.values, isOptional: field.isOptional, hint: field.hint, error: field.error,
                        maximumLength: field.maximumLength)
                }
            }
            if result.issuer == .elsewhere {
                let name = "\(TaskForm.originalPrefix)\(result.id)"
                fields.append(
                    InputField(
                        id: FormField.elementID("", name), name: name, label: "《\(result.title)》的原件或照片",
                        kind: .file(accept: Self.accepted, maximumBytes: maximumFileSize), isOptional: true,
                        hint: "由其他系统签发的结果，登记编号、日期和原件，本系统不再盖章。", error: form.error(name, in: .grant)))
            }
            return fields
        }
        return panel("grant", .grant, fields).merging(
            .record([
                "results": planned.item.results.map(\.title).joined(separator: "、"),
                "label": planned.item.results.contains { $0.issuer == .here } ? "同意并签发结果" : "同意并登记结果",
            ]))
    }

    private var refuse: ViewModel {
        panel(
            "refuse", .refuse,
            [
                InputField(
                    id: "r-reason", name: "reason", label: "不予批准的理由和依据", kind: .paragraph,
                    values: form.text("reason", in: .refuse), hint: "写清事实和法律条款，申请人会看到原文。",
                    error: form.error("reason", in: .refuse), maximumLength: 1000),
                InputField(
                    id: "r-remedy", name: "remedy", label: "申请人可以怎样救济", kind: .paragraph,
                    values: form.panel == .refuse
                        ? form.text("remedy", in: .refuse) : ["对本决定不服的，可以自收到决定之日起六十日内申请行政复议，或者六个月内提起行政诉讼。"],
                    hint: "哪里可以补办、怎样申请复议和诉讼。", error: form.error("remedy", in: .refuse), maximumLength: 1000),
            ])
    }

    private var pause: ViewModel {
        panel(
            "pause", .pause,
            [
                InputField(
                    id: "p-procedure", name: "procedure", label: "哪一种特殊程序",
                    kind: .select(SpecialProcedure.allCases.map { InputField.Choice($0.rawValue, $0.chinese) }),
                    values: form.text("procedure", in: .pause), error: form.error("procedure", in: .pause)),
                InputField(
                    id: "p-expected_days", name: "expected_days", label: "预计几个工作日", kind: .text(mode: "numeric"),
                    values: form.text("expected_days", in: .pause), error: form.error("expected_days", in: .pause),
                    maximumLength: 3),
                InputField(
                    id: "p-reason", name: "reason", label: "理由和法律依据", kind: .paragraph,
                    values: form.text("reason", in: .pause), hint: "申请人会看到原文。",
                    error: form.error("reason", in: .pause), maximumLength: 500),
            ])
    }

    private var fault: ViewModel {
        let earlier = (sight.file.corrections.last?.faults ?? []).enumerated().map { index, fault in
            InputField.Choice("\(index + 1)", "第 \(index + 1) 处：\(sight.title(ofTarget: fault.target))，\(fault.text)")
        }
        let again = InputField(
            id: "x-repeats", name: "repeats", label: "是上次告知而没有改好的哪一处", kind: .select(earlier, empty: "不是"),
            values: form.text("repeats", in: .fault), isOptional: true, hint: "上次告知过的，只能再告知一次；新的要求不能再提。")
        let wrong = form.panel == .fault ? form.feedback.findings.map(\.message).joined(separator: " ") : ""
        return panel(
            "fault", .fault,
            [
                InputField(
                    id: "x-target", name: "target", label: "哪一项有问题",
                    kind: .select(TargetChoices(plan: sight.plan, item: planned.id).choices),
                    values: form.text("target", in: .fault), error: wrong),
                InputField(
                    id: "x-text", name: "text", label: "什么问题，怎么改", kind: .paragraph,
                    values: form.text("text", in: .fault), hint: "窗口会把各部门的问题合在一起，一次告知申请人。",
                    maximumLength: 500),
            ] + (earlier.isEmpty ? [] : [again]))
    }

    private var outside: ViewModel {
        panel(
            "outside", .outside,
            [
                InputField(
                    id: "o-number", name: "outside_number", label: "部门系统里的办件号", kind: .text(),
                    values: form.panel == .outside
                        ? form.text("outside_number", in: .outside)
                        : [sight.file.task(planned.id)?.outsideNumber ?? ""],
                    error: form.error("outside_number", in: .outside), maximumLength: 100)
            ])
    }
}
