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
        case .licence(let type, let party):
            let types = bundle.heldLicences + bundle.results.map(\.result.licenceType)
            if !types.contains(type) {
                return bundle.finding(
                    path, "theme.unknown_licence",
                    "证照“\(type)”既不是本主题的办理结果，也没有列在 licences 里\(nearestHint(type, types))。")
            }
            if bundle.partyNames.contains(party) { return nil }
            return bundle.finding(
                path, "theme.unknown_party", "没有叫“\(party)”的办事人\(nearestHint(party, bundle.partyNames))。")
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
