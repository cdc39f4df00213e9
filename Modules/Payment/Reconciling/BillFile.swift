import Documents
import Foundation
import Standards

/// The lines of a bill's file by the thousand, read a piece at a time so that its length costs no memory.
final class BillPages {
    private static let piece = 1 << 18
    private static let page = 1_000

    private let file: FileHandle
    private var rest: [UInt8] = []
    private var isAtEnd = false

    /// - Throws: ``PaymentError`` `bill` when the file can't be opened.
    init(_ path: String) throws {
        guard let file = FileHandle(forReadingAtPath: path) else {
            throw PaymentError(.bill, status: 422, "账单文件打不开", "打不开 \(path)，请核对文件名和权限。")
        }
        self.file = file
    }

    deinit { try? file.close() }

    /// The next lines of trades; nil at the end.
    ///
    /// - Throws: ``PaymentError`` `bill` for what is no UTF-8 text or can't be read.
    func next(_ reader: inout BillReader) throws -> [BillLine]? {
        var lines: [BillLine] = []
        while lines.count < Self.page, let text = try nextText() {
            if let line = try reader.take(text[...]) { lines.append(line) }
        }
        return lines.isEmpty ? nil : lines
    }

    private var start = 0

    private func nextText() throws -> String? {
        while true {
            if let end = rest[start...].firstIndex(of: UInt8(ascii: "\n")) {
                defer { start = end + 1 }
                return try text(rest[start..<end])
            }
            if isAtEnd {
                defer { start = rest.count }
                return start < rest.count ? try text(rest[start...]) : nil
            }
            rest.removeFirst(start)
            start = 0
            guard rest.count <= Self.piece else { throw Self.notText }
            let data = try file.read(upToCount: Self.piece) ?? Data()
            if data.isEmpty { isAtEnd = true }
            rest += data
        }
    }

    private func text(_ bytes: ArraySlice<UInt8>) throws -> String {
        guard let text = String(validating: bytes, as: UTF8.self) else { throw Self.notText }
        return text
    }

    private static let notText = PaymentError(
        .bill, status: 422, "账单不是 UTF-8 文本", "请把账单解压，并用 iconv -f GB18030 -t UTF-8 转成 UTF-8 文本后再对账。")
}

/// A bill as a gateway sends it: Alipay's in a ZIP archive and in GBK.
enum BillUnpacking {
    /// The bill as UTF-8 text.
    ///
    /// - Throws: ``PaymentError`` `bill` when the archive can't be read.
    static func text(_ bytes: [UInt8]) throws -> [UInt8] {
        do {
            guard bytes.starts(with: [0x50, 0x4B]) else { return try ChineseText.utf8(Data(bytes), name: "账单") }
            let archive = try ArchiveReader(
                bytes, limits: .init(members: 20, unpacked: 1 << 30, held: 512 << 20))
            // One file has the trades and one their sums; the trades are longer.
            let members = try archive.names.map { try archive.bytes(of: $0) }
            guard let longest = members.max(by: { $0.count < $1.count }) else {
                throw PaymentError(.bill, status: 422, "账单是空的", "压缩包里没有文件，请重新下载账单。")
            }
            return try ChineseText.utf8(Data(longest), name: "账单")
        } catch let error as DocumentsError {
            throw PaymentError(.bill, status: 422, "账单读不懂", error.message)
        }
    }
}
