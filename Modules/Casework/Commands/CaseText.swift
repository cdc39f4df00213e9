import Extension
import Standards
import Storage

/// A case as the terminal shows it.
struct CaseText {
    let view: CaseView

    /// Prints a case as the actor may see it.
    static func print(
        _ id: Identifier, _ service: CaseworkService, _ act: Act, to output: CommandOutput
    ) async throws {
        let view = CaseView(try await service.sight(of: id, by: act), at: act.now)
        let json = try JSONParser.parse(view.json)
        output.print(CaseText(view: view).text, json: json)
    }

    var text: String {
        (head + notices + items + materials + consents).joined(separator: "\n")
    }

    private var head: [String] {
        var lines = ["\(view.title)　\(view.stateText)", "  办件编号　\(view.number ?? "提交后取得")", "  系统编号　\(view.id)"]
        if let day = view.acceptBy { lines.append("  受理期限　\(day.text)") }
        if view.closedAt == nil, let day = view.due { lines.append("  全部办结　\(day.text)") }
        if view.submittedAt != nil {
            lines.append("  部门用时　\(Self.duration(view.officeMilliseconds))")
            lines.append("  等待申请人　\(Self.duration(view.waitingMilliseconds))")
        }
        if let ground = view.endingGround { lines.append("  终止情形　\(ground.chinese)") }
        if let reason = view.endingReason { lines.append("  理由　　　\(reason)") }
        if let agency = view.competentAgency { lines.append("  请向其申请　\(agency)") }
        if let remedy = view.endingRemedy { lines.append("  救济途径　\(remedy)") }
        return lines
    }

    private var notices: [String] {
        guard let notice = view.corrections.last else { return faults }
        if notice.answeredAt != nil {
            guard view.state == .submitted else { return faults }
            return ["", "上次补正通知（已重新提交）："]
                + notice.faults.enumerated().map { index, fault in
                    let reason = notice.asIs[fault.target].map { "　申请人说明原来就对：\($0)" } ?? ""
                    return "  第 \(index + 1) 处 \(Self.line(fault))\(reason)"
                } + faults
        }
        return ["", "请一次补正以下 \(notice.faults.count) 处，改好后再提交："] + notice.faults.map(Self.line) + faults
    }

    private var faults: [String] {
        view.departmentFaults.isEmpty
            ? [] : ["", "部门提出的补正意见："] + view.departmentFaults.enumerated().map { "  \($0 + 1).\(Self.line($1))" }
    }

    private var items: [String] {
        if view.items.isEmpty { return [] }
        return ["", "事项"]
            + view.items.flatMap { item -> [String] in
                let outcome = item.outcome.map { $0 == .granted ? "已批准" : "未批准" } ?? item.stateText
                let due =
                    item.state.isOver
                    ? ""
                    : item.state == .paused || item.state == .unpaid ? "　暂停计时" : item.due.map { "　\($0.text)前" } ?? ""
                let after = item.after.isEmpty ? "" : "　在 \(item.after.joined(separator: "、")) 之后"
                return ["  [\(outcome)] \(item.id) \(item.title)　\(item.agency ?? item.department)\(due)\(after)"]
                    + item.results.map { "      结果：\($0.title)　\($0.licence)" }
                    + [item.reason, item.remedy, item.note, item.procedure].compactMap { $0 }.map { "      \($0)" }
            }
    }

    private var materials: [String] {
        if view.materials.isEmpty { return [] }
        return ["", "材料"]
            + view.materials.map { material in
                "  [\(Self.state(of: material))] \(material.id)　\(material.title)"
                    + (material.reason.map { "：\($0)" } ?? "")
            }
    }

    private var consents: [String] {
        view.consents.isEmpty
            ? []
            : ["", "当事人确认"]
                + view.consents.map { consent in
                    let state = consent.isGiven ? "已确认" : consent.isRequired ? "待确认" : "可以确认"
                    return "  [\(state)] \(consent.role)　\(consent.title)\(consent.note.map { "：\($0)" } ?? "")"
                }
    }

    private static func state(of material: CaseMaterialView) -> String {
        if material.provision == "exempt" { return "免提交" }
        if !material.files.isEmpty { return "已上传 \(material.files.count) 个文件" }
        if material.isCommitted { return "已承诺" }
        if material.isDeferred { return material.gapDue.map { "容缺，\($0.text)前补交" } ?? "容缺后补" }
        return material.isOptional ? "可选" : "待上传"
    }

    private static func line(_ fault: FaultView) -> String { "  \(fault.target)：\(fault.text)" }

    /// Days and hours suffice: nobody plans by the minute.
    static func duration(_ milliseconds: Int) -> String {
        let hours = milliseconds / 3_600_000
        if hours >= 24 { return "\(hours / 24) 天 \(hours % 24) 小时" }
        return hours > 0 ? "\(hours) 小时" : "不到 1 小时"
    }
}

extension DeadlineView {
    /// The day, and that it is provisional where it is (暂定).
    var text: String { day.text + (isProvisional ? "（暂定）" : "") }
}
