public import PluginKit

/// Finds the actor of a session in module Identity.
public struct IdentityAuthenticator: Authenticator {
    private let identity: IdentityService

    public init(_ identity: IdentityService) { self.identity = identity }

    public func actor(token: String, terminal: Actor.Terminal, at instant: Instant) async throws -> Actor? {
        do {
            return try await identity.authenticate(token: token, at: instant)
        } catch is IdentityError {
            // Expired, revoked, or its mandate or post has ended: the caller is nobody.
            return nil
        }
    }
}
