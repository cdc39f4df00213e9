/// Reads the size that a picture's header declares, without decoding it.
enum PictureHeader {
    struct Size: Equatable {
        let width: Int
        let height: Int
    }

    static let png: [UInt8] = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]

    /// The size of a PNG whose chunks run without a gap to an `IEND` at the very end; nil for any other.
    static func pngSize(_ bytes: [UInt8]) -> Size? {
        var offset = png.count
        var size: Size?
        while offset + 12 <= bytes.count {
            let length = number(bytes, offset, 4)
            let type = String(decoding: bytes[(offset + 4)..<(offset + 8)], as: UTF8.self)
            let next = offset + 12 + length
            guard next <= bytes.count else { return nil }
            if offset == png.count {
                guard type == "IHDR", length == 13 else { return nil }
                size = Size(width: number(bytes, offset + 8, 4), height: number(bytes, offset + 12, 4))
            }
            if type == "IEND" { return next == bytes.count ? nonEmpty(size) : nil }
            offset = next
        }
        return nil
    }

    /// The size in the frame header of a JPEG; nil when the segments before it don't fit together.
    static func jpegSize(_ bytes: [UInt8]) -> Size? {
        var offset = 2
        while offset + 9 <= bytes.count {
            guard bytes[offset] == 0xFF else { return nil }
            let marker = bytes[offset + 1]
            if marker == 0xFF {
                offset += 1
                continue
            }
            let length = number(bytes, offset + 2, 2)
            let isFrame = (0xC0...0xCF).contains(marker) && ![0xC4, 0xC8, 0xCC].contains(marker)
            if isFrame {
                return nonEmpty(Size(width: number(bytes, offset + 7, 2), height: number(bytes, offset + 5, 2)))
            }
            // Image data before a frame header, or a segment shorter than its own length field.
            guard marker != 0xDA, marker != 0xD9, marker != 0x00, length >= 2 else { return nil }
            offset += 2 + length
        }
        return nil
    }

    private static func nonEmpty(_ size: Size?) -> Size? {
        guard let size, size.width > 0, size.height > 0 else { return nil }
        return size
    }

    private static func number(_ bytes: [UInt8], _ offset: Int, _ count: Int) -> Int {
        guard offset + count <= bytes.count else { return 0 }
        return bytes[offset..<(offset + count)].reduce(0) { $0 << 8 | Int($1) }
    }
}
