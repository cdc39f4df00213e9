import Documents
import Extension
import Foundation

/// Checked items on their way from a file into the database: a line of JSON each in a file that has no name any more,
/// so that twenty thousand of them need no memory and nothing is left behind.
///
/// Unchecked, since it is filled on one thread before it is handed to another, and never used by two at a time.
final class ItemSpool: @unchecked Sendable {
    var source = ""
    /// How many rows the file had below its heading.
    var rows = 0
    var faults: [ImportFault] = []
    var unknownHeadings: [String] = []
    /// How many items were read without a fault.
    private(set) var count = 0
    private let handle: FileHandle
    private var buffer: [UInt8] = []

    init() throws {
        let path = FileManager.default.temporaryDirectory
            .appendingPathComponent("yiciban-items-\(UUID().uuidString)").path
        let descriptor = open(path, O_RDWR | O_CREAT | O_EXCL, 0o600)
        guard descriptor >= 0 else { throw DocumentsError(.unwritable, "临时文件 \(path) 写不进去。请检查磁盘是否已满。") }
        unlink(path)
        handle = FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
    }

    func append(_ item: CatalogueItem, division: String) throws {
        buffer += "\(division)\t".utf8
        buffer += item.json
        buffer.append(UInt8(ascii: "\n"))
        count += 1
        if buffer.count > 1 << 18 { try flush() }
    }

    func flush() throws {
        do {
            try handle.write(contentsOf: buffer)
        } catch {
            throw DocumentsError(.unwritable, "临时文件写不进去。请检查磁盘是否已满。")
        }
        buffer.removeAll(keepingCapacity: true)
    }

    /// Gives the items in parts of at most `size`, in the order of the file.
    func forEachPart(
        of size: Int, _ body: ([(item: CatalogueItem, division: String)]) async throws -> Void
    ) async throws {
        try handle.seek(toOffset: 0)
        var rest: [UInt8] = []
        var part: [(item: CatalogueItem, division: String)] = []
        while true {
            let piece = try handle.read(upToCount: 1 << 18) ?? Data()
            rest += piece
            var start = 0
            while let end = rest[start...].firstIndex(of: UInt8(ascii: "\n")) {
                part.append(try Self.line(rest[start..<end]))
                start = end + 1
                if part.count == size {
                    try await body(part)
                    part = []
                }
            }
            rest.removeFirst(start)
            if piece.isEmpty { break }
        }
        if !part.isEmpty { try await body(part) }
    }

    private static func line(_ bytes: ArraySlice<UInt8>) throws -> (item: CatalogueItem, division: String) {
        let tab = bytes.firstIndex(of: UInt8(ascii: "\t")) ?? bytes.startIndex
        return (
            try CatalogueItem.stored(String(decoding: bytes[(tab + 1)...], as: UTF8.self)),
            String(decoding: bytes[..<tab], as: UTF8.self)
        )
    }
}
