import Foundation

/// Writes CSV that office programs open as it is: UTF-8 with a mark, and no cell that they would run as a formula.
struct CSVWriter: TableWriting {
    private let handle: FileHandle
    private let path: String
    private var buffer: [UInt8] = [0xEF, 0xBB, 0xBF]

    init(path: String) throws {
        guard FileManager.default.createFile(atPath: path, contents: nil),
            let handle = FileHandle(forWritingAtPath: path)
        else { throw DocumentsError.unwritable(path) }
        self.handle = handle
        self.path = path
    }

    mutating func write(_ cells: [String], numbersFrom first: Int) throws {
        var line = ""
        for (index, cell) in cells.enumerated() {
            if index > 0 { line += "," }
            line += Self.escaped(Self.guarded(cell))
        }
        buffer += (line + "\r\n").utf8
        if buffer.count > 1 << 16 { try flush() }
    }

    mutating func finish() throws {
        try flush()
        do { try handle.close() } catch { throw DocumentsError.unwritable(path) }
    }

    private mutating func flush() throws {
        do { try handle.write(contentsOf: buffer) } catch { throw DocumentsError.unwritable(path) }
        buffer.removeAll(keepingCapacity: true)
    }

    private static func escaped(_ cell: String) -> String {
        cell.utf8.contains { [0x22, 0x2C, 0x0A, 0x0D].contains($0) }
            ? "\"" + cell.replacing("\"", with: "\"\"") + "\"" : cell
    }

    /// A text that an office program would run as a formula gets the apostrophe by which those programs mark text.
    static func guarded(_ cell: String) -> String {
        let text = cell.utf8.first == UInt8(ascii: "'") ? cell.dropFirst() : cell[...]
        return startsFormula(text) ? "'" + cell : cell
    }

    /// The cell as it was before ``guarded(_:)``.
    static func unguarded(_ cell: String) -> String {
        cell.utf8.first == UInt8(ascii: "'") && startsFormula(cell.drop { $0 == "'" }) ? String(cell.dropFirst()) : cell
    }

    private static func startsFormula(_ text: Substring) -> Bool {
        guard let first = text.utf8.drop(while: { $0 == UInt8(ascii: "'") }).first else { return false }
        guard "=+-@\t".utf8.contains(first) else { return false }
        return Double(text) == nil
    }
}
