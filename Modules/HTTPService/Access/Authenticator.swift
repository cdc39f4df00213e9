public import PluginKit

/// Finds out who stands behind a session's token.
public protocol Authenticator: Sendable {
    /// - Parameters:
    ///   - token: from `Authorization: Bearer` or the session cookie.
    ///   - terminal: where the request came from, if the session does not know better.
    ///   - instant: now.
    /// - Returns: the actor, or nil when the token is unknown, expired or revoked.
    func actor(token: String, terminal: Actor.Terminal, at instant: Instant) async throws -> Actor?
}
