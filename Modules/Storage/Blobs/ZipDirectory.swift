/// A strict reading of a ZIP file's central directory, before anything is unpacked.
///
/// Ordinary archives as office programs and OFD writers make them pass. Refused are archives that unpack to far more
/// than they are (by declared sizes, ratios or overlapping members), archives inside archives, names that lead
/// outside, and everything by which two readers could see two different archives.
struct ZipDirectory {
    /// The members' names.
    let names: [String]

    static let signature: [UInt8] = [0x50, 0x4B, 0x03, 0x04]

    private struct Member {
        let name: String
        let flags: Int
        let method: Int
        let packed: Int
        let size: Int
        let offset: Int
    }

    init(_ bytes: [UInt8], limits: BlobLimits) throws {
        let reader = ByteReader(bytes)
        let end = try Self.endRecord(reader)
        guard end.count <= limits.maxArchiveEntries else {
            throw refused("压缩包里有 \(end.count) 个文件，超过 \(limits.maxArchiveEntries) 个的上限。请分成几个压缩包上传。", "entries")
        }
        let members = try Self.members(reader, end)
        guard members.count == Set(members.map(\.name)).count else { throw Self.damaged("duplicate names") }
        try Self.checkSizes(members, limits)
        try Self.checkPlaces(members, reader, directory: end.offset)
        names = members.map(\.name)
    }

    private static func endRecord(_ reader: ByteReader) throws -> (count: Int, offset: Int) {
        let last = reader.bytes.count - 22
        guard last >= 0 else { throw damaged("too short") }
        let found = stride(from: last, through: max(0, last - 0xFFFF), by: -1)
            .first { reader.number($0, 4) == 0x0605_4B50 && reader.number($0 + 20, 2) == last - $0 }
        guard let position = found else { throw damaged("no end record") }
        let count = reader.number(position + 10, 2)
        let size = reader.number(position + 12, 4)
        let offset = reader.number(position + 16, 4)
        guard reader.number(position + 4, 4) == 0, reader.number(position + 8, 2) == count, count > 0,
            count < 0xFFFF, offset + size == position
        else { throw damaged("end record") }
        return (count, offset)
    }

    private static func members(_ reader: ByteReader, _ end: (count: Int, offset: Int)) throws -> [Member] {
        var position = end.offset
        return try (0..<end.count).map { _ in
            guard reader.number(position, 4) == 0x0201_4B50 else { throw damaged("central header") }
            let nameLength = reader.number(position + 28, 2)
            guard let name = reader.text(position + 46, nameLength) else { throw damaged("name") }
            let member = Member(
                name: name, flags: reader.number(position + 8, 2), method: reader.number(position + 10, 2),
                packed: reader.number(position + 20, 4), size: reader.number(position + 24, 4),
                offset: reader.number(position + 42, 4))
            try check(member)
            position += 46 + nameLength + reader.number(position + 30, 2) + reader.number(position + 32, 2)
            return member
        }
    }

    private static func check(_ member: Member) throws {
        guard member.flags & 0x2041 == 0 else {
            throw refused("压缩包加了密码，无法查验。请上传不加密的文件。", "encrypted")
        }
        let parts = member.name.split(separator: "/", omittingEmptySubsequences: false)
        let leadsOutside = parts.contains("..") || member.name.hasPrefix("/") || member.name.contains(":")
        guard !member.name.isEmpty, !leadsOutside, !member.name.contains("\\"), !member.name.utf8.contains(0) else {
            throw refused("压缩包里有不安全的文件名。请重新打包后上传。", "path")
        }
        guard [0, 8].contains(member.method), member.packed < 0xFFFF_FFFF, member.size < 0xFFFF_FFFF else {
            throw damaged("method or size")
        }
        let ending = member.name.split(separator: ".").dropFirst().last?.lowercased() ?? ""
        guard !nestedEndings.contains(ending) else { throw nested }
    }

    private static func checkSizes(_ members: [Member], _ limits: BlobLimits) throws {
        let isBomb = members.contains { $0.size > 1 << 20 && $0.size / limits.maxArchiveRatio > $0.packed }
        guard !isBomb, members.reduce(0, { $0 + $1.size }) <= limits.maxArchiveBytes else {
            throw refused("压缩包解开后太大，可能有害。请只放需要的文件，重新打包后上传。", "bomb")
        }
    }

    /// Members lie one after the other from the first byte, so that no data serves two of them.
    private static func checkPlaces(_ members: [Member], _ reader: ByteReader, directory: Int) throws {
        var position = 0
        for member in members.sorted(by: { $0.offset < $1.offset }) {
            guard member.offset >= position, position > 0 || member.offset == 0,
                reader.number(member.offset, 4) == 0x0403_4B50
            else { throw damaged("overlap") }
            let nameLength = reader.number(member.offset + 26, 2)
            let isSized = member.flags & 8 != 0 || reader.number(member.offset + 18, 4) == member.packed
            guard reader.text(member.offset + 30, nameLength) == member.name, isSized,
                reader.number(member.offset + 8, 2) == member.method
            else { throw damaged("local header") }
            let data = member.offset + 30 + nameLength + reader.number(member.offset + 28, 2)
            position = data + member.packed
            guard position <= directory else { throw damaged("beyond the directory") }
            if member.method == 0 {
                guard member.packed == member.size else { throw damaged("stored size") }
                let begin = reader.bytes[data..<position].prefix(6)
                if nestedSignatures.contains(where: { begin.starts(with: $0) }) { throw nested }
            }
        }
    }

    private static let nestedEndings: Set<String> = [
        "zip", "ofd", "jar", "rar", "7z", "gz", "tgz", "bz2", "xz", "zst", "tar", "docx", "xlsx", "pptx", "iso", "cab",
    ]
    private static let nestedSignatures: [[UInt8]] = [
        signature, Array("Rar!".utf8), [0x37, 0x7A, 0xBC, 0xAF, 0x27, 0x1C], [0x1F, 0x8B],
        [0xFD, 0x37, 0x7A, 0x58, 0x5A],
    ]

    private static var nested: StorageError {
        refused("压缩包里还有压缩包。请解开里层的文件，逐个或打成一层压缩包上传。", "nested")
    }

    private static func damaged(_ detail: String) -> StorageError {
        refused("压缩包已损坏或结构不合规范。请重新打包后上传。", "archive: \(detail)")
    }
}

/// Reads little-endian numbers; what lies outside reads as -1, which fits no field.
private struct ByteReader {
    let bytes: [UInt8]

    init(_ bytes: [UInt8]) { self.bytes = bytes }

    func number(_ offset: Int, _ count: Int) -> Int {
        guard offset >= 0, offset + count <= bytes.count else { return -1 }
        return (0..<count).reduce(0) { $0 | Int(bytes[offset + $1]) << (8 * $1) }
    }

    func text(_ offset: Int, _ count: Int) -> String? {
        guard offset >= 0, count >= 0, offset + count <= bytes.count else { return nil }
        // Old programs write names in GBK; they are only compared here, so byte for byte is enough.
        let name = bytes[offset..<(offset + count)]
        return String(validating: name, as: UTF8.self)
            ?? String(String.UnicodeScalarView(name.map { Unicode.Scalar($0) }))
    }
}
