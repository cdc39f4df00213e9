public import Standards
public import Storage

/// A party's consent or signature, bound to who gave it and to what it was given to.
public struct Consent: Sendable, Hashable, Codable {
    /// The natural person who gave it.
    public let person: Identifier
    public let at: Instant
    /// The enterprise in whose name the person gave it; nil for its own.
    public let party: Identifier?
    /// The mandate by which the person spoke for the enterprise.
    public let mandate: Identifier?
    /// The digest of what was agreed to; nil in consents that earlier programs recorded, which bind nothing.
    public let scope: String?

    /// The party in the registers: the enterprise, else the person.
    public var consenter: Identifier { party ?? person }

    /// Whether somebody who acts in these names is the one who gave it.
    func isOf(person: Identifier?, party: Identifier?) -> Bool {
        person == self.person && (self.party == nil || self.party == party)
    }
}
