public import Standards
public import Storage

/// A licence that will lapse, and one of its holders (证照将到期).
public struct LicenceEnding: Sendable, Hashable {
    public let licence: Identifier
    /// The person or the enterprise that holds it.
    public let holder: Identifier
    /// The type, such as 居民身份证.
    public let type: String
    /// The last day on which it is in force.
    public let endsOn: LegalDay
    /// The division whose organ issued or recorded it.
    public let division: String
}
