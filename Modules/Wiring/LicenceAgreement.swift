import Casework
import Catalogue
import Licences
import Standards

/// Whether a licence says the same as the form where a theme demands it.
struct LicenceAgreement {
    /// Why it can't serve, or not yet; nil when it agrees.
    let doubt: EvidencedSource.Doubt?

    init(_ licence: LicenceStatement, _ match: LicenceMatch, _ ground: EvidenceGround) {
        let verdicts =
            match.holders.map { Self.holder(ground.parties[$0], among: licence.holders) }
            + match.fields.map { label, field in
                Self.line(licence.fields.first { $0.label == label }?.value, ground.form[field] ?? "")
            }
        doubt =
            verdicts.contains(.contradicts)
            ? .contradicts : verdicts.contains(.unsettled) ? .unsettled : nil
    }

    /// Both name and number must be one holder's; a licence without numbers proves nothing about who it names.
    private static func holder(
        _ party: StatedParty?, among holders: [LicenceHolder]
    ) -> EvidencedSource.Doubt? {
        guard let party, !party.name.isEmpty || !party.identifier.isEmpty else { return .unsettled }
        let isKnown = holders.contains { holder in
            let isNamed = party.name.isEmpty || StatedName(holder.name) == StatedName(party.name)
            let isNumbered =
                party.identifier.isEmpty || holder.idNumber.map(Self.plain) == Self.plain(party.identifier)
            return isNamed && isNumbered
        }
        if !isKnown { return .contradicts }
        return party.name.isEmpty || party.identifier.isEmpty ? .unsettled : nil
    }

    private static func line(_ stated: String?, _ typed: String) -> EvidencedSource.Doubt? {
        if typed.isEmpty { return .unsettled }
        return stated.map(plain) == plain(typed) ? nil : .contradicts
    }

    /// What only differs in writing is the same.
    private static func plain(_ text: String) -> String { text.filter { !$0.isWhitespace }.uppercased() }
}
