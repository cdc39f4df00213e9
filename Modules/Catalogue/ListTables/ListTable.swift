import Documents
public import Extension
import Standards

/// A list that offices keep as a table (CSV or XLSX): its columns, its empty form, and how it is read with everything
/// that is wrong told at once. Plugins read their lists with it.
public struct ListTable: Sendable {
    /// One column, told apart by its title.
    public struct Column: Sendable, Hashable {
        public let title: String
        public let isRequired: Bool
        /// The most characters of a cell.
        public let maximumLength: Int
        /// What stands in the empty form's row of examples.
        public let example: String

        public init(_ title: String, isRequired: Bool = false, maximumLength: Int = 200, example: String = "") {
            self.title = title
            self.isRequired = isRequired
            self.maximumLength = maximumLength
            self.example = example
        }
    }

    /// What reading a table gave.
    public struct Reading: Sendable {
        public let rows: [ListTableRow]
        /// Everything that is wrong with cells; a faulty row is among ``rows`` too, so that more can be said of it.
        public let faults: [ImportFault]
    }

    /// What the sheet of an empty form is called.
    public let sheet: String
    public let columns: [Column]
    /// The most rows of one file.
    public let limit: Int
    /// The command that writes an empty form, such as `yiciban norm template`.
    public let templateCommand: String

    public init(sheet: String, columns: [Column], limit: Int = 10_000, templateCommand: String) {
        self.sheet = sheet
        self.columns = columns
        self.limit = limit
        self.templateCommand = templateCommand
    }

    /// Writes an empty form with one row of examples; required columns bear a star.
    ///
    /// - Throws: ``CatalogueError`` when the file can't be written.
    public func writeTemplate(to path: String) throws {
        try CatalogueError.ofFile {
            var writer = try TableWriter(path: path, sheet: sheet)
            try writer.heading(columns.map { ($0.isRequired ? "*" : "") + $0.title })
            try writer.row(columns.map(\.example))
            try writer.finish()
        }
    }

    /// Reads a file.
    ///
    /// - Parameters:
    ///   - path: CSV or XLSX, told apart by content.
    ///   - sheet: the name of a spreadsheet's sheet; nil is its first.
    /// - Throws: ``CatalogueError`` when the file as a whole can't be read, its heading lacks a column, or it is empty.
    public func read(_ path: String, sheet: String? = nil) throws -> Reading {
        var rows: [ListTableRow] = []
        var faults: [ImportFault] = []
        var positions: [String: Int]?
        do {
            try TableFile(path: path).forEachRow(sheet: sheet) { row in
                guard let positions else {
                    if !row.isTitle { positions = try heading(row) }
                    return
                }
                guard rows.count < limit else {
                    throw CatalogueError(
                        code: "catalogue.import_too_long", status: 422, title: "表太长",
                        message: "一次最多 \(limit) 行，请分几次导入。")
                }
                let line = ListTableRow(row, positions)
                faults += row.faults.map { fault in
                    line.fault(positions.first { $0.value == fault.column }?.key ?? "", fault.message)
                }
                faults += self.faults(of: line)
                rows.append(line)
            }
        } catch let error as DocumentsError {
            throw CatalogueError.file(error)
        }
        if rows.isEmpty {
            throw CatalogueError(
                code: "catalogue.import_empty", status: 422, title: "没有内容", message: "文件里没有一行内容，请检查是不是选错了文件或工作表。")
        }
        return Reading(rows: rows, faults: faults)
    }

    private func faults(of row: ListTableRow) -> [ImportFault] {
        columns.compactMap { column in
            let value = row[column.title]
            if column.isRequired, value.isEmpty { return row.fault(column.title, "“\(column.title)”没有填写。") }
            if value.count > column.maximumLength {
                return row.fault(column.title, "“\(column.title)”超过 \(column.maximumLength) 个字。")
            }
            return nil
        }
    }

    private func heading(_ row: TableRow) throws -> [String: Int] {
        var positions: [String: Int] = [:]
        var findings: [Finding] = []
        var unknown: [String] = []
        for (position, cell) in row.cells.enumerated() {
            let title = cell.filter { !$0.isWhitespace && $0 != "*" }
            if title.isEmpty { continue }
            if !columns.contains(where: { $0.title == title }) { unknown.append(title) }
            if positions.updateValue(position, forKey: title) != nil {
                findings.append(Finding(title, "import.column_twice", "“\(title)”这一列出现了两次，请删去一列。"))
            }
        }
        for column in columns where column.isRequired && positions[column.title] == nil {
            let hint = nearest(to: column.title, among: unknown).map { "（是不是“\($0)”这一列？）" } ?? ""
            findings.append(Finding(column.title, "import.column_missing", "缺少“\(column.title)”这一列\(hint)。"))
        }
        if findings.isEmpty { return positions }
        throw CatalogueError(
            code: "catalogue.import_heading", status: 422, title: "表头读不懂",
            message: "第一行应是表头。可以用 \(templateCommand) 生成一份空表对照。", findings: findings)
    }
}

/// A row of a ``ListTable``.
public struct ListTableRow: Sendable {
    /// The row's number in the file, from 1.
    public let number: Int
    private let cells: [String]
    private let positions: [String: Int]

    init(_ row: TableRow, _ positions: [String: Int]) {
        number = row.number
        cells = row.cells.map { $0.withoutInvisibles.trimmed }
        self.positions = positions
    }

    /// What stands under a title, trimmed; empty where nothing does.
    public subscript(title: String) -> String {
        guard let position = positions[title], position < cells.count else { return "" }
        return cells[position]
    }

    /// The parts of a cell that holds several, such as `网上、线下`.
    public func list(_ title: String) -> [String] {
        self[title].split { "、；;，,".contains($0) }.map { String($0).trimmed }.filter { !$0.isEmpty }
    }

    /// Something wrong with a cell, or with the row where the title is empty.
    public func fault(_ title: String, _ message: String) -> ImportFault {
        ImportFault(
            row: number, column: positions[title].map(TableRow.letters(ofColumn:)) ?? "", title: title,
            message: message)
    }
}

extension [ImportFault] {
    /// Everything that is wrong with a file of which nothing was taken over.
    public var problem: Problem {
        Problem(
            422, "catalogue.import_faults", "表格有误，没有导入", "共有 \(count) 处错误。请全部改正后再导入。",
            findings: map { Finding($0.place, "import.fault", $0.message) })
    }
}
