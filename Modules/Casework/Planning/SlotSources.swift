import Catalogue

/// How one material is served, and what is to be said where it isn't.
struct SlotSources {
    let slot: MaterialSlot
    /// The items of the plan that don't need the material themselves: their results can serve.
    let others: [PlannedItem]
    let theme: Theme
    let answers: Answers
    let available: AvailableSources

    /// The first source that serves; else the applicant uploads it.
    var provision: PlannedMaterial.Provision {
        for source in slot.sources {
            if let reason = reason(source) {
                return .exempt(source: reason.source, reason: reason.reason, evidence: reason.evidence)
            }
        }
        return .upload
    }

    /// Why licences that could have served don't.
    var notes: [UploadNote] {
        slot.sources.compactMap { source in
            guard case .licence(let type, let role, let match) = source else { return nil }
            switch available.found[source]?.doubt {
            case .contradicts?: return .contradicts(type: type, holder: title(role), about: subjects(match))
            case .unsettled?, .absent?: return nil
            case nil:
                guard role != MaterialSlot.Source.applicant, let party = party(role), mayConsent(party) else {
                    return nil
                }
                return .awaitsConsent(type: type, holder: party.title)
            }
        }
    }

    private typealias Serving = (source: MaterialSlot.Source, reason: ExemptionReason, evidence: String?)

    private func reason(_ source: MaterialSlot.Source) -> Serving? {
        switch source {
        case .upload: return nil
        case .licence(let type, let role, let match):
            if let found = available.found[source], found.doubt == nil || found.doubt == .unsettled {
                let open = found.doubt == .unsettled ? subjects(match) : []
                return (source, .licence(type: type, holder: title(role), mustMatch: open), found.evidence)
            }
            return issuing(type, to: role).map { item, result in
                (.result(item: item.id, result: result.id), Self.result(result, of: item), nil)
            }
        case .dataCheck(let name):
            return available.found[source].map { (source, .dataCheck(name), $0.evidence) }
        case .result(let itemID, let resultID):
            guard let item = others.first(where: { $0.id == itemID }),
                let result = item.item.results.first(where: { $0.id == resultID })
            else { return nil }
            return (source, Self.result(result, of: item), nil)
        case .form: return (source, .form, nil)
        case .identity: return (source, .identity, nil)
        }
    }

    private func issuing(_ type: String, to role: String) -> (PlannedItem, ResultDefinition)? {
        for item in others {
            for result in item.item.results where result.licenceType == type && result.holder == role {
                return (item, result)
            }
        }
        return nil
    }

    private static func result(_ result: ResultDefinition, of item: PlannedItem) -> ExemptionReason {
        .result(title: result.title, item: item.item.title)
    }

    private func party(_ role: String) -> PartyRole? { theme.parties.first { $0.id == role } }

    /// The title of another party; nil for the applicant.
    private func title(_ role: String) -> String? { party(role)?.title }

    private func mayConsent(_ party: PartyRole) -> Bool {
        party.when.holds(for: answers)
            && [party.consent, party.invitation].contains { $0?.holds(for: answers) ?? false }
    }

    /// What must be equal on the licence and in the form, as people call it.
    private func subjects(_ match: LicenceMatch?) -> [String] {
        guard let match else { return [] }
        let fields = theme.form.flatMap(\.fields)
        return match.holders.map { title($0) ?? $0 }
            + match.fields.values.sorted().map { id in fields.first { $0.id == id }?.title ?? id }
    }
}
