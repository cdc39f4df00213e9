public import Standards
public import Storage

/// An agency (部门): the office of one department in one division.
///
/// It keeps every name that it bore, with its dates, so that an old document can be read with the name of its day.
public struct Agency: Hashable, Sendable {
    /// A name with the days on which it was borne.
    public struct DatedName: Hashable, Sendable {
        public let name: String
        public let validity: ValidDays
    }

    public let id: Identifier
    /// The name by which the deployment file knows it; nil for agencies that came by merging or splitting.
    public let key: String?
    /// The unified social credit code (统一社会信用代码), if known.
    public let creditCode: String?
    /// The department's key, such as 公安、卫健、医保、人社、市场监管.
    public let department: String
    /// The division whose agency it is.
    public let division: String
    /// The agency that leads it (主管部门).
    public let parent: Identifier?
    /// When it exists.
    public let validity: ValidDays
    /// Its names by time.
    public let names: [DatedName]

    /// The name on a day; before its first name the first, after its end the last.
    public func name(on day: LegalDay) -> String {
        (names.last { $0.validity.from <= day } ?? names.first)?.name ?? department
    }
}

/// How one agency followed another.
public enum SuccessionKind: String, Hashable, Sendable, CaseIterable {
    /// 合并
    case merger
    /// 拆分
    case split
}

/// That one agency took over from another on a day.
public struct Succession: Hashable, Sendable {
    public let predecessor: Identifier
    public let successor: Identifier
    public let day: LegalDay
    public let kind: SuccessionKind
}
