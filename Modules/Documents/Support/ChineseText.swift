public import Foundation

/// Decodes text files as Chinese offices write them: UTF-8, UTF-16 with a mark, or GB 18030.
public enum ChineseText {
    /// The text as UTF-8 bytes.
    ///
    /// - Throws: ``DocumentsError`` `encoding` when the bytes are none of the three.
    public static func utf8(_ bytes: Data, name: String) throws -> [UInt8] {
        if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { return try checked(bytes.dropFirst(3), name: name) }
        if bytes.starts(with: [0xFF, 0xFE]) { return try convert(bytes.dropFirst(2), from: "UTF-16LE", name: name) }
        if bytes.starts(with: [0xFE, 0xFF]) { return try convert(bytes.dropFirst(2), from: "UTF-16BE", name: name) }
        if isUTF8(bytes) { return Array(bytes) }
        return try convert(bytes, from: "GB18030", name: name)
    }

    private static func checked(_ bytes: Data, name: String) throws -> [UInt8] {
        guard isUTF8(bytes) else { throw unknown(name) }
        return Array(bytes)
    }

    private static func isUTF8(_ bytes: Data) -> Bool {
        bytes.withUnsafeBytes { String(validating: $0.bindMemory(to: UInt8.self), as: UTF8.self) != nil }
    }

    private static func convert(_ bytes: Data, from encoding: String, name: String) throws -> [UInt8] {
        let converter = iconv_open("UTF-8", encoding)
        guard Int(bitPattern: converter) != -1 else { throw unknown(name) }
        defer { iconv_close(converter) }
        var input = Array(bytes).map { CChar(bitPattern: $0) }
        var output = [UInt8](repeating: 0, count: input.count * 3 + 16)
        let written = input.withUnsafeMutableBufferPointer { source -> Int? in
            output.withUnsafeMutableBytes { target -> Int? in
                var from = source.baseAddress
                var fromLeft = source.count
                var to = target.baseAddress?.assumingMemoryBound(to: CChar.self)
                var toLeft = target.count
                // Anything but zero means that it stopped, or that it put another character in one's place.
                let replaced = iconv(converter, &from, &fromLeft, &to, &toLeft)
                return replaced == 0 && fromLeft == 0 ? target.count - toLeft : nil
            }
        }
        guard let written else { throw unknown(name) }
        return Array(output.prefix(written))
    }

    private static func unknown(_ name: String) -> DocumentsError {
        DocumentsError(.encoding, "\(name) 的文字编码读不懂。请另存为“CSV UTF-8（逗号分隔）”或 .xlsx 后再导入。")
    }
}
