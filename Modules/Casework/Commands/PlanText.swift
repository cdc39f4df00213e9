import Catalogue
import Standards

/// A plan as the terminal shows it.
struct PlanText {
    let result: PlanningResult
    let reader: PlanReader

    var text: String {
        switch result {
        case .unanswered(let questions):
            (["还要回答："]
                + questions.map { "  --answer \($0.id)=\($0.options.map(\.title).joined(separator: "|"))　\($0.title)" })
                .joined(separator: "\n")
        case .notApplicable(let outcome): "\(outcome.title)\n\(outcome.text)"
        case .plan(let plan): text(plan)
        }
    }

    private func text(_ plan: Plan) -> String {
        var lines = ["整件事 \(plan.promisedLimit.chinese) 内办结", "", "事项（按先后）"]
        lines += plan.items.map { planned in
            let after = planned.after.isEmpty ? "" : "，在 \(planned.after.joined(separator: "、")) 之后"
            return "  \(planned.stage + 1). \(planned.id) \(planned.item.title)"
                + "（\(planned.item.department)，\(limits(planned.item))\(after)）"
        }
        lines += ["", "材料"]
        lines += plan.materials.map { material in
            switch material.provision {
            case .upload:
                "  [请上传] \(material.id)　\(material.slot.title)\(material.slot.isOptional ? "（可选）" : "")"
                    + (material.reason(for: reader).map { "：\($0)" } ?? "")
            case .exempt(_, let reason, _):
                "  [免提交] \(material.id)　\(material.slot.title)：\(reason.text(for: reader))"
            }
        }
        lines += ["", "费用"]
        lines +=
            plan.fees.isEmpty
            ? ["  不收费"]
            : plan.fees.map {
                "  \($0.item) \($0.fee.title)　\($0.due?.feeText ?? $0.fee.note ?? "按标准")\($0.reduction.map { "（\($0.title)）" } ?? "")"
            }
        if !plan.advice.isEmpty { lines += ["", "提示"] + plan.advice.map { "  \($0)" } }
        return lines.joined(separator: "\n")
    }

    /// What is promised and what the law demands, side by side.
    private func limits(_ item: ItemDefinition) -> String {
        item.statutoryLimit.map { "承诺\(item.promisedLimit.chinese)，法定\($0.chinese)" }
            ?? "承诺\(item.promisedLimit.chinese)"
    }
}
