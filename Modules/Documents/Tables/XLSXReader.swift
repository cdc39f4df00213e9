import Foundation

/// Reads the sheets of an XLSX workbook (ISO/IEC 29500) row by row.
struct XLSXReader {
    private let archive: ZipReader
    private let limits: TableLimits
    private let path: String

    init(path: String, limits: TableLimits) throws {
        archive = try ZipReader(path: path)
        self.limits = limits
        self.path = path
    }

    func sheets() throws -> [String] { try workbook().sheets.map(\.name) }

    func forEachRow(sheet: String?, _ body: (TableRow) throws -> Void) throws {
        let book = try workbook()
        let found = sheet.map { name in book.sheets.first { $0.name == name } } ?? book.sheets.first
        guard let found, let part = try targets()[found.relation] else {
            let names = book.sheets.map(\.name).joined(separator: "、")
            throw DocumentsError(.noSheet, "\(path) 里没有工作表“\(sheet ?? "")”。现有：\(names.isEmpty ? "无" : names)。")
        }
        let strings = try sharedStrings()
        let styles = try dateStyles()
        try withoutActuallyEscaping(body) { body in
            let sheet = SheetEvents(
                strings: strings, dateStyles: styles, usesDatesFrom1904: book.usesDatesFrom1904, limits: limits,
                path: path, body: body)
            try sheet.read("\(path) 的工作表“\(found.name)”", from: archive.open(part, limit: limits.partBytes))
        }
    }

    // MARK: Parts

    private struct Workbook {
        var sheets: [(name: String, relation: String)] = []
        var usesDatesFrom1904 = false
    }

    private func workbook() throws -> Workbook {
        var book = Workbook()
        try events("xl/workbook.xml") { events in
            events.begins = { name, attributes in
                if name == "workbookPr" {
                    book.usesDatesFrom1904 = ["1", "true"].contains(attributes["date1904"] ?? "")
                }
                guard name == "sheet", attributes["state"] != "hidden", attributes["state"] != "veryHidden" else {
                    return
                }
                let relation = attributes.first { $0.key.hasSuffix(":id") }?.value
                book.sheets.append((attributes["name"] ?? "", relation ?? ""))
            }
        }
        return book
    }

    /// The parts by relation.
    private func targets() throws -> [String: String] {
        var targets: [String: String] = [:]
        try events("xl/_rels/workbook.xml.rels") { events in
            events.begins = { name, attributes in
                guard name == "Relationship", let id = attributes["Id"], let target = attributes["Target"] else {
                    return
                }
                targets[id] = target.hasPrefix("/") ? String(target.dropFirst()) : "xl/" + target
            }
        }
        return targets
    }

    private func sharedStrings() throws -> [String] {
        guard archive.contains("xl/sharedStrings.xml") else { return [] }
        var strings: [String] = []
        var text = ""
        var (isText, isPhonetic) = (false, false)
        try events("xl/sharedStrings.xml") { events in
            events.begins = { name, _ in
                if name == "si" { text = "" }
                if name == "rPh" { isPhonetic = true }
                isText = name == "t"
            }
            events.characters = { if isText, !isPhonetic { text += $0 } }
            events.ends = { name in
                if name == "t" { isText = false }
                if name == "rPh" { isPhonetic = false }
                if name == "si" { strings.append(text) }
            }
        }
        return strings
    }

    /// The cell styles that show a number as a date.
    private func dateStyles() throws -> Set<Int> {
        guard archive.contains("xl/styles.xml") else { return [] }
        var dateFormats = Set(14...17).union([22, 27, 28, 29, 30, 31, 36, 50, 57])
        var styles: Set<Int> = []
        var (isInCellFormats, index) = (false, 0)
        try events("xl/styles.xml") { events in
            events.begins = { name, attributes in
                if name == "numFmt", let id = attributes["numFmtId"].flatMap(Int.init) {
                    if Self.showsDate(attributes["formatCode"] ?? "") { dateFormats.insert(id) }
                }
                if name == "cellXfs" { isInCellFormats = true }
                if name == "xf", isInCellFormats {
                    if dateFormats.contains(attributes["numFmtId"].flatMap(Int.init) ?? 0) { styles.insert(index) }
                    index += 1
                }
            }
            events.ends = { if $0 == "cellXfs" { isInCellFormats = false } }
        }
        return styles
    }

    private static func showsDate(_ format: String) -> Bool {
        var isQuoted = false
        let letters = format.lowercased().filter { character in
            if character == "\"" { isQuoted.toggle() }
            return !isQuoted
        }
        return letters.contains("yy") && letters.contains("d")
    }

    private func events(_ part: String, _ prepare: (XMLEvents) -> Void) throws {
        let events = XMLEvents()
        prepare(events)
        let member = try archive.open(part, limit: limits.partBytes)
        try events.read("\(path) 的 \(part)") { try member.read(upTo: $0) }
    }
}
