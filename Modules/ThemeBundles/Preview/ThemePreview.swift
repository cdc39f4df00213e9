public import Casework
public import Catalogue
import Extension
import Standards

/// Shows a bundle as people will meet it, in plain text that is also Markdown.
public struct ThemePreview: Sendable {
    public let bundle: ThemeBundle

    public init(_ bundle: ThemeBundle) { self.bundle = bundle }

    /// The theme with its questions, and the plan or outcome for given answers.
    ///
    /// - Parameters:
    ///   - answers: nil shows the theme and its questions alone.
    ///   - available: what serves in place of papers.
    public func text(for answers: Answers? = nil, available: AvailableSources = AvailableSources()) -> String {
        var lines = header + questions
        if let answers { lines += ["", "## 这样回答的结果", ""] + result(answers, available) }
        return lines.joined(separator: "\n") + "\n"
    }

    private var header: [String] {
        let theme = bundle.theme
        var lines = ["# \(theme.title)（\(theme.id) \(theme.version)）", "", theme.summary, ""]
        lines.append("- 牵头部门：\(theme.leadDepartment)")
        lines.append("- 承诺时限：\(theme.promisedLimit.chinese)")
        lines.append("- 大家会搜：\(theme.words.joined(separator: "、"))")
        for parameter in bundle.parameters {
            let note = bundle.unconfirmedParameters.contains(parameter) ? "（参考值，请按本地规定核定）" : ""
            lines.append("- 参数 \(parameter.id)：\(parameter.value.chinese)\(note)")
        }
        return lines
    }

    private var questions: [String] {
        if bundle.theme.questions.isEmpty { return [] }
        return ["", "## 要回答的问题"]
            + bundle.theme.questions.enumerated().flatMap { index, question -> [String] in
                let condition = question.when == .always ? "" : "（视前面的回答而定）"
                return ["", "\(index + 1). **\(question.title)**\(condition)"]
                    + (question.hint.map { ["   \($0)"] } ?? [])
                    + question.options.map { "   - \($0.title)\($0.hint.map { "：\($0)" } ?? "")" }
            }
    }

    private func result(_ answers: Answers, _ available: AvailableSources) -> [String] {
        let check = AnswerCheck(answers, for: bundle.theme)
        if !check.findings.isEmpty { return check.findings.map { "- \($0.message)" } }
        switch Planner.plan(bundle.theme, answers: answers, available: available) {
        case .unanswered(let questions): return ["还要回答："] + questions.map { "- \($0.title)（\($0.id)）" }
        case .notApplicable(let outcome): return ["**\(outcome.title)**", "", outcome.text]
        case .plan(let plan): return self.plan(plan)
        }
    }

    private func plan(_ plan: Plan) -> [String] {
        var lines = ["整件事承诺：\(plan.promisedLimit.chinese)", "", "### 办理事项", ""]
        for item in plan.items {
            let after = item.after.isEmpty ? "" : "，在 \(item.after.joined(separator: "、")) 之后"
            lines.append(
                "- 第\(item.stage + 1)步 \(item.id) \(item.item.title)（\(item.item.department)，\(item.item.promisedLimit.chinese)\(after)）"
            )
        }
        lines += ["", "### 材料", ""] + plan.materials.map { line($0, in: plan) }
        lines += ["", "### 要填写的表", ""]
        for section in plan.form {
            let fields = section.fields.map { $0.title + ($0.prefill == nil ? "" : "（已知，免填）") }
            lines.append("- \(section.title)：\(fields.joined(separator: "、"))")
        }
        if !plan.fees.isEmpty { lines += ["", "### 收费", ""] + plan.fees.map { "- \($0.line)" } }
        let consents = plan.parties.filter { plan.consents.contains($0.id) }.map(\.title)
        if !consents.isEmpty { lines += ["", "提交前需要同意：\(consents.joined(separator: "、"))"] }
        if !plan.advice.isEmpty { lines += ["", "### 提示", ""] + plan.advice.map { "- \($0)" } }
        return lines
    }

    private func line(_ material: PlannedMaterial, in plan: Plan) -> String {
        switch material.provision {
        case .exempt(_, let reason, _): return "- ✓ \(material.slot.title)：\(reason.text(for: .visitor))"
        case .upload:
            let sources = material.slot.sources.compactMap { source -> String? in
                switch source {
                case .licence(let type, "applicant", let matches):
                    "本人有电子证照《\(type)》\(matches == nil ? "" : "并与表单一致")时免交"
                case .licence(let type, let party, _):
                    "\(plan.parties.first { $0.id == party }?.title ?? party)登录确认并有电子证照《\(type)》时免交"
                case .dataCheck(let name): "“\(name)”联通时免交"
                case .upload, .result, .form, .identity: nil
                }
            }
            let note = [material.slot.isOptional ? "可以不交" : nil, material.slot.mayBeMissing ? "可以容缺" : nil]
            let notes = note.compactMap(\.self) + sources
            return "- □ \(material.slot.title)\(notes.isEmpty ? "" : "（\(notes.joined(separator: "；"))）")"
        }
    }
}
