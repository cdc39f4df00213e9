import Documents
import Extension

/// The heading of an item list: which column stands where.
struct ItemHeading {
    /// The known columns by position.
    let columns: [Int: ItemColumn]
    /// Headings that nobody knows, which are passed over.
    let unknown: [String]
    /// A column with the unit of a limit that is given as a bare number, by the limit's field.
    private let units: [String: Int]

    private static let unitTitles = [
        "statutory_limit": ["anticipate_type", "法定办结时限单位", "法定时限单位"],
        "promised_limit": ["promise_type", "承诺办结时限单位", "承诺时限单位"],
    ]

    /// - Throws: ``CatalogueError`` when a required column is missing or one stands there twice.
    init(_ row: TableRow) throws {
        var columns: [Int: ItemColumn] = [:]
        var unknown: [String] = []
        var units: [String: Int] = [:]
        var findings: [Finding] = []
        for (position, cell) in row.cells.enumerated() {
            let title = Self.plain(cell)
            if title.isEmpty { continue }
            if let field = Self.unitTitles.first(where: { $0.value.contains(title) })?.key {
                units[field] = position
            } else if let column = ItemColumn.all.first(where: { ([$0.title, $0.field] + $0.aliases).contains(title) })
            {
                if columns.values.contains(where: { $0.field == column.field }) {
                    findings.append(
                        Finding(column.field, "import.column_twice", "“\(column.title)”这一列出现了两次，请删去一列。"))
                }
                columns[position] = column
            } else {
                unknown.append(cell)
            }
        }
        for column in ItemColumn.all where column.isRequired {
            if columns.values.contains(where: { $0.field == column.field }) { continue }
            let hint = nearest(to: column.title, among: unknown).map { "（是不是“\($0)”这一列？）" } ?? ""
            findings.append(Finding(column.field, "import.column_missing", "缺少“\(column.title)”这一列\(hint)。"))
        }
        if !findings.isEmpty { throw CatalogueError.unreadableHeading(findings) }
        self.columns = columns
        self.unknown = unknown
        self.units = units
    }

    /// The columns in their own order, as the editor has them.
    init(columns: [ItemColumn]) {
        self.columns = Dictionary(uniqueKeysWithValues: columns.enumerated().map { ($0.offset, $0.element) })
        unknown = []
        units = [:]
    }

    /// A heading without marks of obligation, spaces and remarks in brackets.
    private static func plain(_ cell: String) -> String {
        let bare = cell.filter { !$0.isWhitespace && $0 != "*" && $0 != "＊" }
        return String(bare.prefix { $0 != "（" && $0 != "(" })
    }

    /// The unit that stands beside a bare number: 1 for working days, 2 for natural days, or in words.
    func unit(of field: String, in row: TableRow) -> String? {
        guard let position = units[field], position < row.cells.count else { return nil }
        switch row.cells[position].filter({ !$0.isWhitespace }) {
        case "1", "工作日", "G": return "个工作日"
        case "2", "自然日", "日", "天", "Z": return "个自然日"
        case "3", "月", "Y": return "个月"
        default: return nil
        }
    }
}
