public import Extension
public import Standards
public import Storage

/// One edition of the catalogue of business scopes, as it was taken over.
public struct ScopePublication: Sendable, Hashable {
    public let id: Identifier
    /// The title, such as 市场准入负面清单（2025年版）.
    public let title: String
    /// The document by which it holds here.
    public let basis: String
    /// How many entries it has.
    public let count: Int
    /// The digest of its content.
    public let digest: String
    public let adoptedAt: Instant
    /// Whether it is a sample that no authority published.
    public let isSynthetic: Bool
}

/// An edition of the catalogue of business scopes was taken over.
public struct ScopeListAdopted: Event, Hashable {
    public static let name = "market.list_adopted"
    public let list: String
    public let title: String
    public let basis: String
    public let count: Int
    public let digest: String
}
