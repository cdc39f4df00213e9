public import Standards
import Storage

/// A licence that keeps 入单率 or 指南编制率 below 100 %, for the organ that is to see to it (R02.5).
public struct CoverageGap: Sendable, Hashable {
    public let division: String
    public let code: String
    public let title: String
    public let department: String
    /// What is missing, in Chinese.
    public let missing: String
}

/// How much of the published lists of licences has a complete guide in force.
public struct GuideCoverage: Sendable, Hashable {
    /// Licences in the newest list of each division.
    public var listed = 0
    /// Those with a guide in force in which no element is missing.
    public var complete = 0
    /// What keeps either rate below 100 %, in the order of the codes.
    public var gaps: [CoverageGap] = []

    public init(listed: Int = 0) { self.listed = listed }

    /// 指南编制率; nil where nothing is listed.
    public var share: Double? { listed == 0 ? nil : Double(complete) / Double(listed) }
}

extension InventoryService {
    /// How the lists, the items in force and their guides cover each other.
    ///
    /// It reads every licence of the lists once: meant for a report, not for a page that many open.
    ///
    /// - Parameters:
    ///   - division: only its lists; nil for all.
    ///   - department: only the organs of that kind; nil for all.
    public func coverage(
        division: String? = nil, department: String? = nil, on day: LegalDay
    ) async throws -> GuideCoverage {
        try await database.read { [self] snapshot in
            let listed = try newestLists(division, department, day, snapshot)
            var coverage = GuideCoverage(listed: listed.count)
            var gaps = try unlisted(division, department, day, snapshot)
            for entry in listed {
                let missing = entry.guide.map { $0.item.gaps.map(\.missing) } ?? ["现行有效的版本"]
                if missing.isEmpty {
                    coverage.complete += 1
                } else {
                    gaps.append(
                        CoverageGap(
                            division: entry.division, code: entry.code, title: entry.title,
                            department: entry.department, missing: "指南缺\(missing.joined(separator: "、"))"))
                }
            }
            coverage.gaps = gaps.sorted { ($0.division, $0.code) < ($1.division, $1.code) }
            return coverage
        }
    }

    private struct Listed {
        let division: String
        let code: String
        let title: String
        let department: String
        let guide: PublishedItem?
    }

    private static let newest =
        "(SELECT division, max(id) AS id FROM inventory_list GROUP BY division) newest"

    /// The entries of the newest lists, each with the version in force or, without one, as it was last called.
    private func newestLists(
        _ division: String?, _ department: String?, _ day: LegalDay, _ snapshot: Snapshot
    ) throws -> [Listed] {
        try snapshot.rows(
            """
            SELECT \(PublishedItem.columns.split(separator: ", ").map { "v.\($0)" }.joined(separator: ", ")),
                v.title, v.department
            FROM inventory_list_item i
            JOIN \(Self.newest) ON newest.division = i.division AND newest.id = i.list
            JOIN inventory_item_version v ON v.division = i.division AND v.code = i.code
            WHERE v.version = (
                    SELECT max(w.version) FROM inventory_item_version w
                    WHERE w.division = i.division AND w.code = i.code AND w.effective_from <= ?)
                AND (? = '' OR i.division = ?) AND (? = '' OR v.department = ?)
            """, day, division ?? "", division ?? "", department ?? "", department ?? ""
        ).map { row in
            let item = try PublishedItem(row)
            return Listed(
                division: item.division, code: item.item.code, title: try row.get("title"),
                department: try row.get("department"), guide: item.isInForce(on: day) ? item : nil)
        }
    }

    /// Licences in force that stand in no newest list.
    private func unlisted(
        _ division: String?, _ department: String?, _ day: LegalDay, _ snapshot: Snapshot
    ) throws -> [CoverageGap] {
        try snapshot.rows(
            """
            SELECT v.division, v.code, v.title, v.department FROM inventory_item_version v
            WHERE v.effective_from <= ? AND v.effective_until > ? AND v.standing = ? AND v.kind = ?
                AND (? = '' OR v.division = ?) AND (? = '' OR v.department = ?)
                AND NOT EXISTS (
                    SELECT 1 FROM inventory_list_item i
                    JOIN \(Self.newest) ON newest.division = i.division AND newest.id = i.list
                    WHERE i.division = v.division AND i.code = v.code)
            """, day, day, ItemStanding.inForce.rawValue, CatalogueItem.Kind.licence.rawValue, division ?? "",
            division ?? "", department ?? "", department ?? ""
        ).map { row in
            CoverageGap(
                division: try row.get("division"), code: try row.get("code"), title: try row.get("title"),
                department: try row.get("department"), missing: "没有列入行政许可事项清单")
        }
    }
}
