import Catalogue

/// What the form and the parties refer to exists, and what is known already comes from the closed vocabulary.
enum FormReferenceProof: ThemeProof {
    static func findings(in bundle: ThemeBundle) -> [ThemeFinding] {
        let results = bundle.results.flatMap { path, _, result in
            result.fields.enumerated().map { ("\(path).fields[\($0)]", $1) }
        }
        return bundle.formFields.flatMap { prefill(bundle, $0, $1) + options(bundle, $0, $1) }
            + results.flatMap { prefill(bundle, $0, $1) + options(bundle, $0, $1) }
            + parties(bundle) + duplicateRule(bundle)
    }

    private static func prefill(_ bundle: ThemeBundle, _ path: String, _ field: FormField) -> [ThemeFinding] {
        guard let key = field.prefill, PrefillKey(rawValue: key) == nil else { return [] }
        let known = PrefillKey.allCases.map(\.rawValue)
        return [
            bundle.finding(
                "\(path).prefill", "theme.unknown_prefill",
                "没有“\(key)”这项已知信息\(nearestHint(key, known))。可以写：\(known.joined(separator: "、"))。")
        ]
    }

    private static func options(_ bundle: ThemeBundle, _ path: String, _ field: FormField) -> [ThemeFinding] {
        if (field.kind == .choice) != field.options.isEmpty { return [] }
        let message =
            field.kind == .choice
            ? "“\(field.title)”是选择题（kind: choice），请写上 options。" : "只有 kind: choice 的字段才有 options，请删去或改 kind。"
        return [bundle.finding(path, "theme.field_options", message)]
    }

    private static func parties(_ bundle: ThemeBundle) -> [ThemeFinding] {
        let fields = bundle.formFields.map(\.field.id)
        return bundle.theme.parties.enumerated().flatMap { index, party in
            [("name", party.nameField), ("identifier", party.identifierField)].compactMap { key, field in
                guard let field, !fields.contains(field) else { return nil }
                return bundle.finding(
                    "parties[\(index)].\(key)", "theme.unknown_field",
                    "表单里没有“\(field)”这个字段\(nearestHint(field, fields))。")
            }
        }
    }

    private static func duplicateRule(_ bundle: ThemeBundle) -> [ThemeFinding] {
        let known = ["applicant"] + bundle.formFields.map(\.field.id)
        return (bundle.theme.duplicate?.fields ?? []).enumerated().compactMap { index, field in
            if known.contains(field) { return nil }
            return bundle.finding(
                "duplicate[\(index)]", "theme.unknown_field", "表单里没有“\(field)”这个字段\(nearestHint(field, known))。")
        }
    }
}
