public import Standards
import Storage

/// An element in which places differ that must be the same wherever the item is handled (同要素管理, R02.7).
public struct ElementDifference: Sendable, Hashable {
    /// The basic code.
    public let basicCode: String
    /// The element's title.
    public let element: String
    /// What each of the differing places says, by implementing code.
    public let values: [String: String]
}

extension InventoryService {
    /// What must be the same in all places.
    private static let sameElements = ["title", "kind", "conditions", "materials", "statutory_limit"]

    /// The items that several places handle with other elements, by basic code.
    ///
    /// - Parameter limit: how many basic codes at most.
    public func differences(on day: LegalDay, after cursor: String? = nil, limit: Int = 50) async throws
        -> [ElementDifference]
    {
        try await database.read { snapshot in
            let codes = try snapshot.rows(
                """
                SELECT basic_code FROM inventory_item_version
                WHERE effective_from <= ? AND effective_until > ? AND standing = ? AND basic_code > ?
                GROUP BY basic_code HAVING count(*) > 1 AND count(DISTINCT hash) > 1 ORDER BY basic_code LIMIT ?
                """, day, day, ItemStanding.inForce.rawValue, cursor ?? "", limit
            ).map { try $0.get("basic_code", as: String.self) }
            return try codes.flatMap { code -> [ElementDifference] in
                let items = try snapshot.rows(
                    """
                    SELECT \(PublishedItem.columns) FROM inventory_item_version
                    WHERE basic_code = ? AND effective_from <= ? AND effective_until > ? AND standing = ? ORDER BY code
                    """, code, day, day, ItemStanding.inForce.rawValue
                ).map(PublishedItem.init).map(\.item)
                return ItemColumn.all.filter { Self.sameElements.contains($0.field) }.compactMap { column in
                    let values = Dictionary(
                        items.map { ($0.code, column.write($0)) }, uniquingKeysWith: { first, _ in first })
                    return Set(values.values).count > 1
                        ? ElementDifference(basicCode: code, element: column.title, values: values) : nil
                }
            }
        }
    }
}
