import PluginKit

/// The table by which results of one item are entered: its columns, and how a row becomes an entry.
struct ResultSheet {
    /// One column.
    struct Column {
        enum Content {
            case caseNumber
            case outsideNumber
            case field(FormField, of: ResultDefinition)
        }

        let title: String
        let content: Content

        var isOptional: Bool {
            switch content {
            case .caseNumber: false
            case .outsideNumber: true
            case .field(let field, _): !field.isRequired
            }
        }

        /// What to write into it.
        var hint: String {
            switch content {
            case .caseNumber: "本系统的办件编号，在待办和办件资料里"
            case .outsideNumber: "部门系统里的编号"
            case .field(let field, _):
                field.hint
                    ?? (field.kind == .day
                        ? "例如 2026-11-22，2026/11/22 也行"
                        : field.options.isEmpty ? "" : field.options.joined(separator: "、"))
            }
        }
    }

    /// How many rows are entered at a time.
    static let limit = 500

    let item: ItemDefinition
    let columns: [Column]

    init(_ item: ItemDefinition) {
        self.item = item
        let fields = item.results.flatMap { result in
            result.fields.map { field in
                let title = item.results.count > 1 ? "\(result.title)：\(field.title)" : field.title
                return Column(title: title, content: .field(field, of: result))
            }
        }
        columns =
            [
                Column(title: "办件编号", content: .caseNumber),
                Column(title: "部门办件号", content: .outsideNumber),
            ] + fields
    }

    /// The columns in the order of a first row that names them; nil when the first row names none.
    ///
    /// - Throws: a finding for each name that is no column's, and when there is none for the case's number.
    func columns(named cells: [String]) throws -> [Column]? {
        let named = cells.map { cell in columns.first { $0.title == cell } }
        guard cells.first == columns[0].title || named.compactMap(\.self).count > 1 else { return nil }
        var findings = zip(cells, named).filter { $1 == nil && !$0.isEmpty }.map { cell, _ in
            Finding("rows", "sheet.unknown_column", "第一行里的“\(cell)”不是这张表的列，请按上面的列名改好。")
        }
        if !cells.contains(columns[0].title) {
            findings.append(Finding("rows", "sheet.no_number", "第一行里没有“办件编号”这一列。"))
        }
        if !findings.isEmpty { throw Problem.invalid(findings) }
        return named.compactMap(\.self)
    }

    /// The entry of a row.
    ///
    /// - Throws: a finding when the row has more cells than there are columns, or no number.
    func entry(_ row: SheetText.Row, columns: [Column]) throws -> BatchEntry {
        let filled = row.cells.lastIndex { !$0.isEmpty }.map { $0 + 1 } ?? 0
        if filled > columns.count {
            throw Finding("rows", "sheet.too_wide", "这一行有 \(filled) 列，应当是 \(columns.count) 列。请检查内容里有没有多余的逗号。")
        }
        var entry = BatchEntry(number: "", item: item.id, results: [:])
        for (column, cell) in zip(columns, row.cells) where !cell.isEmpty {
            switch column.content {
            case .caseNumber: entry.number = cell
            case .outsideNumber: entry.outsideNumber = cell
            case .field(let field, let result):
                entry.results[result.id, default: [:]][field.id] =
                    field.kind == .day ? LegalDay(written: cell)?.text ?? cell : cell.asCode
            }
        }
        if entry.number.isEmpty { throw Finding("rows", "sheet.no_number", "没有填办件编号。") }
        if entry.number.count > 60 || (entry.outsideNumber ?? "").count > 100 {
            throw Finding("rows", "field.too_long", "编号太长，请检查各列有没有错位。")
        }
        return entry
    }
}
