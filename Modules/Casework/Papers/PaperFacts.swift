import Catalogue
import Documents
import Extension
import Standards
import Storage

/// What the papers of a case say at a moment: the values of the placeholders.
struct PaperFacts {
    /// A text, or a table.
    enum Value {
        case text(String)
        case grid(PageGrid)
    }

    private(set) var values: [PaperField: Value] = [:]

    subscript(_ field: PaperField) -> Value? { values[field] }

    private mutating func say(_ field: PaperField, _ text: String?) {
        if let text, !text.isEmpty { values[field] = .text(text) }
    }

    private mutating func say(_ field: PaperField, _ day: LegalDay?) { say(field, day?.chineseDate) }

    private mutating func say(_ field: PaperField, _ columns: [String], _ shares: [Int], _ rows: [[String]]) {
        if !rows.isEmpty { values[field] = .grid(PageGrid(columns: columns, shares: shares, rows: rows)) }
    }

    init(
        _ order: PaperOrder, of file: CaseFile, in context: CaseContext, issuer: AgencyEntry,
        names: [Identifier: String]
    ) {
        let isEnterprise = file.applicant.isEnterprise
        say(.applicant, CaseNames(file, theme: context.theme, isMasked: false).applicant ?? "申请人")
        say(.applicantNumber, file.applicantNumbers?.last.map(Self.masked))
        if isEnterprise { say(.agent, Self.form("applicant.name", of: file, context.theme)) }
        say(.caseNumber, file.number)
        say(.theme, context.theme.title)
        say(.agency, issuer.name)
        say(.submitted, file.times.submitted?.day)
        say(.day, context.act.now.day)
        say(.remedy, context.rules.papers.remedy)
        switch order.kind {
        case .receipt: receipt(order, file, context)
        case .acceptance: acceptance(file, context, names)
        case .nonAcceptance: ending(file)
        case .correction: correction(file, context)
        case .specialProcedure, .grant, .completion, .refusal: item(order, file, context)
        case .termination: ending(file)
        case .service: service(order, file, context)
        }
    }

    // MARK: The whole case

    private mutating func receipt(_ order: PaperOrder, _ file: CaseFile, _ context: CaseContext) {
        let supplement = order.material == nil ? file.corrections.last?.answered : context.act.now
        say(.received, (supplement ?? file.times.submitted)?.day)
        say(.answerBy, file.acceptBy?.day)
        if supplement != nil { say(.isSupplement, "是") }
        let form = order.material == nil ? [["申请表（一张表单）", "电子表单"]] : []
        let handedIn = context.plan.materials.filter { order.material == nil || $0.id == order.material }
        let rows =
            form
            + handedIn.compactMap { material in
                self.form(of: file.materials[material.id], material).map { [material.slot.title, $0] }
            }
        say(
            .materials, ["序号", "材料名称", "形式"], [1, 6, 4],
            rows.enumerated().map { ["\($0 + 1)"] + $1 })
    }

    /// In which form a material was handed in; nil when it was not.
    private func form(of record: MaterialRecord?, _ material: PlannedMaterial) -> String? {
        if let count = record?.files.count, count > 0 { return "电子文件 \(count) 个" }
        if record?.isCommitted == true { return "告知承诺" }
        if record?.isDeferred == true { return "容缺，后补" }
        guard case .exempt(let source, _, _) = material.provision else { return nil }
        return switch source {
        // What this case itself will bring has not been handed in.
        case .result: nil
        case .identity: "免提交（身份已核验）"
        case .form: "由申请表生成"
        default: "免提交（证照或数据核验）"
        }
    }

    private mutating func acceptance(_ file: CaseFile, _ context: CaseContext, _ names: [Identifier: String]) {
        say(.accepted, file.times.accepted?.day)
        if file.acceptance?.mode == .deemed { say(.isDeemed, "是") }
        say(.due, file.due.map { $0.day.chineseDate + ($0.isProvisional ? "（节假日安排公布前暂定）" : "") })
        let gaps = context.plan.materials.compactMap { material -> String? in
            guard let due = file.materials[material.id]?.gapDue else { return nil }
            return "\(material.slot.title)（\(due.day.chineseDate)前）"
        }
        say(.gaps, gaps.joined(separator: "；"))
        say(
            .items, ["事项", "承办单位", "承诺期限"], [5, 4, 3],
            context.plan.items.map { planned in
                let task = file.task(planned.id)
                return [
                    planned.item.title, task.flatMap { names[$0.agency] } ?? planned.item.department,
                    planned.item.promisedLimit.chinese + (planned.after.isEmpty ? "" : "（前一事项办结后）"),
                ]
            })
    }

    private mutating func ending(_ file: CaseFile) {
        say(.reason, file.ending?.reason)
        say(.competentAgency, file.ending?.competentAgency)
        say(.ground, file.ending?.ground?.chinese)
    }

    private mutating func correction(_ file: CaseFile, _ context: CaseContext) {
        guard let notice = file.corrections.last else { return }
        if context.plan.items.contains(where: \.item.isLicensing) { say(.isLicensing, "是") }
        say(
            .faults, ["序号", "内容", "问题和改正办法"], [1, 4, 8],
            notice.faults.enumerated().map { index, fault in
                ["\(index + 1)", Self.title(of: fault.target, context), fault.text]
            })
        say(.faultCount, "\(notice.faults.count)")
        say(.correctBy, file.correctionDue(calendar: context.calendar, rules: context.rules)?.day)
        say(.correctionDays, "\(context.rules.correctionDays)")
    }

    static func title(of target: String, _ context: CaseContext) -> String {
        if target.hasPrefix("form.") {
            let field = target.dropFirst("form.".count)
            return context.plan.form.flatMap(\.fields).first { $0.id == field }?.title ?? String(field)
        }
        let slot = target.dropFirst("material.".count)
        return context.plan.materials.first { $0.id == slot }?.slot.title ?? String(slot)
    }

    // MARK: One item

    private mutating func item(_ order: PaperOrder, _ file: CaseFile, _ context: CaseContext) {
        guard let id = order.item, let task = file.task(id), let planned = context.planned(id) else { return }
        say(.item, planned.item.title)
        say(.act, planned.item.actName)
        if planned.item.isLicensing { say(.isLicensing, "是") }
        if let pause = task.pauses.last, order.kind == .specialProcedure {
            say(.procedure, pause.kind.chinese)
            say(.reason, pause.reason)
            say(.procedureStart, pause.start.day)
            say(.expectedDays, "\(pause.expectedDays)")
        }
        guard let decision = task.decision else { return }
        say(.decided, decision.at.day)
        say(.reason, decision.reason)
        say(.furtherRemedy, decision.remedy)
        say(
            .results, ["办理结果", "领取方式"], [6, 4],
            decision.results.map { result in
                let isOurs = planned.item.results.first { $0.id == result.result }?.issuer != .elsewhere
                return [result.title, isOurs ? Self.electronic : "由\(planned.item.department)另行发放，编号已登记"]
            })
    }

    private static let electronic = "电子证照，登录后在“我的证照”查看；没有账号的，带身份证到窗口打印"

    // MARK: Service

    private mutating func service(_ order: PaperOrder, _ file: CaseFile, _ context: CaseContext) {
        guard let served = order.serves.flatMap({ file.paper($0) }), let service = served.service else { return }
        say(.servedTitle, served.title)
        say(.servedNumber, served.number)
        say(.way, service.way.chinese)
        say(.recipient, service.recipient)
        say(.servedOn, service.day)
        say(.tracking, service.tracking)
        say(.server, context.act.actor.displayName)
    }

    // MARK: Words

    private static func masked(_ number: String) -> String { (try? ResidentID(number))?.masked ?? number }

    private static func form(_ prefill: String, of file: CaseFile, _ theme: Theme) -> String? {
        theme.form.flatMap(\.fields).first { $0.prefill == prefill }.flatMap { file.form[$0.id] }
    }
}

extension ItemDefinition {
    /// Whether its decision is an administrative licence (行政许可).
    var isLicensing: Bool { kind == "行政许可" }

    /// What the office does, as it stands in a decision's name.
    var actName: String { kind.hasPrefix("行政") ? kind : "办理" }
}
