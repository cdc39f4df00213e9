import Extension
public import Standards
import Storage

/// How many steps of the five kinds that the plan wants fewer of (盖章、审核、备案、确认、告知) there are, of one theme or of
/// all items (R14.2).
public struct StepFigures: Sendable, Hashable {
    /// The theme; nil for all items together.
    public let theme: String?
    public let title: String
    /// Items in force that were counted.
    public let items: Int
    /// Of the five kinds.
    public let counts: [ItemStep.Kind: Int]

    /// All of them.
    public var total: Int { counts.values.reduce(0, +) }

    init(theme: String?, title: String, of items: [CatalogueItem]) {
        self.theme = theme
        self.title = title
        self.items = items.count
        counts = items.flatMap(\.steps).filter(\.kind.isToBeReduced).reduce(into: [:]) { $0[$1.kind, default: 0] += 1 }
    }
}

extension InventoryService {
    /// The figures of all items of a division on a day, and those of each theme whose items the inventory knows.
    ///
    /// It reads every item with such a step once: meant for a report, not for a page.
    public func stepFigures(
        division: String, themes: [Theme], on day: LegalDay
    ) async throws -> [StepFigures] {
        try await database.read { [self] snapshot in
            var all: [CatalogueItem] = []
            var after = ""
            while true {
                let page = try snapshot.rows(
                    """
                    SELECT \(PublishedItem.columns) FROM inventory_item_version
                    WHERE division = ? AND code > ? AND effective_from <= ? AND effective_until > ? AND standing = ?
                    ORDER BY code LIMIT 500
                    """, division, after, day, day, ItemStanding.inForce.rawValue
                ).map(PublishedItem.init)
                all += page.map(\.item)
                guard page.count == 500, let last = page.last else { break }
                after = last.item.code
            }
            let ofThemes = try themes.compactMap { theme -> StepFigures? in
                let known = try standings(
                    localCodes: theme.items.map(\.id), division: division, on: day, in: snapshot)
                let items = theme.items.compactMap { known[$0.id]?.first { $0.isInForce(on: day) }?.item }
                return items.isEmpty ? nil : StepFigures(theme: theme.id, title: theme.title, of: items)
            }
            return [StepFigures(theme: nil, title: "全部事项", of: all)] + ofThemes
        }
    }
}
