public import Standards
public import Storage

/// That a person may act for an enterprise (授权): for what, and how long.
public struct Mandate: Hashable, Sendable {
    public let id: Identifier
    public let enterprise: Identifier
    /// The agent (经办人).
    public let person: Identifier
    /// The themes and items that it covers; empty for all.
    public let scope: Set<String>
    public let validFrom: LegalDay
    /// The last day; nil when no end is set.
    public let validUntil: LegalDay?
    public let revokedAt: Instant?

    /// Whether it holds at an instant.
    public func isInForce(at instant: Instant) -> Bool {
        let day = instant.day
        return revokedAt == nil && validFrom <= day && validUntil.map { day <= $0 } ?? true
    }

    /// Whether it covers any of the names of what is to be done: a theme, one of its items.
    public func covers(_ names: String...) -> Bool { scope.isEmpty || !scope.isDisjoint(with: names) }
}
