/// Where a case stands (办件状态). `Casework` alone changes it.
public enum CaseState: String, Sendable, Codable, CaseIterable {
    case draft, submitted, correction, accepted
    case inProgress = "in-progress"
    case suspended, completed, refused, withdrawn, terminated
    case notAccepted = "not-accepted"

    /// Whether nothing can happen to the case any more.
    public var isClosed: Bool {
        switch self {
        case .completed, .refused, .withdrawn, .terminated, .notAccepted: true
        case .draft, .submitted, .correction, .accepted, .inProgress, .suspended: false
        }
    }

    /// Whether the offices have not accepted the case yet.
    var isBeforeAcceptance: Bool { self == .draft || self == .submitted || self == .correction }

    /// The word that people read.
    public var chinese: String {
        switch self {
        case .draft: "草稿"
        case .submitted: "待受理"
        case .correction: "待补正"
        case .accepted: "已受理"
        case .inProgress: "办理中"
        case .suspended: "已中止（不计时）"
        case .completed: "已办结"
        case .refused: "不予批准"
        case .withdrawn: "已撤回"
        case .terminated: "已终止"
        case .notAccepted: "不予受理"
        }
    }
}

/// Where one item of a case stands.
public enum ItemState: String, Sendable, Codable, CaseIterable {
    case waiting, open, paused, decided
    /// Its fee is to be paid first.
    case unpaid
    case notNeeded = "not-needed"

    /// The words for an item of a case that is not accepted yet.
    public static let beforeAcceptance = "等待受理"

    /// Whether an officer has nothing left to do.
    public var isOver: Bool { self == .decided || self == .notNeeded }

    /// The word that people read.
    public var chinese: String {
        switch self {
        case .waiting: "等待前序事项"
        case .open: "办理中"
        case .paused: "特殊程序（不计时）"
        case .unpaid: "待缴费（不计时）"
        case .decided: "已办结"
        case .notNeeded: "无需办理"
        }
    }
}
