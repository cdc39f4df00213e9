import Documents
public import Extension

/// An item as a sheet of cells, one for each column: what the editor shows and what lists hold are the same words.
public struct ItemSheet: Sendable, Hashable {
    /// One column of the sheet.
    public struct Column: Sendable, Hashable {
        /// The field, such as `promised_limit`.
        public let field: String
        public let title: String
        public let isRequired: Bool
        /// How the cell is to be written, where that is not plain.
        public let hint: String?
        /// Whether it takes several lines.
        public let isLong: Bool
        /// The words that may stand in it; empty for free text.
        public let words: [String]
        /// The parts of an entry, for a cell that holds a list; empty for any other.
        public let parts: [Part]
        /// What is to be known of the list as a whole.
        public let listHint: String?
    }

    /// The cells by field.
    public var cells: [String: String]

    public init(cells: [String: String]) { self.cells = cells }

    public init(_ item: CatalogueItem) {
        cells = ItemColumn.all.reduce(into: [:]) { $0[$1.field] = $1.write(item) }
    }

    /// The columns in their order.
    public static let columns: [Column] = ItemColumn.all.map { column in
        Column(
            field: column.field, title: column.title, isRequired: column.isRequired, hint: hints[column.field],
            isLong: long.contains(column.field), words: words[column.field] ?? [],
            parts: parts[column.field] ?? [], listHint: listHints[column.field])
    }

    /// Reads the sheet: the item, or everything that is wrong, by field.
    public func read() -> (item: CatalogueItem?, findings: [Finding]) {
        let columns = ItemColumn.all
        let row = TableRow(number: 1, cells: columns.map { cells[$0.field] ?? "" })
        let read = ItemRow(row, heading: ItemHeading(columns: columns))
        let byTitle = Dictionary(columns.map { ($0.title, $0.field) }, uniquingKeysWith: { $1 })
        return (
            read.item, read.faults.map { Finding(byTitle[$0.title] ?? $0.title, "item.cell", $0.message) }
        )
    }

    private static let long: Set<String> = [
        "legal_basis", "conditions", "materials", "steps", "fees", "special_procedures", "supervision_points",
        "supervision_rules", "answers", "contact", "complaints", "place", "hours",
    ]

    private static let hints = [
        "code": "31 位：单位的统一社会信用代码 18 位、层级 1 位、基本编码 12 位",
        "local_code": "本地或主题里用的编号，例如 P03",
        "statutory_limit": "例如 20个工作日、15个自然日、3个月；法律没有规定的留空",
        "promised_limit": "例如 5个工作日、当场办结；不得长于法定时限",
        "audiences": "可写多个，用顿号分开：自然人、企业法人、事业法人、社会组织法人、非法人企业",
        "materials": "一行一种：名称｜形式｜份数｜必要或非必要｜来源｜依据。没有材料的写“无”",
        "steps": "一行一步：环节｜类型｜时限。类型有受理、审查、审核、盖章、备案、确认、告知、特别程序、决定、送达",
        "fees": "一行一项：项目｜标准｜依据｜减免",
        "ways": "可写多个，用顿号分开：网上可办、自助简办、跨域通办、基层能办、企业快办",
        "answers": "一行一问：问题｜回答",
        "supervisor": "行政许可必填", "supervision_points": "行政许可必填", "supervision_rules": "行政许可必填",
    ]

    private static let listHints = [
        "materials": "没有材料的，第一条的名称写“无”", "steps": "审核、盖章、备案、确认、告知计入要减少的环节",
        "fees": "不收费的不填，“是否收费”选“否”", "answers": "没有的不填",
    ]

    private static let words = [
        "kind": CatalogueItem.Kind.allCases.map(\.rawValue),
        "handling": CatalogueItem.Handling.allCases.map(\.rawValue),
        "online_depth": CatalogueItem.OnlineDepth.allCases.map(\.rawValue),
        "reform_mode": CatalogueItem.ReformMode.allCases.map(\.rawValue), "is_free": ["是", "否"],
    ]
}
