import Catalogue

/// Every material can be had: its sources exist, in an order in which each can serve.
enum MaterialReferenceProof: ThemeProof {
    static func findings(in bundle: ThemeBundle) -> [ThemeFinding] {
        bundle.theme.materials.enumerated().flatMap { index, slot -> [ThemeFinding] in
            let path = "materials[\(index)].sources"
            if slot.sources.isEmpty {
                return [
                    bundle.finding(path, "theme.material_without_source", "“\(slot.title)”没有任何来源，至少写上 upload。")
                ]
            }
            return slot.sources.enumerated().compactMap { position, source in
                finding(source, "\(path)[\(position)]", bundle)
            } + unreachable(slot, path, bundle)
        }
    }

    private static func finding(
        _ source: MaterialSlot.Source, _ path: String, _ bundle: ThemeBundle
    ) -> ThemeFinding? {
        switch source {
        case .licence(let type, let party, let match):
            let types = bundle.heldLicences + bundle.results.map(\.result.licenceType)
            if !types.contains(type) {
                return bundle.finding(
                    path, "theme.unknown_licence",
                    "证照“\(type)”既不是本主题的办理结果，也没有列在 licences 里\(nearestHint(type, types))。")
            }
            if !bundle.partyNames.contains(party) {
                return bundle.finding(
                    path, "theme.unknown_party", "没有叫“\(party)”的办事人\(nearestHint(party, bundle.partyNames))。")
            }
            return closedWallet(type, party, path, bundle) ?? match.flatMap { self.match($0, path, bundle) }
        case .result(let itemID, let resultID):
            guard let item = bundle.theme.items.first(where: { $0.id == itemID }) else {
                let hint = nearestHint(itemID, bundle.theme.items.map(\.id))
                return bundle.finding(path, "theme.unknown_item", "items 里没有“\(itemID)”\(hint)。")
            }
            let results = item.item.results.map(\.id)
            if results.contains(resultID) { return nil }
            return bundle.finding(
                path, "theme.unknown_result", "“\(itemID)”没有叫“\(resultID)”的结果\(nearestHint(resultID, results))。")
        case .upload, .dataCheck, .form, .identity: return nil
        }
    }

    /// A party's licences can be looked for only with its consent, unless an item of the theme issues them.
    private static func closedWallet(
        _ type: String, _ role: String, _ path: String, _ bundle: ThemeBundle
    ) -> ThemeFinding? {
        guard let party = bundle.theme.parties.first(where: { $0.id == role }), party.consent == nil,
            party.invitation == nil,
            !bundle.results.contains(where: { $0.result.licenceType == type && $0.result.holder == role })
        else { return nil }
        return bundle.finding(
            path, "theme.closed_wallet",
            "“\(party.title)”从不确认同意，查不了其《\(type)》。请给 \(role) 写上 mayConsent: always（可以确认）或 consent，或删去这个来源。")
    }

    /// What a licence must agree with exists, and is enough to tell people apart.
    private static func match(_ match: LicenceMatch, _ path: String, _ bundle: ThemeBundle) -> ThemeFinding? {
        let fields = bundle.formFields.map(\.field.id)
        if match.holders.isEmpty, match.fields.isEmpty {
            return bundle.finding(path, "theme.empty_match", "matches 里要写 holders（持证人是谁）或 fields（证照的哪一项与表单一致）。")
        }
        for role in match.holders {
            guard let party = bundle.theme.parties.first(where: { $0.id == role }) else {
                let known = bundle.theme.parties.map(\.id)
                return bundle.finding(
                    path, "theme.unknown_party", "parties 里没有“\(role)”\(nearestHint(role, known))，matches 无从核对。")
            }
            if party.identifierField == nil {
                return bundle.finding(
                    path, "theme.match_without_identifier", "“\(party.title)”没有 identifier，只凭姓名核对不了证照，请补上号码字段。")
            }
        }
        guard let unknown = match.fields.values.sorted().first(where: { !fields.contains($0) }) else { return nil }
        return bundle.finding(
            path, "theme.unknown_field", "表单里没有“\(unknown)”这个字段\(nearestHint(unknown, fields))。")
    }

    /// What stands behind a source that is always there can never serve.
    private static func unreachable(_ slot: MaterialSlot, _ path: String, _ bundle: ThemeBundle) -> [ThemeFinding] {
        guard let certain = slot.sources.firstIndex(where: { $0 == .form || $0 == .identity }),
            certain < slot.sources.count - 1
        else { return [] }
        return [
            bundle.finding(
                "\(path)[\(certain + 1)]", "theme.source_unreachable",
                "“\(slot.title)”的这个来源用不上：前一项（form 或 identity）总是成立。请删去或调到前面。")
        ]
    }
}
