public import Casework
public import Extension
public import Identity
import Storage

/// Fills the one form from the verified identity (免填写).
public struct IdentityFieldSource: FieldSource {
    private let identity: IdentityService

    public init(_ identity: IdentityService) { self.identity = identity }

    public func values(for applicant: Applicant, theme: String?, by act: Act) async throws -> [String: String] {
        if let theme, act.actor.mandate != nil {
            let identity = identity
            try await identity.database.read {
                try identity.requireMandate(of: act.actor, covering: theme, at: act.now, in: $0)
            }
        }
        return try await identity.prefill(by: act)
    }
}
