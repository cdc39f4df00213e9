import Extension
import Foundation

/// Reads the rows of a table from a file that this program or another has written, with flat memory.
struct ExchangeFileReader {
    /// One row with the line on which it begins.
    struct Line {
        let number: Int
        let values: [String: String]
        /// Cells beyond the heading, or values that are no texts.
        let malformed: String?
    }

    private static let longestRow = 1 << 20
    let path: String

    /// Gives every row; what `body` throws ends the reading.
    ///
    /// - Throws: ``ExchangeError`` when the file can't be read or is neither CSV nor JSON.
    func forEachRow(_ body: (Line) throws -> Void) throws {
        var reader = try ByteReader(path: path)
        while let byte = try reader.peek(), [0xEF, 0xBB, 0xBF, 0x20, 0x0A, 0x0D].contains(byte) {
            _ = try reader.next()
        }
        guard let first = try reader.peek() else { throw ExchangeError.file("\(path) 是空文件。") }
        if first == UInt8(ascii: "[") {
            try readJSON(&reader, body)
        } else {
            try readCSV(&reader, body)
        }
    }

    // MARK: CSV

    private func readCSV(_ reader: inout ByteReader, _ body: (Line) throws -> Void) throws {
        var line = 1
        guard let (heading, lines) = try cells(&reader, at: line) else { return }
        line += lines
        while let (cells, lines) = try cells(&reader, at: line) {
            defer { line += lines }
            if cells == [""] { continue }
            let values = Dictionary(
                zip(heading, cells).filter { !$1.isEmpty }, uniquingKeysWith: { first, _ in first })
            let malformed =
                cells.count > heading.count ? "这一行有 \(cells.count) 格，表头只有 \(heading.count) 列，请检查逗号和引号。" : nil
            try body(Line(number: line, values: values, malformed: malformed))
        }
    }

    /// The cells of the next record and how many lines it takes; nil at the end.
    private func cells(_ reader: inout ByteReader, at line: Int) throws -> (cells: [String], lines: Int)? {
        guard try reader.peek() != nil else { return nil }
        var cells: [String] = []
        var cell: [UInt8] = []
        var (lines, size, isQuoted) = (1, 0, false)
        func end() throws {
            guard let text = String(validating: cell, as: UTF8.self) else {
                throw ExchangeError.file("\(path) 第 \(line) 行不是 UTF-8 编码，请另存为 UTF-8 后再校验。")
            }
            cells.append(text)
            cell.removeAll(keepingCapacity: true)
        }
        while let byte = try reader.next() {
            size += 1
            if size > Self.longestRow { throw ExchangeError.file("\(path) 第 \(line) 行超过 1 MB，引号可能没有成对。") }
            if isQuoted {
                if byte == UInt8(ascii: "\"") {
                    if try reader.peek() == UInt8(ascii: "\"") {
                        _ = try reader.next()
                        cell.append(byte)
                    } else {
                        isQuoted = false
                    }
                } else {
                    if byte == 0x0A { lines += 1 }
                    cell.append(byte)
                }
            } else if byte == UInt8(ascii: "\""), cell.isEmpty {
                isQuoted = true
            } else if byte == UInt8(ascii: ",") {
                try end()
            } else if byte == 0x0A {
                try end()
                return (cells, lines)
            } else if byte != 0x0D {
                cell.append(byte)
            }
        }
        if isQuoted { throw ExchangeError.file("\(path) 第 \(line) 行的引号没有成对。") }
        try end()
        return (cells, lines)
    }

    // MARK: JSON

    /// Reads the objects of an array one by one, however they are laid out.
    private func readJSON(_ reader: inout ByteReader, _ body: (Line) throws -> Void) throws {
        var (depth, line, start) = (0, 1, 1)
        var (isText, isEscaped) = (false, false)
        var object: [UInt8] = []
        while let byte = try reader.next() {
            if byte == 0x0A { line += 1 }
            if depth >= 2 || (depth == 1 && !isText && byte == UInt8(ascii: "{")) { object.append(byte) }
            if object.count > Self.longestRow { throw ExchangeError.file("\(path) 第 \(start) 行的对象超过 1 MB。") }
            if isText {
                if isEscaped {
                    isEscaped = false
                } else if byte == UInt8(ascii: "\\") {
                    isEscaped = true
                } else if byte == UInt8(ascii: "\"") {
                    isText = false
                }
                continue
            }
            switch byte {
            case UInt8(ascii: "\""): isText = true
            case UInt8(ascii: "["), UInt8(ascii: "{"):
                depth += 1
                if depth == 2 { start = line }
            case UInt8(ascii: "]"), UInt8(ascii: "}"):
                depth -= 1
                if depth == 1, !object.isEmpty {
                    try body(row(object, at: start))
                    object.removeAll(keepingCapacity: true)
                }
            default: break
            }
        }
        if depth != 0 { throw ExchangeError.file("\(path) 的 JSON 没有写完，括号没有成对。") }
    }

    private func row(_ bytes: [UInt8], at line: Int) throws -> Line {
        let value: JSONValue
        do { value = try JSONParser.parse(bytes) } catch {
            throw ExchangeError.file("\(path) 第 \(line) 行起的一个对象不是有效的 JSON。")
        }
        guard case .object(let members) = value else {
            return Line(number: line, values: [:], malformed: "这里应当是一个对象。")
        }
        var values: [String: String] = [:]
        var wrong: [String] = []
        for (name, member) in members {
            switch member {
            case .string(let text): values[name] = text.isEmpty ? nil : text
            case .integer(let number): values[name] = String(number)
            case .null: break
            default: wrong.append(name)
            }
        }
        return Line(
            number: line, values: values,
            malformed: wrong.isEmpty ? nil : "\(wrong.sorted().joined(separator: "、")) 应当是文字。")
    }
}
