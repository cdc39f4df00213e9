import Catalogue

/// What items and their results refer to exists.
enum ItemReferenceProof: ThemeProof {
    static func findings(in bundle: ThemeBundle) -> [ThemeFinding] {
        let items = bundle.theme.items.map(\.id)
        if items.isEmpty { return [bundle.finding("items", "theme.no_items", "主题里一个事项也没有，请在 items 里写上。")] }
        var findings: [ThemeFinding] = []
        func check(_ path: String, _ ids: [String]) {
            for (index, id) in ids.enumerated() where !items.contains(id) {
                findings.append(
                    bundle.finding(
                        "\(path)[\(index)]", "theme.unknown_item", "items 里没有“\(id)”\(nearestHint(id, items))。"))
            }
        }
        for (index, item) in bundle.theme.items.enumerated() { check("items[\(index)].after", item.after) }
        for (path, field) in bundle.formFields { check("\(path).items", field.items) }
        for (index, slot) in bundle.theme.materials.enumerated() { check("materials[\(index)].items", slot.items) }
        return findings + results(bundle)
    }

    private static func results(_ bundle: ThemeBundle) -> [ThemeFinding] {
        let fields = bundle.formFields.map(\.field)
        return bundle.results.flatMap { path, _, result -> [ThemeFinding] in
            var findings: [ThemeFinding] = []
            if !bundle.partyNames.contains(result.holder) {
                let hint = nearestHint(result.holder, bundle.partyNames)
                findings.append(
                    bundle.finding("\(path).holder", "theme.unknown_party", "没有叫“\(result.holder)”的办事人\(hint)。"))
            }
            let known = result.fields.map(\.id)
            if result.issuer == .elsewhere, !known.contains("number") {
                findings.append(
                    bundle.finding(
                        "\(path).fields", "theme.elsewhere_number",
                        "“\(result.title)”由外部系统颁发，经办人要登记它的编号：请在 fields 里加上 number。"))
            }
            for (index, name) in result.content.enumerated() where !fields.contains(where: { $0.id == name }) {
                let hint = nearestHint(name, fields.map(\.id))
                findings.append(
                    bundle.finding(
                        "\(path).content[\(index)]", "theme.unknown_field", "表单里没有“\(name)”这个字段\(hint)。"))
            }
            for (index, supply) in result.supplies.enumerated() {
                let place = "\(path).supplies[\(index)]"
                if !known.contains(supply.field) {
                    findings.append(
                        bundle.finding(
                            "\(place).field", "theme.supply_field",
                            "结果“\(result.title)”没有“\(supply.field)”这个字段\(nearestHint(supply.field, known))。"))
                }
                let targets = fields.filter { $0.id == supply.to }
                if targets.isEmpty {
                    findings.append(
                        bundle.finding(
                            "\(place).to", "theme.supply_target",
                            "表单里没有“\(supply.to)”这个字段\(nearestHint(supply.to, fields.map(\.id)))。"))
                } else if targets.contains(where: \.items.isEmpty) {
                    findings.append(
                        bundle.finding(
                            "\(place).to", "theme.supply_target",
                            "“\(supply.to)”由办理结果提供，请在这个字段的 items 里写明哪些事项要用它。"))
                }
            }
            return findings
        }
    }
}
