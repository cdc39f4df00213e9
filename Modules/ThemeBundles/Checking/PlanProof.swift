import Casework
import Catalogue
import Standards

/// What must hold of the plan of one situation in which nothing serves in place of papers.
struct PlanProof {
    let bundle: ThemeBundle
    let plan: Plan
    private let before: [String: Set<String>]

    init(bundle: ThemeBundle, plan: Plan) {
        self.bundle = bundle
        self.plan = plan
        var before: [String: Set<String>] = [:]
        for item in plan.items {
            before[item.id] = item.after.reduce(into: Set(item.after)) { $0.formUnion(before[$1] ?? []) }
        }
        self.before = before
    }

    func faults() -> [SituationRecord.Fault] {
        materials() + suppliedFields() + parties() + promise()
    }

    private func materials() -> [SituationRecord.Fault] {
        plan.materials.flatMap { material -> [SituationRecord.Fault] in
            let slot = material.slot
            let path = "materials[\(bundle.theme.materials.firstIndex { $0.id == slot.id } ?? 0)]"
            switch material.provision {
            case .upload:
                if slot.sources.contains(.upload) || slot.isOptional || slot.commitment != nil { return [] }
                return [
                    fault(
                        "\(path).sources", "theme.material_without_source",
                        "证照或数据都没有时，“\(slot.title)”就没有来源了，请在 sources 里补上 upload，或写明 commitment。")
                ]
            case .exempt(.result(let supplier, _), _, _):
                return material.items.filter { !(before[$0]?.contains(supplier) ?? false) }.map { item in
                    fault(
                        path, "theme.result_not_before",
                        "“\(slot.title)”来自 \(supplier) 的结果，而 \(item) 并不排在 \(supplier) 之后，请给 \(item) 加上 after: [\(supplier)]。"
                    )
                }
            case .exempt: return []
            }
        }
    }

    /// A field that a result supplies is there in time for every item that reads it.
    private func suppliedFields() -> [SituationRecord.Fault] {
        plan.items.flatMap { supplier in
            supplier.item.results.flatMap(\.supplies).flatMap { supply in
                bundle.formFields.filter { $0.field.id == supply.to && $0.field.when.holds(for: plan.answers) }
                    .flatMap { path, field in
                        field.items.filter { item in
                            item != supplier.id && before[item].map { !$0.contains(supplier.id) } ?? false
                        }.map { item in
                            fault(
                                path, "theme.field_not_before",
                                "“\(field.title)”由 \(supplier.id) 提供，而 \(item) 并不排在 \(supplier.id) 之后，"
                                    + "请给 \(item) 加上 after: [\(supplier.id)]。")
                        }
                    }
            }
        }
    }

    private func parties() -> [SituationRecord.Fault] {
        let asked = Set(plan.form.flatMap(\.fields).map(\.id))
        let supplied = Set(plan.items.flatMap { $0.item.results.flatMap(\.supplies).map(\.to) })
        return plan.parties.flatMap { party -> [SituationRecord.Fault] in
            let path = "parties[\(bundle.theme.parties.firstIndex { $0.id == party.id } ?? 0)]"
            var faults: [SituationRecord.Fault] = []
            if !asked.contains(party.nameField) {
                faults.append(
                    fault("\(path).name", "theme.party_not_asked", "有\(party.title)，表单里却没有问到姓名或名称（\(party.nameField)）。")
                )
            }
            if let field = party.identifierField, !party.mayLackIdentifier, !asked.union(supplied).contains(field) {
                faults.append(
                    fault("\(path).identifier", "theme.party_not_asked", "有\(party.title)，表单里却没有问到证件号码（\(field)）。"))
            }
            return faults
        }
    }

    private func promise() -> [SituationRecord.Fault] {
        let limit = plan.criticalLimit
        if limit.isWithin(plan.promisedLimit) { return [] }
        let path = plan.criticalPath.map(\.id).joined(separator: "→")
        return [
            fault(
                "promise", "theme.promise_exceeded",
                "最长的一路 \(path) 要\(limit.chinese)，超过了整件事承诺的\(plan.promisedLimit.chinese)。"
                    + "请缩短其中的承诺时限，或在 promise 里为这种情形另定承诺。")
        ]
    }

    private func fault(_ path: String, _ code: String, _ message: String) -> SituationRecord.Fault {
        SituationRecord.Fault(path: path, code: code, message: message, answers: plan.answers)
    }
}
