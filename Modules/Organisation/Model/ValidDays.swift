public import Standards

/// The days on which something holds: from its first day to the day before ``until``.
public struct ValidDays: Hashable, Sendable {
    /// The first day.
    public let from: LegalDay
    /// The first day on which it no longer holds; nil when no end is known.
    public let until: LegalDay?

    public init(from: LegalDay, until: LegalDay? = nil) {
        self.from = from
        self.until = until
    }

    /// Whether it holds on a day.
    public func contains(_ day: LegalDay) -> Bool { from <= day && until.map { day < $0 } ?? true }
}
