public import PluginKit

/// A kind of proof (证明事项) that offices used to ask people for, with what became of it (减证便民清理, R14.1).
public struct ProofKind: Sendable, Hashable {
    public let id: Identifier
    /// The code of the list, such as `ZM001`.
    public let code: String
    public let title: String
    /// Other words by which offices ask for it.
    public let aliases: [String]
    /// Who asks for it (索要单位), as people call them.
    public let askedBy: String
    /// The department that issues it (开具部门), by the key that agencies bear, such as 公安.
    public let issuer: String
    /// The law or rule on which it rests, or by which it was cancelled.
    public let basis: String
    public let state: State
    /// What serves in its place.
    public let replacement: String
    /// Where people have it issued (开具渠道, R14.7); empty where they need not or can't.
    public let channels: Set<Channel>

    /// What became of it.
    public enum State: String, Sendable, CaseIterable {
        /// Still asked for.
        case kept = "保留"
        /// Nobody may ask for it.
        case cancelled = "取消"
        /// Nobody may ask people for it: a look into data tells the same.
        case replaced = "数据替代"

        /// Whether people may still be asked to bring it.
        public var mayBeDemanded: Bool { self == .kept }
    }

    /// A way to have a proof issued: the three of the plan.
    public enum Channel: String, Sendable, CaseIterable {
        case online = "网上"
        case phone = "掌上"
        case window = "线下"
    }

    /// All words by which it is asked for.
    var words: [String] { [title] + aliases }
}

extension ProofKind {
    init(_ row: Row) throws {
        let channels: String = try row.get("channels")
        self.init(
            id: try row.get("id"), code: try row.get("code"), title: try row.get("title"),
            aliases: Self.parts(try row.get("aliases")), askedBy: try row.get("asked_by"),
            issuer: try row.get("issuer"), basis: try row.get("basis"),
            state: State(rawValue: try row.get("state")) ?? .kept, replacement: try row.get("replacement"),
            channels: Set(Self.parts(channels).compactMap(Channel.init(rawValue:))))
    }

    /// The channels in the order of the plan, as they are stored and shown.
    var channelText: String {
        Channel.allCases.filter(channels.contains).map(\.rawValue).joined(separator: Self.separator)
    }

    static let separator = "、"

    static func parts(_ text: String) -> [String] { text.split(separator: separator).map(String.init) }
}
