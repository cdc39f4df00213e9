public import Standards
public import Storage

extension InventoryService {
    /// The items that changed in a stretch of time, each in the version that holds at its end, in the order of codes: a
    /// version counts when it was published or came into force in it.
    ///
    /// - Parameters:
    ///   - changes: when they changed.
    ///   - after: the code after which to begin.
    ///   - limit: the most to give.
    public func items(
        changed changes: Range<Instant>, after: String, limit: Int, in snapshot: Snapshot
    ) throws -> [PublishedItem] {
        let first = changes.lowerBound.day
        let last = Instant(milliseconds: changes.upperBound.milliseconds - 1).day
        return try snapshot.rows(
            """
            SELECT \(PublishedItem.columns) FROM inventory_item_version
            WHERE code > ? AND effective_from <= ? AND effective_until > ?
                AND ((published_at >= ? AND published_at < ?) OR effective_from >= ?)
            ORDER BY code LIMIT ?
            """, after, last, last, changes.lowerBound, changes.upperBound, first, limit
        ).map(PublishedItem.init)
    }

    /// The newest version of an item; nil for a code that the inventory never had.
    public func latest(_ code: String, in snapshot: Snapshot) throws -> PublishedItem? {
        try snapshot.row(
            """
            SELECT \(PublishedItem.columns) FROM inventory_item_version
            WHERE code = ? ORDER BY version DESC LIMIT 1
            """, code
        ).map(PublishedItem.init)
    }

    /// The credit codes of the organs that implement items.
    public func organs(in snapshot: Snapshot) throws -> Set<String> {
        Set(
            try snapshot.rows("SELECT DISTINCT substr(code, 1, 18) AS organ FROM inventory_item").map {
                try $0.get("organ")
            })
    }
}
