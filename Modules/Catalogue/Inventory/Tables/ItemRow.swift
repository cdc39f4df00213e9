import Documents
import Extension
import Standards

/// One row of an item list, read: the item, or everything that is wrong with it.
struct ItemRow {
    /// The row's number in the file.
    let number: Int
    let item: CatalogueItem?
    let faults: [ImportFault]

    init(_ row: TableRow, heading: ItemHeading) {
        var members: [String: JSONValue] = [:]
        var faults = row.faults.map { fault in
            ImportFault(
                row: row.number, column: TableRow.letters(ofColumn: fault.column),
                title: heading.columns[fault.column]?.title ?? "", message: fault.message)
        }
        let faulty = Set(row.faults.map(\.column))
        func fault(at position: Int, _ message: String) {
            faults.append(
                ImportFault(
                    row: row.number, column: TableRow.letters(ofColumn: position),
                    title: heading.columns[position]?.title ?? "", message: message))
        }
        for (position, column) in heading.columns.sorted(by: { $0.key < $1.key }) where !faulty.contains(position) {
            var cell = position < row.cells.count ? row.cells[position].withoutInvisibles : ""
            cell = String(cell.drop { $0.isWhitespace }.reversed().drop { $0.isWhitespace }.reversed()).asCode
            if cell.isEmpty {
                if column.isRequired { fault(at: position, "“\(column.title)”没有填写。") }
                continue
            }
            if let unit = heading.unit(of: column.field, in: row), Double(cell) != nil {
                cell = cell == "0" ? "当场" : cell + unit
            }
            switch column.read(cell) {
            case .none: break
            case .fields(let read): members.merge(read) { $1 }
            case .fault(let message): fault(at: position, message)
            }
        }
        // What is faulty already would be reported a second time as missing.
        let told = Set(
            heading.columns.filter { column in
                faults.contains { $0.column == TableRow.letters(ofColumn: column.key) }
            }.map(\.value.field))
        var findings: [Finding] = []
        let item = CatalogueItem.schema.decode(.object(members), findings: &findings)
        findings += item?.contradictions ?? []
        findings.removeAll { told.contains(String($0.field.prefix { $0 != "." && $0 != "[" })) }
        for finding in findings {
            let field = String(finding.field.prefix { $0 != "." && $0 != "[" })
            let position = heading.columns.first { $0.value.field == field }?.key
            faults.append(
                ImportFault(
                    row: row.number, column: position.map(TableRow.letters(ofColumn:)) ?? "",
                    title: position.flatMap { heading.columns[$0]?.title } ?? field, message: finding.message))
        }
        self.init(number: row.number, item: faults.isEmpty ? item : nil, faults: faults)
    }

    init(number: Int, item: CatalogueItem?, faults: [ImportFault]) {
        self.number = number
        self.item = item
        self.faults = faults
    }
}

/// One thing that is wrong in a file to be imported, with its place.
public struct ImportFault: Sendable, Hashable {
    /// The row in the file, from 1; for JSON the element's number.
    public let row: Int
    /// The column's letters; empty where there are none.
    public let column: String
    /// What the column is called.
    public let title: String
    /// What is wrong and what to do, in Chinese.
    public let message: String

    public init(row: Int, column: String, title: String, message: String) {
        self.row = row
        self.column = column
        self.title = title
        self.message = message
    }

    /// Where it is, such as 第 12 行 C 列（事项名称）.
    public var place: String {
        "第 \(row) 行" + (column.isEmpty ? "" : " \(column) 列") + (title.isEmpty ? "" : "（\(title)）")
    }
}
