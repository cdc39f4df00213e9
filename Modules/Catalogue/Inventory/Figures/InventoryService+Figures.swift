import Extension
public import Standards
import Storage

/// How the catalogue stands: what it holds, how far it goes online, what the reforms came to (R00.2, R02.5, R04.3,
/// R05.19, R14.2).
public struct InventoryFigures: Sendable, Hashable {
    /// Items in force.
    public var items = 0
    public var suspended = 0
    public var cancelled = 0
    public var kinds: [CatalogueItem.Kind: Int] = [:]
    public var ways: [CatalogueItem.HandlingWay: Int] = [:]
    public var depths: [CatalogueItem.OnlineDepth: Int] = [:]
    public var modes: [CatalogueItem.ReformMode: Int] = [:]
    /// Steps of the five kinds that the plan wants fewer of, in all items together.
    public var reducibleSteps = 0
    /// Licences that stand in a published list.
    public var listed = 0
    /// Licences in force, which all belong into a list.
    public var licences = 0

    /// 入单率: licences that are listed, of those in force; nil where there are none.
    public var listedShare: Double? { licences == 0 ? nil : Double(listed) / Double(licences) }
}

extension InventoryService {
    /// The figures of a division, or of all, on a day.
    public func figures(division: String? = nil, on day: LegalDay) async throws -> InventoryFigures {
        try await database.read { [self] snapshot in
            var figures = InventoryFigures()
            let rows = try grouped("standing, kind", division, day, snapshot)
            for row in rows {
                let count: Int = try row.get("total")
                switch ItemStanding(rawValue: try row.get("standing")) {
                case .inForce:
                    figures.items += count
                    if let kind = CatalogueItem.Kind(rawValue: try row.get("kind")) {
                        figures.kinds[kind, default: 0] += count
                    }
                case .suspended: figures.suspended += count
                case .cancelled: figures.cancelled += count
                case nil: break
                }
            }
            for row in try grouped("standing, online_depth", division, day, snapshot, inForce: true) {
                let depth = try row.get("online_depth", as: String?.self).flatMap(CatalogueItem.OnlineDepth.init)
                if let depth { figures.depths[depth] = try row.get("total") }
            }
            for row in try grouped("standing, reform_mode", division, day, snapshot) {
                let mode = try row.get("reform_mode", as: String?.self).flatMap(CatalogueItem.ReformMode.init)
                let standing = ItemStanding(rawValue: try row.get("standing"))
                // An approval that was abolished is done with only once its item is cancelled.
                guard let mode, standing == (mode == .cancelled ? .cancelled : .inForce) else { continue }
                figures.modes[mode] = try row.get("total")
            }
            for row in try grouped("ways", division, day, snapshot, inForce: true) {
                let (words, count) = (try row.get("ways", as: String.self), try row.get("total", as: Int.self))
                for way in CatalogueItem.HandlingWay.allCases where words.contains(",\(way.rawValue),") {
                    figures.ways[way, default: 0] += count
                }
            }
            figures.licences = figures.kinds[.licence] ?? 0
            figures.reducibleSteps = try sum("reducible_steps", division, day, snapshot)
            figures.listed = try listedCount(division: division, on: day, in: snapshot)
            return figures
        }
    }

    private func grouped(
        _ columns: String, _ division: String?, _ day: LegalDay, _ snapshot: Snapshot, inForce: Bool = false
    ) throws -> [Row] {
        try snapshot.rows(
            """
            SELECT \(columns), count(*) AS total FROM inventory_item_version
            WHERE effective_from <= ? AND effective_until > ?\(division == nil ? "" : " AND division = ?")\(inForce
                ? " AND standing = '\(ItemStanding.inForce.rawValue)'" : "") GROUP BY \(columns)
            """, arguments: [day.sql, day.sql] + (division.map { [.text($0)] } ?? []))
    }

    private func sum(_ column: String, _ division: String?, _ day: LegalDay, _ snapshot: Snapshot) throws -> Int {
        let row = try snapshot.row(
            """
            SELECT CAST(coalesce(sum(\(column)), 0) AS BIGINT) AS total FROM inventory_item_version
            WHERE effective_from <= ? AND effective_until > ? AND standing = ? AND (? = '' OR division = ?)
            """, day, day, ItemStanding.inForce.rawValue, division ?? "", division ?? "")
        return try row?.get("total") ?? 0
    }
}
