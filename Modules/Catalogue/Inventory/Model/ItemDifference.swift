/// What differs between two versions of an item, column by column.
public struct ItemDifference: Sendable, Hashable {
    public let code: String
    public let title: String
    /// Whether the item is new.
    public let isNew: Bool
    /// The differing fields.
    public let lines: [Line]

    /// One field that differs.
    public struct Line: Sendable, Hashable {
        /// The column's title.
        public let title: String
        public let before: String
        public let after: String
    }

    init(from before: CatalogueItem?, to after: CatalogueItem) {
        code = after.code
        title = after.title
        isNew = before == nil
        lines =
            before.map { before in
                ItemColumn.all.compactMap { column in
                    let (old, new) = (column.write(before), column.write(after))
                    return old == new ? nil : Line(title: column.title, before: old, after: new)
                }
            } ?? []
    }
}

extension CatalogueItem {
    /// What differs from another version, column by column.
    public func differences(from before: CatalogueItem) -> [ItemDifference.Line] {
        ItemDifference(from: before, to: self).lines
    }
}
