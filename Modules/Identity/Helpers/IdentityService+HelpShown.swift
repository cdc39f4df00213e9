public import Extension
import Standards
import Storage

/// A grant with the names of both, for one of them.
public struct ShownGrant: Hashable, Sendable {
    public let grant: HelperGrant
    /// The name of the person in whose name the helper acts.
    public let principal: String
    public let helper: String
}

/// Who helps whom, as both see it.
public struct HelpGiven: Sendable {
    /// Who may act in my name.
    public let helpers: [ShownGrant]
    /// In whose names I may act.
    public let helped: [ShownGrant]
}

extension IdentityService {
    /// The grants in force that the acting person gave and was given.
    public func help(by act: Act) async throws -> HelpGiven {
        try await database.read { try help(by: act, in: $0) }
    }

    /// As ``help(by:)``, in a view of the database.
    func help(by act: Act, in view: Snapshot) throws -> HelpGiven {
        guard act.actor.kind == .person, let own = act.actor.ownPerson else {
            throw Problem.forbidden
        }
        // Whom the other trusts is nobody's business who acts in its name.
        let given = act.actor.helper == nil ? try grants(ofPrincipal: own, at: act.now, in: view) : []
        let received = try grants(toHelper: own, at: act.now, in: view)
        return HelpGiven(
            helpers: try given.map { try shown($0, view) }, helped: try received.map { try shown($0, view) })
    }

    private func shown(_ grant: HelperGrant, _ view: Snapshot) throws -> ShownGrant {
        ShownGrant(
            grant: grant, principal: try record(ofPerson: grant.principal, in: view).name.text,
            helper: try record(ofPerson: grant.helper, in: view).name.text)
    }
}
