public import Standards
public import Storage

/// A norm of government services (政务服务标准规范, R10.2): a national, industry or local standard, or a service norm of
/// one theme.
public struct ServiceNorm: Sendable, Hashable {
    public let id: Identifier
    /// Its number, such as GB/T 32169.1-2015; unique.
    public let number: String
    public let title: String
    public let level: Level
    /// The theme that it governs; empty for none.
    public let theme: String
    public let effectiveFrom: LegalDay
    /// From which day on it holds no more; nil while it holds.
    public let withdrawnOn: LegalDay?
    /// The number of the norm that takes its place; empty for none.
    public let replacedBy: String

    /// Whose norm it is.
    public enum Level: String, Sendable, CaseIterable {
        case national = "国家标准"
        case industry = "行业标准"
        case local = "地方标准"
        /// 「一件事一次办」服务规范 and what else an office lays down.
        case service = "服务规范"
    }

    public init(
        id: Identifier, number: String, title: String, level: Level, theme: String, effectiveFrom: LegalDay,
        withdrawnOn: LegalDay?, replacedBy: String
    ) {
        self.id = id
        self.number = number
        self.title = title
        self.level = level
        self.theme = theme
        self.effectiveFrom = effectiveFrom
        self.withdrawnOn = withdrawnOn
        self.replacedBy = replacedBy
    }

    /// Whether it holds on a day.
    public func isInForce(on day: LegalDay) -> Bool {
        effectiveFrom <= day && withdrawnOn.map { day < $0 } ?? true
    }
}

/// How far a division is with a norm.
public struct NormAdoption: Sendable, Hashable {
    public let division: String
    public let state: State
    /// Since when, or by when it is planned.
    public let day: LegalDay
    /// What is missing, why it doesn't apply, or where it is laid down.
    public let note: String

    /// How far it is.
    public enum State: String, Sendable, CaseIterable {
        case planned = "拟采用"
        case partly = "部分采用"
        case adopted = "已采用"
        /// The division has nothing to which it could apply.
        case exempt = "不适用"

        /// Whether a note is wanted with it.
        public var wantsNote: Bool { self == .partly || self == .exempt }
    }

    public init(division: String, state: State, day: LegalDay, note: String) {
        self.division = division
        self.state = state
        self.day = day
        self.note = note
    }
}

/// How many of the norms in force a division has adopted.
public struct NormFigures: Sendable, Hashable {
    public let division: String
    public let counts: [NormAdoption.State: Int]
    /// Norms in force.
    public let total: Int

    /// 采用率: adopted, of those that apply; nil where none does.
    public var share: Double? {
        let applicable = total - (counts[.exempt] ?? 0)
        return applicable <= 0 ? nil : Double(counts[.adopted] ?? 0) / Double(applicable)
    }
}
