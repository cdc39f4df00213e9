public import Standards

/// Between what a value of a ``FormField`` must lie: a closed vocabulary, so that `theme check` can prove it sensible.
public struct FieldBounds: Sendable, Hashable, Codable {
    /// The least whole number, the least amount in fen, or the fewest characters of a text.
    public let minimum: Int64?
    /// The greatest whole number or the greatest amount in fen; the most characters are
    /// ``FormField/maximumLength``.
    public let maximum: Int64?
    public let notBefore: DayBound?
    public let notAfter: DayBound?
    /// Of what a text may consist; nil for anything.
    public let characters: Characters?

    /// Of what a text may consist.
    public enum Characters: String, Sendable, Codable, CaseIterable {
        /// ASCII digits, such as an account number.
        case digits
        /// ASCII letters and digits with `-`, `/` and `.` between them, such as the number of a permit.
        case code

        /// How people are told.
        public var chinese: String {
            switch self {
            case .digits: "数字"
            case .code: "字母、数字和“-”“/”“.”"
            }
        }
    }

    public init(
        minimum: Int64? = nil, maximum: Int64? = nil, notBefore: DayBound? = nil, notAfter: DayBound? = nil,
        characters: Characters? = nil
    ) {
        self.minimum = minimum
        self.maximum = maximum
        self.notBefore = notBefore
        self.notAfter = notAfter
        self.characters = characters
    }

    /// Whether nothing is bounded.
    public var isEmpty: Bool { self == FieldBounds() }
}

/// The first or last day that is allowed: a day of the calendar, or one that is counted from the day of application.
public enum DayBound: Sendable, Hashable, Codable {
    case day(LegalDay)
    /// So many calendar days after the day of application; before it when negative.
    case days(Int)
    /// So many calendar months after the day of application; before it when negative.
    case months(Int)

    /// The day itself.
    public static let today = DayBound.days(0)

    /// The day for an application of a given day.
    public func day(on today: LegalDay) -> LegalDay {
        switch self {
        case .day(let day): day
        case .days(let count): today.adding(days: count)
        case .months(let count): today.adding(months: count)
        }
    }

    /// Whether it moves with the day of application.
    public var isRelative: Bool { if case .day = self { false } else { true } }
}

extension FormField {
    /// The least and the greatest value of a number, an amount or a day, written as the value itself is.
    ///
    /// - Parameter today: the day of application.
    public func range(on today: LegalDay) -> (least: String?, greatest: String?) {
        switch kind {
        case .integer: (bounds?.minimum.map(String.init), bounds?.maximum.map(String.init))
        case .money: (bounds?.minimum.map { Money(fen: $0).yuan }, bounds?.maximum.map { Money(fen: $0).yuan })
        case .day: (bounds?.notBefore?.day(on: today).text, bounds?.notAfter?.day(on: today).text)
        default: (nil, nil)
        }
    }
}

extension FormField.Kind {
    /// Whether the value is free text, whose length and characters may be bounded.
    public var isText: Bool { self == .text || self == .paragraph || self == .address }
    /// Whether the value is a number or an amount, whose size may be bounded.
    public var isNumber: Bool { self == .integer || self == .money }
}
