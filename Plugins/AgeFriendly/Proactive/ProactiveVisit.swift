public import PluginKit

/// Somebody to whom the office offers a visit by itself (敲门办, R12.18).
public struct ProactiveVisit: Sendable, Hashable {
    public let id: Identifier
    public let division: String
    public let person: Identifier
    public let reason: Reason
    /// The age that is reached, or the type of the licence that lapses.
    public let detail: String
    /// The birthday, or the last day of the licence.
    public let due: LegalDay
    public let state: State
    public let basis: Basis
    public let listedAt: Instant
    public let closedBy: Identifier?
    public let closedAt: Instant?
    public let body: Body

    /// Why somebody is listed.
    public enum Reason: String, Sendable, Codable, CaseIterable, SQLConvertible {
        case birthday, licence
    }

    /// Where it stands.
    public enum State: String, Sendable, Codable, CaseIterable, SQLConvertible {
        case toVisit = "to_visit"
        case visited, declined

        /// The name for people.
        public var chinese: String {
            switch self {
            case .toVisit: "待上门"
            case .visited: "已上门"
            case .declined: "本人不要"
            }
        }
    }

    /// By which right the data are used.
    public enum Basis: String, Sendable, Codable, CaseIterable, SQLConvertible {
        /// A rule that the settings name.
        case duty
        /// The person agreed beforehand.
        case consent

        /// The name for people.
        public var chinese: String { self == .duty ? "法定职责" : "本人同意" }
    }

    /// The personal part; it is stored sealed.
    public struct Body: Sendable, Hashable, Codable {
        /// The name as lists show it.
        public var maskedName: String
        /// What came of it.
        public var note = ""
    }

    /// Why somebody is listed, for people.
    public var occasion: String {
        switch reason {
        case .birthday: "\(due.chineseDate)满 \(detail) 周岁"
        case .licence: "\(detail)\(due.chineseDate)到期"
        }
    }
}

/// What a person wants of the office's own visits.
public enum ProactiveChoice: String, Sendable, Codable, CaseIterable, SQLConvertible {
    /// The person agrees that its data are looked through for occasions, and to be visited.
    case welcome
    /// The person wants none.
    case unwanted
}

/// Somebody was put on the list.
public struct ProactiveVisitListed: Event, Hashable {
    public static let name = "age-friendly.proactive_listed"
    public let visit: Identifier
    public let person: Identifier
    public let reason: ProactiveVisit.Reason
    public let basis: ProactiveVisit.Basis
    public let due: LegalDay
}

/// A member of staff looked at who it is and where (查阅记录).
public struct ProactiveVisitRead: Event, Hashable {
    public static let name = "age-friendly.proactive_read"
    public let visit: Identifier
    public let person: Identifier
    public let basis: ProactiveVisit.Basis
}

/// The person was visited, or did not want it.
public struct ProactiveVisitClosed: Event, Hashable {
    public static let name = "age-friendly.proactive_closed"
    public let visit: Identifier
    public let state: ProactiveVisit.State
}

/// A person said whether it wants to be visited.
public struct ProactiveChoiceMade: Event, Hashable {
    public static let name = "age-friendly.proactive_choice"
    public let person: Identifier
    public let choice: ProactiveChoice
}
