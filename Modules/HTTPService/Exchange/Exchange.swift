import HTTPTypes
import HummingbirdCore
import Kernel
import NIOCore
public import PluginKit

/// One request on its way through the server, with what the server knows of it.
public struct Exchange: Sendable {
    let request: Request
    let channel: any Channel
    let environment: HTTPEnvironment
    /// The query as it came, without its question mark.
    let rawQuery: Substring
    /// The path as it came, without the query.
    public let path: String
    /// The values of the path's parameters.
    public internal(set) var parameters: [String: String]
    /// Names this request in logs and error pages; shown to the caller as `X-Request-Id`.
    public let requestID: String
    /// When it arrived.
    public let now: Instant
    /// Who asks.
    public internal(set) var caller: Caller

    let bodyMark = BodyMark()

    /// Who asks, and by which credential.
    public struct Caller: Sendable {
        /// How the caller proved who it is.
        public enum Credential: Sendable, Hashable {
            case none, bearer, cookie
        }

        public let actor: Actor
        public let credential: Credential
        /// The session's token, for signing out; nil without a session.
        public let token: String?
    }

    var headers: HTTPFields { request.headers }
    var method: HTTPRequest.Method { request.method }

    /// Who asks.
    public var actor: Actor { caller.actor }

    /// A new act of the caller.
    public var act: Act {
        Act(actor: caller.actor, now: now, requestID: requestID, clientAddress: clientAddress)
    }

    /// The network address of the caller; behind a trusted proxy the one that the proxy tells.
    public var clientAddress: String {
        ClientAddress.find(
            peer: channel.remoteAddress, forwardedFor: headers[.forwardedFor],
            trustedProxies: environment.settings.trustedProxies)
    }

    /// A header of the request.
    public func header(_ name: String) -> String? { HTTPField.Name(name).flatMap { headers[$0] } }

    /// A cookie of the request.
    public func cookie(_ name: String) -> String? {
        headers[values: .cookie].lazy.compactMap { HTTPService.cookie(name, in: $0) }.first
    }

    /// The parameters of the query.
    ///
    /// - Throws: ``Problem`` 400 when they are not valid percent-encoded UTF-8.
    public func query() throws -> [String: [String]] {
        guard let values = URLEncodedForm.values(rawQuery.utf8) else { throw Problem.queryEncoding }
        return values
    }

    /// The path and query, to come back to after signing in.
    public var returnPath: String { rawQuery.isEmpty ? path : "\(path)?\(rawQuery)" }
}
