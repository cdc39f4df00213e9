import Foundation

/// Puts the events of a sheet together to rows.
final class SheetEvents {
    private let strings: [String]
    private let dateStyles: Set<Int>
    private let usesDatesFrom1904: Bool
    private let limits: TableLimits
    private let path: String
    private let body: (TableRow) throws -> Void

    private var row = TableRow(number: 0, cells: [])
    private var column = 0
    private var type = ""
    private var style = 0
    private var text = ""
    private var isText = false
    private var count = 0
    /// The number of the row below which every row must speak for itself.
    private var headingRow: Int?
    private var merged: [String] = []

    init(
        strings: [String], dateStyles: Set<Int>, usesDatesFrom1904: Bool, limits: TableLimits, path: String,
        body: @escaping (TableRow) throws -> Void
    ) {
        self.strings = strings
        self.dateStyles = dateStyles
        self.usesDatesFrom1904 = usesDatesFrom1904
        self.limits = limits
        self.path = path
        self.body = body
    }

    func read(_ name: String, from member: ZipMember) throws {
        let events = XMLEvents()
        events.begins = { [self] name, attributes in begin(name, attributes) }
        events.characters = { [self] in if isText { text += $0 } }
        events.ends = { [self] name in try end(name) }
        try events.read(name) { try member.read(upTo: $0) }
        guard merged.isEmpty else {
            let places = merged.prefix(10).joined(separator: "、") + (merged.count > 10 ? " 等 \(merged.count) 处" : "")
            throw DocumentsError(
                .mergedCells, "\(name)有合并单元格：\(places)。合并后只有左上角一格有内容，其余各行会缺这一项。请取消合并，逐行填写后再导入。")
        }
    }

    private func begin(_ name: Substring, _ attributes: [String: String]) {
        switch name {
        case "row":
            row = TableRow(number: attributes["r"].flatMap(Int.init) ?? row.number + 1, cells: [])
            column = 0
        case "c":
            if let place = attributes["r"] { column = Self.column(of: place) ?? column }
            type = attributes["t"] ?? "n"
            style = attributes["s"].flatMap(Int.init) ?? 0
            text = ""
        case "v", "t": isText = true
        case "mergeCell":
            let corners = (attributes["ref"] ?? "").split(separator: ":")
            let last = corners.last.flatMap { Int($0.drop { !$0.isNumber }) }
            if let last, let headingRow, corners.count == 2, last > headingRow {
                merged.append((attributes["ref"] ?? ""))
            }
        default: break
        }
    }

    private func end(_ name: Substring) throws {
        switch name {
        case "v", "t": isText = false
        case "c":
            guard column < limits.columns else {
                throw DocumentsError(
                    .tooLarge, "\(path) 第 \(row.number) 行超过 \(limits.columns) 列的上限。请删去右边多余的列。")
            }
            let value = value()
            if !value.isEmpty {
                while row.cells.count < column { row.cells.append("") }
                row.cells.append(value)
            }
            column += 1
        case "row":
            count += 1
            guard count <= limits.rows else { throw TableLimits.tooManyRows(path, limits) }
            row.limitCells(to: limits.cellCharacters)
            if headingRow == nil, !row.isBlank, !row.isTitle { headingRow = row.number }
            if !row.isBlank { try body(row) }
        default: break
        }
    }

    /// The cell as a person sees it.
    private func value() -> String {
        switch type {
        case "s":
            if let index = Int(text), strings.indices.contains(index) { return strings[index] }
            return fault("这一格引用的文字不在文件里，文件可能已损坏。")
        case "str", "inlineStr": return text
        case "b": return text == "1" ? "是" : "否"
        case "e": return fault("这一格的公式出错（\(text)）。请改正公式，或只粘贴数值。")
        case "d": return String(text.prefix(10))
        default: return number()
        }
    }

    private func number() -> String {
        guard let number = Double(text) else { return text }
        if dateStyles.contains(style), let day = day(number) { return day }
        guard number == number.rounded(), number.magnitude < 1e21 else {
            return text.contains("E") ? "\(number)" : text
        }
        if number.magnitude >= 1e15 {
            return fault("这一格是 15 位以上的数字，表格软件已经丢了末尾几位。请把这一列设为“文本”格式，重新填写。")
        }
        return String(Int64(number))
    }

    /// The day that a serial number shows.
    private func day(_ serial: Double) -> String? {
        // Compared before it is made an integer, since a cell may hold any number. Serial 60 is the 29th of February 1900,
        // which never was; nothing of ours is that old.
        guard serial > -1_463, serial < 2_958_466 else { return nil }
        let days = Int(serial.rounded(.down)) + (usesDatesFrom1904 ? 1462 : 0)
        guard days > 60, days < 2_958_466 else { return nil }
        let date = Date(timeIntervalSince1970: Double(days - 25_569) * 86_400)
        var calendar = Calendar(identifier: .gregorian)
        calendar.timeZone = .gmt
        let parts = calendar.dateComponents([.year, .month, .day], from: date)
        guard let year = parts.year, let month = parts.month, let day = parts.day else { return nil }
        func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
        return "\(year)-\(two(month))-\(two(day))"
    }

    private func fault(_ message: String) -> String {
        row.faults.append(TableRow.Fault(column: column, message: message))
        return ""
    }

    /// The column of a place such as `AB12`, from 0.
    private static func column(of place: String) -> Int? {
        var column = 0
        for letter in place.utf8 {
            guard (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(letter) else { break }
            column = column * 26 + Int(letter - 64)
            if column > 1 << 20 { return nil }
        }
        return column > 0 ? column - 1 : nil
    }
}
