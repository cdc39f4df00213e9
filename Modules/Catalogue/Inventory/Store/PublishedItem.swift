import Extension
public import Standards
import Storage

/// A version of an item as it was published.
public struct PublishedItem: Sendable, Hashable {
    public let item: CatalogueItem
    /// The division of the organ that implements it.
    public let division: String
    /// 1 for the first.
    public let version: Int
    public let standing: ItemStanding
    public let effectiveFrom: LegalDay
    /// The first day on which it holds no more; nil while nothing follows it.
    public let effectiveUntil: LegalDay?
    /// The batch that published it.
    public let batch: String
    public let publishedAt: Instant
    /// The digest of its text, which stands on guides and in exports.
    public let hash: String

    static let columns =
        "division, code, version, standing, effective_from, effective_until, batch, published_at, hash, body"

    init(_ row: Row) throws {
        item = try CatalogueItem.stored(try row.get("body"))
        division = try row.get("division")
        version = try row.get("version")
        standing = ItemStanding(rawValue: try row.get("standing")) ?? .cancelled
        effectiveFrom = try row.get("effective_from")
        let until: LegalDay = try row.get("effective_until")
        effectiveUntil = until == .last ? nil : until
        batch = try row.get("batch")
        publishedAt = try row.get("published_at")
        hash = try row.get("hash")
    }

    /// Whether the item may be applied for on a day by this version.
    public func isInForce(on day: LegalDay) -> Bool {
        standing == .inForce && item.reformMode != .cancelled && effectiveFrom <= day
            && (effectiveUntil.map { day < $0 } ?? true)
    }
}

extension CatalogueItem {
    /// The text that is stored and hashed: canonical JSON.
    var canonicalText: String { String(decoding: json, as: UTF8.self) }

    /// Reads ``canonicalText``. What an earlier program published is read as it stands, also where the rules of today
    /// would refuse it.
    static func stored(_ text: String) throws -> CatalogueItem {
        try CatalogueItem(json: try JSONParser.parse(Array(text.utf8)))
    }

    /// The digest of its text.
    var hash: String { ItemDigest.of(canonicalText) }
}
