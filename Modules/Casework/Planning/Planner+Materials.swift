public import Catalogue
public import Standards

extension Planner {
    /// The licences and data checks that may serve in place of papers in this situation, in the order in which they
    /// are tried; empty while questions are open or where the theme doesn't apply.
    public static func sourcesToAsk(
        _ theme: Theme, _ answers: Answers, on day: LegalDay? = nil
    ) -> [MaterialSlot.Source] {
        guard case .plan(let plan) = plan(theme, answers: answers, on: day) else { return [] }
        var asked: Set<MaterialSlot.Source> = []
        return plan.materials.flatMap { material in
            // Without any source the first one that always serves decides; what comes before it is worth asking.
            let serving: MaterialSlot.Source? =
                if case .exempt(let source, _, _) = material.provision { source } else { nil }
            return material.slot.sources.prefix { $0 != serving }.filter { source in
                switch source {
                case .licence, .dataCheck: asked.insert(source).inserted
                case .upload, .result, .form, .identity: false
                }
            }
        }
    }

    /// The materials, each once, and how each is served.
    static func materials(
        _ theme: Theme, _ answers: Answers, _ items: [PlannedItem], _ available: AvailableSources
    ) -> [PlannedMaterial] {
        let planned = Set(items.map(\.id))
        var known: Set<String> = []
        return theme.materials.compactMap { slot in
            let needing = slot.items.filter(planned.contains)
            guard slot.when.holds(for: answers), !needing.isEmpty, known.insert(slot.id).inserted else { return nil }
            return PlannedMaterial(
                slot: slot, items: needing,
                provision: provision(
                    slot, from: items.filter { !needing.contains($0.id) }, parties: theme.parties, available))
        }
    }

    /// How one material is served.
    ///
    /// - Parameter others: the items of the plan that don't need the material themselves: their results can serve.
    private static func provision(
        _ slot: MaterialSlot, from others: [PlannedItem], parties: [PartyRole], _ available: AvailableSources
    ) -> PlannedMaterial.Provision {
        for source in slot.sources {
            switch source {
            case .upload: continue
            case .licence(let type, let party):
                if let evidence = available.evidence[source] {
                    let holder = parties.first { $0.id == party }?.title ?? "您"
                    return .exempt(
                        source: source, reason: "\(holder)的《\(type)》可以直接调用电子证照，不用再交。", evidence: evidence)
                }
                if let (item, result) = issuing(type, to: party, among: others) {
                    return .exempt(
                        source: .result(item: item.id, result: result.id),
                        reason: reason(result, of: item), evidence: nil)
                }
            case .dataCheck(let name):
                if let evidence = available.evidence[source] {
                    return .exempt(
                        source: source, reason: "已通过“\(name)”联网核验，不用再交。", evidence: evidence)
                }
            case .result(let itemID, let resultID):
                if let item = others.first(where: { $0.id == itemID }),
                    let result = item.item.results.first(where: { $0.id == resultID })
                {
                    return .exempt(source: source, reason: reason(result, of: item), evidence: nil)
                }
            case .form:
                return .exempt(source: source, reason: "由您填写的这张表自动生成，不用另交。", evidence: nil)
            case .identity:
                return .exempt(source: source, reason: "您已实名登录，身份已经核验，不用再交。", evidence: nil)
            }
        }
        return .upload
    }

    private static func issuing(
        _ type: String, to party: String, among items: [PlannedItem]
    ) -> (PlannedItem, ResultDefinition)? {
        for item in items {
            for result in item.item.results where result.licenceType == type && result.holder == party {
                return (item, result)
            }
        }
        return nil
    }

    private static func reason(_ result: ResultDefinition, of item: PlannedItem) -> String {
        "《\(result.title)》由本次一并办理的“\(item.item.title)”产生，办好后自动共享，不用再交。"
    }
}
