import Documents
import Extension

/// Reads a workbook, or one CSV, with the lists of an organisation; each list is known by its heading.
struct RosterReader {
    /// The lists in the order in which they must be written.
    let tables: [RosterTable]
    /// Sheets that are none of ours.
    let passedOver: [String]

    init(_ path: String) throws {
        do {
            let file = try TableFile(path: path)
            let sheets: [String?] = file.kind == .xlsx ? try file.sheets().map(Optional.some) : [nil]
            var found: [RosterTable] = []
            var passedOver: [String] = []
            for sheet in sheets {
                var table: RosterTable?
                var isKnown = true
                do {
                    try file.forEachRow(sheet: sheet) { row in
                        if table != nil {
                            table?.add(row)
                        } else if isKnown, let kind = RosterKind.of(row.cells) {
                            table = RosterTable(kind, heading: row.cells)
                        } else if !row.isTitle {
                            isKnown = false
                        }
                    }
                } catch let error as DocumentsError where error.code == .mergedCells && table == nil {
                    // A sheet for people, such as instructions, may look as it likes.
                }
                if let table { found.append(table) } else { passedOver.append(sheet ?? path) }
            }
            guard !found.isEmpty else { throw Self.unknown(path) }
            let order = RosterKind.all.map(\.id)
            tables = found.sorted { (order.firstIndex(of: $0.kind.id) ?? 0) < (order.firstIndex(of: $1.kind.id) ?? 0) }
            self.passedOver = passedOver
        } catch let error as DocumentsError {
            throw Problem(422, error.code.rawValue, "文件处理不了", error.message)
        }
    }

    func table(_ kind: RosterKind) -> RosterTable? { tables.first { $0.kind.id == kind.id } }

    private static func unknown(_ path: String) -> Problem {
        let kinds = RosterKind.all.map { kind in
            Finding(
                kind.title, "import.heading",
                "\(kind.columns.map { ($0.isRequired ? "*" : "") + $0.title }.joined(separator: "、"))")
        }
        return Problem(
            422, "import.heading", "表头读不懂", "\(path) 里没有认得的表。每张表的第一行应是下面之一（带 * 的必有）：", findings: kinds)
    }
}
