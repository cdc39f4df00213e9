public import Standards
public import Storage

/// How an item that themes know by a local code stands, without its elements: all that a submission asks.
public struct KnownStanding: Sendable, Hashable {
    public let standing: ItemStanding
    public let reformMode: CatalogueItem.ReformMode?

    /// Whether it may be applied for.
    public var isInForce: Bool { standing == .inForce && reformMode != .cancelled }
}

extension InventoryService {
    /// How the items that themes know by a local code stand on a day in a division or one above it; a code that the
    /// inventory never had is left out.
    ///
    /// No element is read, since every submission asks this of all its items.
    public func known(
        localCodes: [String], division: String, on day: LegalDay, in snapshot: Snapshot
    ) throws -> [String: [KnownStanding]] {
        if localCodes.isEmpty { return [:] }
        func marks(_ values: [String]) -> String { values.map { _ in "?" }.joined(separator: ", ") }
        let lineage = DivisionCode.lineage(of: division)
        let rows = try snapshot.rows(
            """
            SELECT local_code, standing, reform_mode FROM inventory_item_version
            WHERE local_code IN (\(marks(localCodes))) AND division IN (\(marks(lineage)))
                AND effective_from <= ? AND effective_until > ?
            """, arguments: (localCodes + lineage).map { .text($0) } + [day.sql, day.sql])
        var found: [String: [KnownStanding]] = [:]
        for row in rows {
            let mode = try row.get("reform_mode", as: String?.self).flatMap(CatalogueItem.ReformMode.init)
            found[try row.get("local_code"), default: []].append(
                KnownStanding(
                    standing: ItemStanding(rawValue: try row.get("standing")) ?? .cancelled, reformMode: mode))
        }
        return found
    }
}
