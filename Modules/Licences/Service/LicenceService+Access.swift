import Extension
import Storage

/// By which right somebody may look at a licence.
public enum LicenceAccessGround: String, Sendable, Codable {
    /// The holder, somebody named as a viewer, or who acts for one of them by a mandate.
    case party
    /// Staff of the agency that issued it.
    case agency
    /// Staff with the permission `licences.read` for the division.
    case permission
    /// Who handles an item of a case in which it serves in place of a paper.
    case caseMaterial = "case_material"
    /// The holder showed it by a code.
    case presentation
    /// The system itself or its operator.
    case system
}

extension LicenceService {
    /// The right by which an actor may look at a licence; nil for none.
    func ground(for actor: Actor, to licence: Licence, in snapshot: Snapshot) throws -> LicenceAccessGround? {
        switch actor.kind {
        case .system: return .system
        case .anonymous: return nil
        case .person:
            // Who acts for another by a mandate sees the other's papers there, not one's own.
            // At a window the person's papers serve in its case and are shown there; its wallet stays its own.
            guard actor.actsInPerson, let party = actor.party ?? actor.person else { return nil }
            return try register.isParty(party, to: licence.id, in: snapshot) ? .party : nil
        case .staff:
            guard let post = actor.post else { return nil }
            if post.agency == licence.statement.issuer.agency { return .agency }
            let mayRead = actor.holds(Self.read) || (licence.isImported && actor.holds(Self.collectRight))
            guard mayRead, Self.division(post.division, covers: licence.statement.division) else {
                return nil
            }
            return .permission
        }
    }

    /// Whether a division (GB/T 2260) is the same as another or lies above it; a zone's local code covers itself only.
    static func division(_ upper: String, covers lower: String) -> Bool {
        upper == lower || (prefix(ofAllBelow: upper).map(lower.hasPrefix) ?? false)
    }

    /// What the codes of all divisions below one begin with; nil for one that has none below it.
    static func prefix(ofAllBelow division: String) -> String? {
        var prefix = Substring(division)
        while prefix.count >= 2, prefix.hasSuffix("00") { prefix.removeLast(2) }
        return prefix.count < division.count ? String(prefix) : nil
    }
}
