public import Cryptography
import Extension
public import Standards
import Storage

/// A department's system that lets people enter with their account here (接入系统; a client of OpenID Connect).
public struct OpenIDClient: Sendable, Hashable {
    /// Whom it serves.
    public enum Audience: String, Sendable, CaseIterable {
        /// 办事人
        case person
        /// 工作人员
        case staff
        /// 都可以
        case all
    }

    /// How it proves that it is itself.
    public enum Method: String, Sendable, CaseIterable {
        /// A secret of ours in `Authorization: Basic` (RFC 6749 §2.3.1).
        case secret = "client_secret_basic"
        /// A token signed with its own key (RFC 7523).
        case key = "private_key_jwt"
    }

    public let id: String
    /// The name that people read when they consent.
    public let name: String
    public let audience: Audience
    /// All that it may ever ask for.
    public let scopes: Set<OpenIDScope>
    /// Systems of one sector know a person by the same identifier; nobody else does.
    public let sector: String
    /// The addresses to which people may be sent back, compared byte by byte.
    public let redirects: [String]
    /// The same after signing out.
    public let logoutRedirects: [String]
    /// Where it is told of a sign-out, if anywhere.
    public let backchannel: String?
    public let method: Method
    /// Its public keys, where it proves itself by one.
    public let keys: [JSONWebKey]
    /// How the ID tokens for it are signed.
    public let algorithm: JOSE.Algorithm
    public let createdAt: Instant
    public let suspendedAt: Instant?
    let secretHash: [UInt8]?

    static let columns =
        "id, name, audience, scopes, sector, redirects, logout_redirects, backchannel, method, secret_hash, keys, algorithm, created_at, suspended_at"

    init(_ row: Row) throws {
        id = try row.get("id")
        name = try row.get("name")
        audience = Audience(rawValue: try row.get("audience")) ?? .person
        scopes = Set(try row.get("scopes", as: String.self))
        sector = try row.get("sector")
        redirects = Self.list(try row.get("redirects"))
        logoutRedirects = Self.list(try row.get("logout_redirects"))
        backchannel = try row.get("backchannel")
        method = Method(rawValue: try row.get("method")) ?? .secret
        secretHash = try row.get("secret_hash")
        keys = try JSONValue(parsing: try row.get("keys")).array?.map { try JSONWebKey(json: $0) } ?? []
        algorithm = JOSE.Algorithm(rawValue: try row.get("algorithm")) ?? .rs256
        createdAt = try row.get("created_at")
        suspendedAt = try row.get("suspended_at")
    }

    /// Addresses hold no white space, so a line each is enough.
    private static func list(_ text: String) -> [String] { text.split(separator: "\n").map(String.init) }

    /// Whether an account of that kind may enter.
    func serves(isStaff: Bool) -> Bool {
        switch audience {
        case .all: true
        case .person: !isStaff
        case .staff: isStaff
        }
    }
}
