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
        return bundle.theme.parties.enumerated().flatMap { index, party -> [ThemeFinding] in
            let named: [(String, String?)] =
                [("name", party.nameField), ("identifier", party.identifierField)]
                + party.concerns.enumerated().map { ("concerns[\($0)]", $1) }
            return unidentified(bundle, index, party) + unknownTwins(bundle, index, party)
                + named.compactMap { key, field in
                    guard let field, !fields.contains(field) else { return nil }
                    return bundle.finding(
                        "parties[\(index)].\(key)", "theme.unknown_field",
                        "表单里没有“\(field)”这个字段\(nearestHint(field, fields))。")
                }
        }
    }

    /// Who is asked to consent is known by a number.
    private static func unidentified(_ bundle: ThemeBundle, _ index: Int, _ party: PartyRole) -> [ThemeFinding] {
        guard party.consent != nil || party.invitation != nil, party.identifierField == nil else { return [] }
        return [
            bundle.finding(
                "parties[\(index)]", "theme.consent_without_identifier",
                "“\(party.title)”要确认同意，就要有 identifier：没有号码，认不出登录的是不是其本人。")
        ]
    }

    private static func unknownTwins(_ bundle: ThemeBundle, _ index: Int, _ party: PartyRole) -> [ThemeFinding] {
        let known = bundle.theme.parties.map(\.id).filter { $0 != party.id }
        return party.otherThan.enumerated().compactMap { position, role in
            if known.contains(role) { return nil }
            return bundle.finding(
                "parties[\(index)].otherThan[\(position)]", "theme.unknown_party",
                "没有别的办事人叫“\(role)”\(nearestHint(role, known))。")
        }
    }

    private static func duplicateRule(_ bundle: ThemeBundle) -> [ThemeFinding] {
        let known = ["applicant"] + bundle.formFields.map(\.field.id)
        return (bundle.theme.duplicate?.fields ?? []).enumerated().compactMap { index, element in
            guard let field = DuplicateRule.parts(of: element).first(where: { !known.contains($0) }) else { return nil }
            return bundle.finding(
                "duplicate[\(index)]", "theme.unknown_field", "表单里没有“\(field)”这个字段\(nearestHint(field, known))。")
        }
    }
}
