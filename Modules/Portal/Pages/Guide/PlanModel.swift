import PluginKit

/// The model of a plan: items by department in their order, materials with the reason of each exemption, days, fees.
struct PlanModel {
    let theme: Theme
    let plan: Plan
    let names: AgencyNames
    let reader: PlanReader

    var page: ViewModel {
        let needed = plan.materials.filter { $0.provision == .upload }
        return .record([
            "pageTitle": "办理方案：\(theme.title)",
            "back": ViewModel.back("返回修改回答", URLText.with("\(theme.url)/questions", query: plan.answers)),
            "caseSteps": Step.plan.bar, "themeTitle": theme.title, "action": "\(theme.url)/plan",
            "changeURL": URLText.with("\(theme.url)/questions", query: plan.answers),
            "hasAnswers": !plan.answers.isEmpty,
            "answers": theme.questions.compactMap { question -> ViewModel? in
                plan.answers[question.id].map {
                    .record(["questionID": question.id, "question": question.title, "answer": $0])
                }
            },
            "departments": departments,
            "needCount": needed.count, "exemptCount": plan.materials.count - needed.count,
            "materials": plan.materials.map(material),
            "totals": totals, "hasFees": !plan.fees.isEmpty, "fees": feeLines.map(\.model),
            "hasAdvice": !plan.advice.isEmpty, "advice": plan.advice,
            "hasConsents": !plan.consents.isEmpty,
            "consents": plan.parties.filter { plan.consents.contains($0.id) }.map(\.title),
        ])
    }

    private var totals: ViewModel {
        .record([
            "promise": plan.promisedLimit.chinese, "critical": plan.criticalLimit.chinese,
            "fee": ShownText.total(plan.fees.map(\.due)),
        ])
    }

    private var feeLines: [FeeLine] {
        plan.fees.map { planned in
            FeeLine(
                item: plan.items.first { $0.id == planned.item }?.item.title ?? planned.item, fee: planned.fee,
                reduction: planned.reduction)
        }
    }

    private var departments: [ViewModel] {
        plan.items.map(\.item.department).unique.enumerated().map { index, department in
            .record([
                "order": index + 1, "agency": names[department],
                "items": plan.items.filter { $0.item.department == department }.map(item),
            ])
        }
    }

    private func item(_ planned: PlannedItem) -> ViewModel {
        .record([
            "title": planned.item.title, "promise": planned.item.promisedLimit.chinese,
            "legal": planned.item.statutoryLimit?.chinese ?? "",
            "fee": ShownText.total(plan.fees.filter { $0.item == planned.id }.map(\.due)),
            "startsAtOnce": planned.after.isEmpty, "afterText": plan.afterText(planned), "note": planned.item.note,
        ])
    }

    private func material(_ material: PlannedMaterial) -> ViewModel {
        let badge = MaterialBadge(material.provision)
        return .record([
            "title": material.slot.title,
            "badgeClass": badge.style,
            "badge": material.provision == .upload && material.slot.isOptional ? "有就上传" : badge.label,
            "reason": material.reason(for: reader) ?? material.slot.hint,
            "usedBy": plan.titles(of: material.items).joined(separator: "、"),
        ])
    }
}

extension Plan {
    /// The titles of items by their IDs.
    func titles(of ids: [String]) -> [String] { ids.compactMap { id in items.first { $0.id == id }?.item.title } }

    /// What an item waits for, in words; nil when it starts at once.
    func afterText(_ planned: PlannedItem) -> String? {
        let titles = titles(of: planned.after)
        return titles.isEmpty ? nil : "接在\(titles.map { "“\($0)”" }.joined(separator: "、"))之后"
    }
}
