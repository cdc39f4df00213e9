import Documents
import Foundation

/// The elements of a JSON file that holds one array, given one by one: a list of twenty thousand items would fill the
/// memory as one value.
enum JSONElements {
    /// - Throws: ``CatalogueError`` when the file is no array, and what `body` throws.
    static func forEach(in path: String, _ body: ([UInt8]) throws -> Void) throws {
        let data: Data
        do {
            data = try Data(contentsOf: URL(fileURLWithPath: path), options: .mappedIfSafe)
        } catch {
            throw DocumentsError(.unreadable, "打不开文件 \(path)。请检查路径是否正确、是否有读取权限。")
        }
        try data.withUnsafeBytes { try scan($0.bindMemory(to: UInt8.self), path, body) }
    }

    private static func scan(
        _ bytes: UnsafeBufferPointer<UInt8>, _ path: String, _ body: ([UInt8]) throws -> Void
    ) throws {
        var position = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
        func skipSpace() {
            while position < bytes.count, [0x20, 0x09, 0x0A, 0x0D].contains(bytes[position]) { position += 1 }
        }
        skipSpace()
        guard position < bytes.count, bytes[position] == UInt8(ascii: "[") else { throw notAnArray(path) }
        position += 1
        while true {
            skipSpace()
            guard position < bytes.count else { throw notAnArray(path) }
            if bytes[position] == UInt8(ascii: "]") { return }
            let end = try end(ofElementAt: position, bytes, path)
            try body(Array(bytes[position..<end]))
            position = end
            skipSpace()
            if position < bytes.count, bytes[position] == UInt8(ascii: ",") { position += 1 }
        }
    }

    /// Where an element ends: at the comma or bracket outside its own brackets and strings.
    private static func end(ofElementAt start: Int, _ bytes: UnsafeBufferPointer<UInt8>, _ path: String) throws -> Int {
        var (depth, isString, position) = (0, false, start)
        while position < bytes.count {
            let byte = bytes[position]
            if isString {
                if byte == UInt8(ascii: "\\") { position += 1 }
                if byte == UInt8(ascii: "\"") { isString = false }
            } else {
                switch byte {
                case UInt8(ascii: "\""): isString = true
                case UInt8(ascii: "{"), UInt8(ascii: "["): depth += 1
                case UInt8(ascii: "]") where depth == 0, UInt8(ascii: ",") where depth == 0: return position
                case UInt8(ascii: "}"), UInt8(ascii: "]"): depth -= 1
                default: break
                }
            }
            position += 1
        }
        throw notAnArray(path)
    }

    private static func notAnArray(_ path: String) -> CatalogueError {
        CatalogueError(
            code: "catalogue.import_json", status: 422, title: "文件读不懂",
            message: "\(path) 应是一个完整的 JSON 数组，每个元素是一个事项（可用 yiciban item export 导出一份对照）。")
    }
}
