/// The header of one file in a POSIX tar archive (ustar), so that any tar lists and unpacks a backup.
struct TarHeader: Equatable {
    static let blockLength = 512

    let path: String
    /// In bytes.
    let size: Int
    /// In seconds since 1970.
    var time: Int64 = 0

    init(path: String, size: Int, time: Int64 = 0) {
        self.path = path
        self.size = size
        self.time = time
    }

    /// The header block; nil when the path is too long for the format.
    var block: [UInt8]? {
        guard let (prefix, name) = parts, size < 1 << 33 else { return nil }
        var block = [UInt8](repeating: 0, count: Self.blockLength)
        func put(_ bytes: some Sequence<UInt8>, at offset: Int) {
            for (index, byte) in bytes.enumerated() { block[offset + index] = byte }
        }
        put(name, at: 0)
        put(Self.octal(0o600, 7), at: 100)
        put(Self.octal(0, 7), at: 108)
        put(Self.octal(0, 7), at: 116)
        put(Self.octal(Int64(size), 11), at: 124)
        put(Self.octal(max(0, time), 11), at: 136)
        put("        ".utf8, at: 148)
        block[156] = UInt8(ascii: "0")
        put("ustar\0".utf8, at: 257)
        put("00".utf8, at: 263)
        put(prefix, at: 345)
        let sum = block.reduce(Int64(0)) { $0 + Int64($1) }
        put(Self.octal(sum, 6), at: 148)
        block[154] = 0
        return block
    }

    /// Reads a header block; nil when it is none of a plain file.
    init?(_ block: [UInt8]) {
        guard block.count == Self.blockLength, block[257..<262].elementsEqual("ustar".utf8),
            block[156] == UInt8(ascii: "0") || block[156] == 0,
            let size = Self.number(block[124..<136]), let time = Self.number(block[136..<148]),
            let sum = Self.number(block[148..<156])
        else { return nil }
        let found = block.enumerated().reduce(Int64(0)) { total, byte in
            total + Int64((148..<156).contains(byte.offset) ? UInt8(ascii: " ") : byte.element)
        }
        guard sum == found, size >= 0, size < 1 << 33 else { return nil }
        let prefix = Self.text(block[345..<500])
        let name = Self.text(block[0..<100])
        self.init(path: prefix.isEmpty ? name : "\(prefix)/\(name)", size: Int(size), time: time)
    }

    /// How many zero bytes follow a file of a size.
    static func padding(after size: Int) -> Int { (blockLength - size % blockLength) % blockLength }

    /// The path as the format splits it: at most 155 bytes, then at most 100.
    private var parts: (prefix: [UInt8], name: [UInt8])? {
        let bytes = Array(path.utf8)
        if bytes.count <= 100 { return ([], bytes) }
        let slash = UInt8(ascii: "/")
        guard let cut = bytes.indices.first(where: { bytes[$0] == slash && bytes.count - $0 - 1 <= 100 }), cut <= 155
        else { return nil }
        return (Array(bytes[..<cut]), Array(bytes[(cut + 1)...]))
    }

    private static func octal(_ number: Int64, _ digits: Int) -> [UInt8] {
        let text = String(number, radix: 8)
        return Array((String(repeating: "0", count: max(0, digits - text.count)) + text).utf8)
    }

    private static func number(_ field: ArraySlice<UInt8>) -> Int64? {
        let text = Self.text(field).filter { $0 != " " }
        return text.isEmpty ? 0 : Int64(text, radix: 8)
    }

    private static func text(_ field: ArraySlice<UInt8>) -> String {
        String(decoding: field.prefix { $0 != 0 }, as: UTF8.self)
    }
}
