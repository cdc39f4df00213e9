import Documents
import Extension
import Standards

/// Reads a catalogue of business scopes from CSV or XLSX, and tells everything that is wrong with it at once.
struct ScopeListReader {
    /// The most entries of an edition; the national catalogue has fewer than two thousand.
    static let limit = 20_000

    private enum Column: String, CaseIterable {
        case title = "规范表述"
        case aliases = "别名"
        case verdict = "准入"
        case licence = "许可"
        case stage = "前置或后置"
        case authority = "办理部门"
        case basis = "依据"

        var isRequired: Bool { self == .title || self == .verdict || self == .basis }
    }

    private(set) var entries: [ScopeEntry] = []
    private(set) var faults: [ImportFault] = []
    private var rowsByKey: [String: Int] = [:]

    /// - Throws: ``CatalogueError`` when the file as a whole can't be read.
    init(_ path: String, sheet: String?) throws {
        let file = try CatalogueError.ofFile { try TableFile(path: path) }
        var columns: [Int: Column]?
        do {
            try file.forEachRow(sheet: sheet) { row in
                if let columns {
                    try add(row, columns)
                } else if !row.isTitle {
                    columns = try Self.heading(row)
                }
            }
        } catch let error as DocumentsError {
            throw CatalogueError.file(error)
        }
        if entries.isEmpty, faults.isEmpty { throw CatalogueError.emptyTable }
    }

    /// Writes an empty table with one row as an example.
    static func writeTemplate(to path: String) throws {
        try CatalogueError.ofFile {
            var writer = try TableWriter(path: path, sheet: "经营范围目录")
            try writer.heading(Column.allCases.map { ($0.isRequired ? "*" : "") + $0.rawValue })
            try writer.row(["食品销售", "食品零售、食品批发", "需要许可", "食品经营许可证", "后置", "市场监管", "食品安全法第三十五条"])
            try writer.finish()
        }
    }

    private static func heading(_ row: TableRow) throws -> [Int: Column] {
        var columns: [Int: Column] = [:]
        var findings: [Finding] = []
        var unknown: [String] = []
        for (position, cell) in row.cells.enumerated() {
            let title = cell.filter { !$0.isWhitespace && $0 != "*" }
            if title.isEmpty { continue }
            guard let column = Column(rawValue: title) else {
                unknown.append(title)
                continue
            }
            if columns.values.contains(column) {
                findings.append(Finding(title, "import.column_twice", "“\(title)”这一列出现了两次，请删去一列。"))
            }
            columns[position] = column
        }
        for column in Column.allCases where column.isRequired && !columns.values.contains(column) {
            let hint = nearest(to: column.rawValue, among: unknown).map { "（是不是“\($0)”这一列？）" } ?? ""
            findings.append(
                Finding(column.rawValue, "import.column_missing", "缺少“\(column.rawValue)”这一列\(hint)。"))
        }
        if findings.isEmpty { return columns }
        throw CatalogueError(
            code: "catalogue.import_heading", status: 422, title: "表头读不懂",
            message: "第一行应是表头。可以用 yiciban scope template 生成一份空表对照。", findings: findings)
    }

    private mutating func add(_ row: TableRow, _ columns: [Int: Column]) throws {
        guard entries.count < Self.limit else {
            throw CatalogueError(
                code: "catalogue.import_too_long", status: 422, title: "目录太长",
                message: "一份目录最多 \(Self.limit) 行。请检查是不是选错了文件。")
        }
        var cells: [Column: String] = [:]
        var found: [ImportFault] = []
        func fault(_ column: Column, _ message: String) {
            let position = columns.first { $0.value == column }?.key
            found.append(
                ImportFault(
                    row: row.number, column: position.map(TableRow.letters(ofColumn:)) ?? "", title: column.rawValue,
                    message: message))
        }
        for (position, column) in columns where position < row.cells.count {
            cells[column] = row.cells[position].withoutInvisibles.trimmed
        }
        for broken in row.faults { fault(columns[broken.column] ?? .title, broken.message) }
        for column in Column.allCases {
            let value = cells[column] ?? ""
            if column.isRequired, value.isEmpty { fault(column, "“\(column.rawValue)”没有填写。") }
            if value.count > 500 { fault(column, "“\(column.rawValue)”超过 500 个字。") }
        }
        let verdict = ScopeEntry.Verdict.allCases.first { $0.chinese == cells[.verdict] }
        if verdict == nil, let written = cells[.verdict], !written.isEmpty {
            fault(.verdict, "“\(written)”不认得，请写：\(ScopeEntry.Verdict.allCases.map(\.chinese).joined(separator: "、"))。")
        }
        let stage = ScopeEntry.Stage.allCases.first { $0.chinese == cells[.stage] }
        if let written = cells[.stage], !written.isEmpty, stage == nil {
            fault(.stage, "“\(written)”不认得，请写前置或后置。")
        }
        if verdict == .licence {
            if (cells[.licence] ?? "").isEmpty { fault(.licence, "需要许可的，请写明是什么许可。") }
            if (cells[.stage] ?? "").isEmpty { fault(.stage, "需要许可的，请写明是前置还是后置。") }
        } else if verdict != nil, !(cells[.licence] ?? "").isEmpty {
            fault(.licence, "只有需要许可的才写许可名称。")
        }
        let aliases = (cells[.aliases] ?? "").split(whereSeparator: { "、；;，,".contains($0) })
            .map { String($0).trimmed }.filter { !$0.isEmpty }
        for wording in [cells[.title] ?? ""] + aliases where !wording.isEmpty {
            if let first = rowsByKey.updateValue(row.number, forKey: ScopeText.key(wording)) {
                fault(.title, "“\(wording)”在第 \(first) 行已经有了，一种写法只能有一个结论。")
            }
        }
        faults += found
        guard found.isEmpty, let verdict else { return }
        entries.append(
            ScopeEntry(
                title: cells[.title] ?? "", aliases: aliases, verdict: verdict, licence: cells[.licence] ?? "",
                stage: verdict == .licence ? stage : nil, authority: cells[.authority] ?? "",
                basis: cells[.basis] ?? ""))
    }
}
