public import Standards
public import Storage

/// That a person lets another act in its name (代办授权, R12.15, R06.10): an elder a relative, a child its guardian.
public struct HelperGrant: Hashable, Sendable {
    /// How the helper stands to the person.
    public enum Relation: String, Sendable, Hashable, CaseIterable, Codable, SQLConvertible {
        case relative
        /// A worker of the community or village (社区、村工作人员).
        case community
        case friend
        /// The guardian of a child (监护人); proved by data, never merely said.
        case guardian

        /// The relation for people.
        public var chinese: String {
            switch self {
            case .relative: "亲属"
            case .community: "社区（村）工作人员"
            case .friend: "朋友、邻居"
            case .guardian: "监护人"
            }
        }

        /// Those that a person may name by itself.
        public static let named: [Relation] = [.relative, .community, .friend]
    }

    /// How it came about.
    public enum Basis: String, Sendable, Hashable, CaseIterable, Codable, SQLConvertible {
        /// The person named the helper, signed in.
        case online
        /// The helper entered a code that the person had made.
        case code
        /// A member of staff saw both, or the person with its card, at a window.
        case window
        /// The system knows it from a licence.
        case proof

        /// How it came about, for people.
        public var chinese: String {
            switch self {
            case .online: "网上授权"
            case .code: "授权码"
            case .window: "窗口当面授权"
            case .proof: "证照证明"
            }
        }
    }

    public let id: Identifier
    /// In whose name the helper acts (委托人).
    public let principal: Identifier
    /// Who acts (代办人).
    public let helper: Identifier
    public let relation: Relation
    public let basis: Basis
    /// The licence that proves it; nil for the other ways.
    public let evidence: Identifier?
    /// The themes that it covers; empty for all.
    public let scope: Set<String>
    public let validFrom: LegalDay
    /// The last day.
    public let validUntil: LegalDay
    public let revokedAt: Instant?

    /// Whether it holds at an instant.
    public func isInForce(at instant: Instant) -> Bool {
        let day = instant.day
        return revokedAt == nil && validFrom <= day && day <= validUntil
    }

    static let columns =
        "id, principal, helper, relation, basis, evidence, scope, valid_from, valid_until, revoked_at"

    init(_ row: Row) throws {
        id = try row.get("id")
        principal = try row.get("principal")
        helper = try row.get("helper")
        relation = try row.get("relation")
        basis = try row.get("basis")
        evidence = try row.get("evidence")
        scope = try HelperScope.read(try row.get("scope"))
        validFrom = try row.get("valid_from")
        validUntil = try row.get("valid_until")
        revokedAt = try row.get("revoked_at")
    }
}
