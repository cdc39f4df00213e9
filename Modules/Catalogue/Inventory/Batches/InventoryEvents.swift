public import Extension
public import Standards

/// A batch of changes was begun.
public struct ItemBatchOpened: Event, Hashable {
    public static let name = "inventory.batch_opened"
    public let batch: String
    public let source: String?
}

/// A batch went on, or back.
public struct ItemBatchMoved: Event, Hashable {
    public static let name = "inventory.batch_moved"
    public let batch: String
    public let action: ItemBatch.Action
    public let state: String
    /// The digest of all its changes.
    public let digest: String?
    /// The document by which it was adopted without a review here.
    public let basis: String?
}

/// A list of licences was published.
public struct ItemListPublished: Event, Hashable {
    public static let name = "inventory.list_published"
    public let list: String
    public let division: String
    public let day: LegalDay
    public let count: Int
    public let digest: String
}

/// A version of an item was published.
public struct ItemPublished: Event, Hashable {
    public static let name = "inventory.item_published"
    public let batch: String
    public let code: String
    public let version: Int
    public let standing: ItemStanding
    public let effectiveFrom: LegalDay
    /// The digest of its text.
    public let hash: String
}
