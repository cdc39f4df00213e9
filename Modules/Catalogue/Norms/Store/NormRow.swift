import Documents
import Extension
import Standards

/// One line of a table of norms, read: the norm's values, or everything that is wrong with it.
struct NormRow {
    static let headings = ["*编号", "*名称", "*层级", "主题", "*实施日期", "废止日期", "代替它的编号"]

    let number: String
    let title: String
    let level: ServiceNorm.Level
    let theme: String
    let effectiveFrom: LegalDay
    let withdrawnOn: LegalDay?
    let replacedBy: String

    /// A number in its usual writing: half-width, one space between the parts.
    static func number(_ text: String) -> String {
        text.halfWidth.withoutInvisibles.uppercased().split(whereSeparator: \.isWhitespace).joined(separator: " ")
            .replacing("—", with: "-").replacing("–", with: "-")
    }

    /// Where each column stands.
    ///
    /// - Throws: ``CatalogueError`` with every column that is missing.
    static func columns(_ row: TableRow) throws -> [String: Int] {
        var found: [String: Int] = [:]
        for (position, cell) in row.cells.enumerated() {
            found[cell.filter { !$0.isWhitespace && $0 != "*" }] = position
        }
        let missing = headings.filter { $0.hasPrefix("*") && found[String($0.dropFirst())] == nil }
        if missing.isEmpty { return found }
        throw CatalogueError(
            code: "catalogue.import_heading", status: 422, title: "表头读不懂",
            message: "第一行应是表头。可以用 yiciban norm template 生成一份空表对照。",
            findings: missing.map {
                Finding(String($0.dropFirst()), "import.column_missing", "缺少“\($0.dropFirst())”这一列。")
            })
    }

    /// Reads a line.
    ///
    /// - Returns: nil when something is wrong with it, which is then among the faults.
    init?(_ row: TableRow, _ columns: [String: Int], faults: inout [ImportFault]) {
        var found: [ImportFault] = []
        func cell(_ title: String) -> String {
            guard let position = columns[title], position < row.cells.count else { return "" }
            return row.cells[position].withoutInvisibles.trimmed
        }
        func fault(_ title: String, _ message: String) {
            found.append(
                ImportFault(
                    row: row.number, column: columns[title].map(TableRow.letters(ofColumn:)) ?? "", title: title,
                    message: message))
        }
        func day(_ title: String) -> LegalDay? {
            let text = cell(title)
            if text.isEmpty { return nil }
            if let day = try? LegalDay(text) { return day }
            fault(title, "“\(text)”不是日期，请写成 2026-01-31 这样。")
            return nil
        }
        for broken in row.faults { fault("", broken.message) }
        for title in Self.headings.filter({ $0.hasPrefix("*") }).map({ String($0.dropFirst()) })
        where cell(title).isEmpty {
            fault(title, "“\(title)”没有填写。")
        }
        for title in ["编号", "名称", "主题", "代替它的编号"] where cell(title).count > 200 {
            fault(title, "“\(title)”超过 200 个字。")
        }
        let level = ServiceNorm.Level(rawValue: cell("层级"))
        if level == nil, !cell("层级").isEmpty {
            fault("层级", "“\(cell("层级"))”不认得，请写：\(ServiceNorm.Level.allCases.map(\.rawValue).joined(separator: "、"))。")
        }
        let (from, until) = (day("实施日期"), day("废止日期"))
        if let from, let until, until <= from { fault("废止日期", "废止日期要晚于实施日期。") }
        faults += found
        guard found.isEmpty, let level, let from else { return nil }
        number = Self.number(cell("编号"))
        title = cell("名称")
        self.level = level
        theme = cell("主题")
        effectiveFrom = from
        withdrawnOn = until
        replacedBy = Self.number(cell("代替它的编号"))
    }
}
