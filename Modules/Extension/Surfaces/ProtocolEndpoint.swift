/// An operation of a protocol that others have standardised, such as OpenID Connect: its path, its form bodies, its
/// headers and its errors are fixed by that standard, so it is no ``Endpoint`` (decision 0039).
///
/// It stands at its whole path, outside `/api/v1`. A session of the portal never counts here: who calls is found out by
/// the protocol itself, as ``callers`` says.
public struct ProtocolEndpoint: Contribution {
    /// Who may call; the handler finds out.
    public enum Callers: String, Sendable, CaseIterable {
        /// Anyone: public documents.
        case anyone
        /// A registered application that proves who it is.
        case registeredClient = "registered-client"
        /// Whoever bears an access token.
        case accessToken = "access-token"
    }

    public let method: Method
    /// The whole path from `/`, without parameters.
    public let path: String
    /// What it does, in Chinese, one line.
    public let summary: String
    /// Who may call it.
    public let callers: Callers
    /// Runs the operation; what it throws becomes a problem like everywhere.
    public let run: @Sendable (ProtocolRequest) async throws -> ProtocolReply

    public init(
        _ method: Method, _ path: String, summary: String, callers: Callers,
        _ handler: @escaping @Sendable (ProtocolRequest) async throws -> ProtocolReply
    ) {
        self.method = method
        self.path = path
        self.summary = summary
        self.callers = callers
        run = handler
    }
}

/// A request for a ``ProtocolEndpoint``.
public struct ProtocolRequest: Sendable {
    /// The anonymous act of the request.
    public let act: Act
    /// The parameters of the query; a name may come several times.
    public let query: [String: [String]]
    /// The fields of a form in the body; nil when the body is of another kind.
    public let form: [String: [String]]?
    private let header: @Sendable (String) -> String?

    public init(
        act: Act, query: [String: [String]] = [:], form: [String: [String]]? = nil,
        header: @escaping @Sendable (String) -> String? = { _ in nil }
    ) {
        self.act = act
        self.query = query
        self.form = form
        self.header = header
    }

    /// A header of the request; nil when it was not sent.
    public func header(_ name: String) -> String? { header(name) }
}

/// What a ``ProtocolEndpoint`` answers.
public struct ProtocolReply: Sendable {
    public let status: Int
    /// The type of the body; empty for no body.
    public let contentType: String
    public let body: [UInt8]
    /// Other headers; `Cache-Control` is `no-store` unless it stands here.
    public let headers: [String: String]

    public init(_ status: Int, contentType: String = "", body: [UInt8] = [], headers: [String: String] = [:]) {
        self.status = status
        self.contentType = contentType
        self.body = body
        self.headers = headers
    }

    /// An answer in JSON.
    public static func json(_ status: Int, _ value: JSONValue, headers: [String: String] = [:]) -> ProtocolReply {
        ProtocolReply(
            status, contentType: "application/json; charset=utf-8", body: Array(value.canonical.utf8), headers: headers)
    }
}
