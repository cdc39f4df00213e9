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
            let sources = SlotSources(
                slot: slot, others: items.filter { !needing.contains($0.id) }, theme: theme, answers: answers,
                available: available)
            let provision = sources.provision
            return PlannedMaterial(
                slot: slot, items: needing, provision: provision, notes: provision == .upload ? sources.notes : [])
        }
    }
}
