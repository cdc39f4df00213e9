import Documents
import Foundation

/// A ZIP archive made by hand, so that it may hold what a sound one never has.
struct StoredArchive {
    let bytes: [UInt8]

    init(_ members: [(String, [UInt8])]) {
        bytes = RawArchive.bytes(members.map { ($0.0, $0.1, 0, UInt32($0.1.count), RawArchive.crc($0.1)) })
    }
}

/// An archive whose members are deflated data with a size of one's choice.
struct DeflatedBomb {
    let bytes: [UInt8]

    init(members: [(String, [UInt8])], stated: Int) {
        bytes = RawArchive.bytes(
            members.map { name, data in
                name == "OFD.xml" && data.first == UInt8(ascii: "<")
                    ? (name, data, 0, UInt32(data.count), RawArchive.crc(data))
                    : (name, data, 8, UInt32(stated), 0)
            })
    }

    /// Deflate's fixed code writes 258 zeros in 13 bits: 0x00 once, then matches of length 258 at distance 1.
    static func zeros(_ count: Int) -> [UInt8] {
        var writer = BitWriter()
        writer.write(0b011, 3)
        writer.writeCode(0x30, 8)
        for _ in 0..<(count / 258) {
            // Length 258 is code 285: 8 bits, 11000101; distance 1 is code 0: 5 bits.
            writer.writeCode(0b1100_0101, 8)
            writer.writeCode(0, 5)
        }
        writer.writeCode(0, 7)
        return writer.finished
    }

    private struct BitWriter {
        private var bytes: [UInt8] = []
        private var current: UInt32 = 0
        private var used: UInt32 = 0

        mutating func write(_ value: UInt32, _ count: UInt32) {
            current |= value << used
            used += count
            while used >= 8 {
                bytes.append(UInt8(current & 0xFF))
                current >>= 8
                used -= 8
            }
        }

        /// Huffman codes stand with their highest bit first.
        mutating func writeCode(_ code: UInt32, _ count: UInt32) {
            var reversed: UInt32 = 0
            for bit in 0..<count where code & (1 << bit) != 0 { reversed |= 1 << (count - 1 - bit) }
            write(reversed, count)
        }

        var finished: [UInt8] { bytes + (used > 0 ? [UInt8(current & 0xFF)] : []) }
    }
}

enum ArchiveMembers {
    /// The members of a sound archive.
    static func read(_ bytes: [UInt8]) throws -> [(String, [UInt8])] {
        let archive = try ArchiveReader(bytes)
        return try archive.names.map { ($0, try archive.bytes(of: $0)) }
    }
}

private enum RawArchive {
    typealias Member = (name: String, data: [UInt8], method: UInt16, size: UInt32, crc: UInt32)

    static func bytes(_ members: [Member]) -> [UInt8] {
        var all: [UInt8] = []
        var directory: [UInt8] = []
        for member in members {
            let name = Array(member.name.utf8)
            let common =
                little(UInt16(20)) + little(UInt16(0x0800)) + little(member.method) + little(UInt32(0x5458_0000))
                + little(member.crc) + little(UInt32(member.data.count)) + little(member.size)
                + little(UInt16(name.count)) + little(UInt16(0))
            directory +=
                little(UInt32(0x0201_4B50)) + little(UInt16(20)) + common + little(UInt16(0)) + little(UInt16(0))
                + little(UInt16(0)) + little(UInt32(0)) + little(UInt32(all.count)) + name
            all += little(UInt32(0x0403_4B50)) + common + name + member.data
        }
        let start = all.count
        return all + directory + little(UInt32(0x0605_4B50)) + little(UInt32(0)) + little(UInt16(members.count))
            + little(UInt16(members.count)) + little(UInt32(directory.count)) + little(UInt32(start))
            + little(UInt16(0))
    }

    private static func little<Value: FixedWidthInteger>(_ value: Value) -> [UInt8] {
        withUnsafeBytes(of: value.littleEndian) { Array($0) }
    }

    static func crc(_ data: [UInt8]) -> UInt32 {
        ~data.reduce(~0) { sum, byte in
            (0..<8).reduce(sum ^ UInt32(byte)) { value, _ in value & 1 == 1 ? value >> 1 ^ 0xEDB8_8320 : value >> 1 }
        }
    }
}
