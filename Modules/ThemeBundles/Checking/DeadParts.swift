import Casework
import Catalogue

/// What no situation leads to.
struct DeadParts {
    let bundle: ThemeBundle
    let record: SituationRecord

    init(_ bundle: ThemeBundle, _ record: SituationRecord) {
        self.bundle = bundle
        self.record = record
    }

    func findings() -> [ThemeFinding] {
        let theme = bundle.theme
        // A field that a result always supplies is never asked and still needed.
        let supplied = Set(theme.items.flatMap { $0.item.results.flatMap(\.supplies).map(\.to) })
        var findings: [ThemeFinding] = []
        func dead(_ path: String, _ code: String, _ what: String) {
            findings.append(bundle.finding(path, code, "没有任何情形会用到\(what)，请检查它的 when 和 items，或把它删去。"))
        }
        for (index, question) in theme.questions.enumerated() where !record.asked.contains(question.id) {
            dead("questions[\(index)]", "theme.dead_question", "问题“\(question.id)”")
        }
        for (index, outcome) in theme.outcomes.enumerated() where !record.outcomes.contains(outcome) {
            dead("outcomes[\(index)]", "theme.dead_outcome", "去向“\(outcome.title)”")
        }
        for (index, item) in theme.items.enumerated() where !record.items.contains(item.id) {
            dead("items[\(index)]", "theme.dead_item", "事项“\(item.id) \(item.item.title)”")
        }
        for (index, slot) in theme.materials.enumerated() where !record.materials.contains(slot.id) {
            dead("materials[\(index)]", "theme.dead_material", "材料“\(slot.title)”")
        }
        for (path, field) in bundle.formFields where !record.fields.contains(field) && !supplied.contains(field.id) {
            dead(path, "theme.dead_field", "字段“\(field.title)”")
        }
        for (index, party) in theme.parties.enumerated() where !record.parties.contains(party.id) {
            dead("parties[\(index)]", "theme.dead_party", "办事人“\(party.title)”")
        }
        for (index, advice) in theme.advice.enumerated() where !record.advice.contains(advice.text) {
            dead("advice[\(index)]", "theme.dead_advice", "提示“\(advice.text.prefix(20))”")
        }
        for (index, item) in theme.items.enumerated() where record.items.contains(item.id) {
            for (position, fee) in item.item.fees.enumerated() {
                let place = "items[\(index)].fees[\(position)]"
                let planned = record.fees.filter { $0.item == item.id && $0.fee == fee }
                if planned.isEmpty {
                    dead(place, "theme.dead_fee", "收费“\(fee.title)”")
                    continue
                }
                for (number, reduction) in (fee.reductions ?? []).enumerated()
                where !planned.contains(where: { $0.reduction == reduction }) {
                    dead("\(place).reductions[\(number)]", "theme.dead_reduction", "减免“\(reduction.title)”")
                }
            }
        }
        return findings
    }
}
