public import Casework
public import Extension
public import Identity
public import Storage

/// Fills the one form from the verified identity (免填写).
public struct IdentityFieldSource: FieldSource {
    private let identity: IdentityService

    public init(_ identity: IdentityService) { self.identity = identity }

    public func values(
        for applicant: Applicant, theme: String?, by act: Act, in snapshot: Snapshot
    ) throws -> [String: String] {
        if let theme, act.actor.mandate != nil {
            try identity.requireMandate(of: act.actor, covering: theme, at: act.now, in: snapshot)
        }
        return try identity.prefill(by: act, in: snapshot)
    }
}
