/// One line of the catalogue of business scopes (经营范围规范目录) with what the negative list of market access says of
/// it (R04.1).
public struct ScopeEntry: Sendable, Hashable, Codable {
    /// The standard wording, such as 食品销售.
    public let title: String
    /// Other wordings under which people write it.
    public let aliases: [String]
    public let verdict: Verdict
    /// The licence that is needed, by name; empty unless one is.
    public let licence: String
    /// Whether the licence comes before or after the business licence; nil unless one is needed.
    public let stage: Stage?
    /// Who gives the licence, or whom to ask.
    public let authority: String
    /// The norm on which the verdict rests.
    public let basis: String

    /// What the list says of an activity.
    public enum Verdict: String, Sendable, Codable, CaseIterable {
        /// 禁止准入: nobody may do it.
        case forbidden
        /// 许可准入: with a licence.
        case licence
        /// 非禁即入: everybody may.
        case free

        /// As people say it.
        public var chinese: String {
            switch self {
            case .forbidden: "禁止准入"
            case .licence: "需要许可"
            case .free: "不需要许可"
            }
        }
    }

    /// When a licence is due.
    public enum Stage: String, Sendable, Codable, CaseIterable {
        /// 前置: before the business licence.
        case before
        /// 后置: after it, before business begins.
        case after

        /// As people say it.
        public var chinese: String { self == .before ? "前置" : "后置" }
    }

    public init(
        title: String, aliases: [String] = [], verdict: Verdict, licence: String = "", stage: Stage? = nil,
        authority: String = "", basis: String
    ) {
        self.title = title
        self.aliases = aliases
        self.verdict = verdict
        self.licence = licence
        self.stage = stage
        self.authority = authority
        self.basis = basis
    }
}
