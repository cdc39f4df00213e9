import PluginKit

/// Where a case stands, in a word and in a sentence that says who does what next.
struct CaseStanding {
    let label: String
    /// The badge: open, good, bad or upload.
    let style: String
    let sentence: String

    init(file: CaseFile, calendar: WorkingCalendar) {
        switch file.state {
        case .draft: (label, style, sentence) = ("草稿", "made", "还没有提交，可以接着填。")
        case .submitted:
            let until = file.acceptBy.map { "最晚\($0.chinese)前告诉您结果；" } ?? ""
            (label, style, sentence) = ("待受理", "open", "窗口正在审核材料，\(until)到期没有告知的，从收到申请之日起视为受理。")
        case .correction:
            (label, style, sentence) = ("等您补正", "upload", "材料或表单有问题，改好后接着办。等您的时间不计入部门用时。")
        case .accepted, .inProgress:
            let over = file.items.filter(\.state.isOver).count
            let done = "\(file.items.count) 个事项已办结 \(over) 个。"
            if file.items.contains(where: { $0.state == .unpaid }) {
                (label, style, sentence) = ("等您缴费", "upload", "\(done)还有费用没有缴，缴费后接着办理。等您的时间不计入部门用时。")
            } else {
                (label, style, sentence) = ("办理中", "open", "各部门正在办理，\(done)您不用跑，等结果就行。")
            }
        case .suspended:
            (label, style, sentence) = ("特殊程序", "soon", "正在进行法律规定的特殊程序，这段时间不计入办理时限。原因见下面的事项。")
        case .completed:
            let refused = file.items.filter { $0.decision?.outcome == .refused }.count
            (label, style, sentence) =
                refused == 0
                ? (
                    "已办结", "good",
                    "全部办完，结果已放进“我的证照”。\(file.delivery.map { $0.way == .electronic ? "" : $0.sentence } ?? "")"
                )
                : ("已办结", "good", "已全部作出决定，其中 \(refused) 个事项没有批准，理由和救济途径见下面。")
        case .refused:
            (label, style, sentence) = ("不予批准", "bad", "没有批准。理由和救济途径见下面的事项。")
        case .withdrawn: (label, style, sentence) = ("已撤回", "made", "您撤回了申请，各部门不再办理。需要时可以重新申请。")
        case .terminated:
            let ground = file.ending?.ground.map { "情形：\($0.chinese)。" } ?? ""
            let remedy = file.ending?.remedy ?? "可以重新申请。"
            (label, style, sentence) = ("已终止", "bad", "办理已终止。\(ground)原因：\(file.ending?.reason ?? "")\(remedy)")
        case .notAccepted:
            let place = file.ending?.competentAgency.map { "请向\($0)申请。" } ?? ""
            (label, style, sentence) = (
                "不予受理", "bad", "没有受理。原因：\(file.ending?.reason ?? "")\(place)对这个决定不服的，可以依法申请行政复议或者提起行政诉讼。"
            )
        }
    }
}

/// Where an item stands, as line, badge and word.
struct ItemStanding {
    let line: String
    let badge: String
    let label: String

    /// - Parameters:
    ///   - task: the item's task; nil before the submission.
    ///   - isAccepted: whether the case was accepted; before that an item waits for the acceptance.
    init(_ task: ItemTask?, isAccepted: Bool) {
        guard let task, isAccepted || task.state != .waiting else {
            (line, badge, label) = ("idle", "made", ItemState.beforeAcceptance)
            return
        }
        switch (task.state, task.decision?.outcome) {
        case (.waiting, _): (line, badge, label) = ("idle", "made", task.state.chinese)
        case (.open, _): (line, badge, label) = ("open", "open", task.state.chinese)
        case (.unpaid, _): (line, badge, label) = ("open", "upload", task.state.chinese)
        case (.paused, _): (line, badge, label) = ("open", "soon", task.state.chinese)
        case (.decided, .refused?): (line, badge, label) = ("refused", "bad", "不予批准")
        case (.decided, _): (line, badge, label) = ("decided", "good", task.state.chinese)
        case (.notNeeded, _): (line, badge, label) = ("idle", "made", task.state.chinese)
        }
    }
}

extension CaseSight {
    /// The applicant's name as the one form has it; empty where the viewer may not see it.
    func applicantName(isMasked: Bool) -> String {
        let name = plan.applicantName(of: file)
        let isPerson = !file.applicant.isEnterprise
        guard isMasked, isPerson, let person = try? PersonName(name) else { return name }
        return person.masked
    }

    /// Where the applicant mends what a fault names.
    func changeURL(of fault: Fault) -> String {
        if fault.target.hasPrefix("material.") {
            return "\(file.url)/materials#m-\(URLText.encode(String(fault.target.dropFirst("material.".count))))"
        }
        return "\(file.url)/form#\(URLText.encode(FormField.elementID("", fault.target)))"
    }

    /// Where a party reads what it agreed to; nil for everybody else.
    var consentURL: String? {
        guard case .party(let roles) = role, let first = roles.first else { return nil }
        return "\(file.url)/consent/\(URLText.encode(first))"
    }

    /// What a fault or finding is about, as people call it.
    func title(ofTarget target: String) -> String {
        if let field = plan.form.flatMap(\.fields).first(where: { "form.\($0.id)" == target }) { return field.title }
        return plan.materials.first { "material.\($0.id)" == target }?.slot.title ?? target
    }
}
