import Extension
import Foundation

/// Writes the rows of one table into a file, with flat memory.
final class ExchangeFileWriter {
    private let table: ExchangeTable
    private let format: ExchangeFormat
    private let handle: FileHandle
    private let path: String
    private var buffer: [UInt8] = []
    private var isFirst = true

    init(_ table: ExchangeTable, path: String, format: ExchangeFormat) throws {
        self.table = table
        self.format = format
        self.path = path
        guard
            FileManager.default.createFile(atPath: path, contents: nil, attributes: [.posixPermissions: 0o600]),
            let handle = FileHandle(forWritingAtPath: path)
        else { throw Self.unwritable(path) }
        self.handle = handle
        switch format {
        case .csv: append(csv: table.fields.map(\.name))
        case .json: buffer.append(UInt8(ascii: "["))
        }
    }

    func write(_ values: [String: String]) throws {
        switch format {
        case .csv: append(csv: table.fields.map { values[$0.name] ?? "" })
        case .json:
            buffer += (isFirst ? "\n" : ",\n").utf8
            var writer = JSONWriter()
            writer.beginObject()
            for field in table.fields {
                guard let value = values[field.name] else { continue }
                writer.key(field.name)
                writer.write(value)
            }
            writer.endObject()
            buffer += writer.bytes
        }
        isFirst = false
        if buffer.count > 1 << 16 { try flush() }
    }

    func finish() throws {
        if format == .json { buffer += "\n]\n".utf8 }
        try flush()
        do {
            try handle.synchronize()
            try handle.close()
        } catch { throw Self.unwritable(path) }
    }

    private func append(csv cells: [String]) {
        for (index, cell) in cells.enumerated() {
            if index > 0 { buffer.append(UInt8(ascii: ",")) }
            if cell.utf8.contains(where: { [0x22, 0x2C, 0x0A, 0x0D].contains($0) }) {
                buffer += "\"\(cell.replacing("\"", with: "\"\""))\"".utf8
            } else {
                buffer += cell.utf8
            }
        }
        buffer += "\r\n".utf8
    }

    private func flush() throws {
        do { try handle.write(contentsOf: buffer) } catch { throw Self.unwritable(path) }
        buffer.removeAll(keepingCapacity: true)
    }

    static func unwritable(_ path: String) -> ExchangeError {
        .file("文件 \(path) 写不进去。请检查目录是否存在、是否有写入权限、磁盘是否已满。")
    }
}
