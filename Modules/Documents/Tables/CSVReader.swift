/// Reads CSV as RFC 4180 has it, with commas, tabs or semicolons, in the encodings of Chinese offices.
struct CSVReader {
    private let bytes: [UInt8]
    private let limits: TableLimits
    private let separator: UInt8
    private let path: String

    init(path: String, limits: TableLimits) throws {
        bytes = try ChineseText.utf8(try LocalBytes.all(of: path), name: path)
        self.path = path
        self.limits = limits
        separator = Self.separator(of: bytes)
    }

    /// The separator that the first line has most of, outside quotation marks.
    private static func separator(of bytes: [UInt8]) -> UInt8 {
        var counts: [UInt8: Int] = [:]
        var isQuoted = false
        for byte in bytes.prefix(64 << 10) {
            if byte == quote { isQuoted.toggle() }
            if isQuoted { continue }
            if byte == lineFeed || byte == carriageReturn { break }
            if [comma, tab, semicolon].contains(byte) { counts[byte, default: 0] += 1 }
        }
        let best = counts.max { ($0.value, $1.key) < ($1.value, $0.key) }
        return best?.key ?? comma
    }

    func forEachRow(_ body: (TableRow) throws -> Void) throws {
        var scanner = Scanner(bytes: bytes, separator: separator)
        var count = 0
        while let line = try scanner.next(path: path) {
            count += 1
            guard count <= limits.rows else { throw TableLimits.tooManyRows(path, limits) }
            guard line.cells.count <= limits.columns else {
                throw DocumentsError(
                    .tooLarge, "\(path) 第 \(line.number) 行有 \(line.cells.count) 列，超过 \(limits.columns) 列的上限。请检查分隔符和引号。")
            }
            var row = TableRow(number: line.number, cells: line.cells.map(CSVWriter.unguarded))
            row.limitCells(to: limits.cellCharacters)
            if !row.isBlank { try body(row) }
        }
    }

    private struct Scanner {
        let bytes: [UInt8]
        let separator: UInt8
        var position = 0
        var number = 0

        /// The next line; the number is that of the row, since a quoted cell may hold line breaks.
        mutating func next(path: String) throws -> (number: Int, cells: [String])? {
            if position >= bytes.count { return nil }
            number += 1
            var cells: [String] = []
            while true {
                cells.append(try cell(path: path))
                guard position < bytes.count else { return (number, cells) }
                let byte = bytes[position]
                position += 1
                if byte == separator { continue }
                if byte == carriageReturn, position < bytes.count, bytes[position] == lineFeed { position += 1 }
                return (number, cells)
            }
        }

        private mutating func cell(path: String) throws -> String {
            guard position < bytes.count, bytes[position] == quote else { return plain() }
            position += 1
            var content: [UInt8] = []
            while true {
                guard let end = bytes[position...].firstIndex(of: quote) else {
                    throw DocumentsError(.damaged, "\(path) 第 \(number) 行的引号没有成对。请用表格软件打开检查后另存。")
                }
                content += bytes[position..<end]
                position = end + 1
                guard position < bytes.count, bytes[position] == quote else { break }
                content.append(quote)
                position += 1
            }
            // What follows a closing quotation mark belongs to the cell, as office programs read it.
            return String(decoding: content, as: UTF8.self) + plain()
        }

        private mutating func plain() -> String {
            let start = position
            while position < bytes.count, !isEnd(bytes[position]) { position += 1 }
            return String(decoding: bytes[start..<position], as: UTF8.self)
        }

        private func isEnd(_ byte: UInt8) -> Bool { byte == separator || byte == lineFeed || byte == carriageReturn }
    }
}

private let quote = UInt8(ascii: "\"")
private let comma = UInt8(ascii: ",")
private let tab = UInt8(ascii: "\t")
private let semicolon = UInt8(ascii: ";")
private let lineFeed = UInt8(ascii: "\n")
private let carriageReturn = UInt8(ascii: "\r")

extension TableLimits {
    static func tooManyRows(_ path: String, _ limits: TableLimits) -> DocumentsError {
        DocumentsError(.tooLarge, "\(path) 超过 \(limits.rows) 行的上限。请拆成几个文件分别导入。")
    }
}

extension TableRow {
    /// Cuts cells that are longer than any cell can be meant to be, and says so.
    mutating func limitCells(to maximum: Int) {
        for column in cells.indices where cells[column].utf8.count > maximum && cells[column].count > maximum {
            faults.append(Fault(column: column, message: "这一格有 \(cells[column].count) 个字，超过 \(maximum) 个字的上限。"))
            cells[column] = String(cells[column].prefix(maximum))
        }
    }
}
