public import PluginKit

/// One route of the server: a method, a path and what answers it.
///
/// Endpoints and pages become routes by themselves; module Portal adds its own (sign-in, static files) with this type.
public struct HTTPRoute: Sendable {
    public let method: Method
    /// The whole path with parameters in braces, `/cases/{id}`; a last segment `{name...}` takes the rest of the path.
    public let path: String
    /// Who may ask for it; checked before the handler runs.
    public let access: Access
    /// Whether a refused caller is sent to the sign-in page instead of getting a problem as JSON.
    public let isPage: Bool
    /// Whether the route finds out by itself who asks, by a protocol that knows nothing of our sessions.
    let identifiesCaller: Bool
    /// Whether the handler demands a partner's signature over the message, so that the limit for anonymous changes need
    /// not protect it.
    public let isProven: Bool
    /// Answers one request.
    public let handle: @Sendable (Exchange) async throws -> Reply

    /// - Parameters:
    ///   - method: the method; a GET route answers HEAD too.
    ///   - path: the whole path from `/`.
    ///   - access: who may ask for it.
    ///   - isPage: whether people look at it in a browser.
    ///   - isProven: whether the handler demands a partner's signature.
    ///   - handle: answers one request.
    public init(
        _ method: Method, _ path: String, access: Access = .anyone, isPage: Bool = false, isProven: Bool = false,
        _ handle: @escaping @Sendable (Exchange) async throws -> Reply
    ) {
        self.method = method
        self.path = path
        self.access = access
        self.isPage = isPage
        self.isProven = isProven
        identifiesCaller = false
        self.handle = handle
    }

    /// A route of a protocol with callers of its own.
    init(
        protocol method: Method, _ path: String, _ handle: @escaping @Sendable (Exchange) async throws -> Reply
    ) {
        self.method = method
        self.path = path
        access = .anyone
        isPage = false
        isProven = false
        identifiesCaller = true
        self.handle = handle
    }
}
