/// Fields written one after the other, each led by its kind and length, so that no two lists of fields share a form.
struct CanonicalBytes {
    private(set) var bytes: [UInt8] = []

    mutating func append(_ text: String) {
        begin(UInt8(ascii: "t"), count: text.utf8.count)
        bytes.append(contentsOf: text.utf8)
    }

    mutating func append(_ blob: [UInt8]) {
        begin(UInt8(ascii: "b"), count: blob.count)
        bytes.append(contentsOf: blob)
    }

    mutating func append(_ integer: Int64) {
        bytes.append(UInt8(ascii: "i"))
        withUnsafeBytes(of: integer.bigEndian) { bytes.append(contentsOf: $0) }
    }

    mutating func append(_ value: SQLValue) {
        switch value {
        case .null: bytes.append(UInt8(ascii: "n"))
        case .integer(let integer): append(integer)
        case .real(let real):
            bytes.append(UInt8(ascii: "r"))
            withUnsafeBytes(of: real.bitPattern.bigEndian) { bytes.append(contentsOf: $0) }
        case .text(let text): append(text)
        case .blob(let blob): append(blob)
        }
    }

    private mutating func begin(_ kind: UInt8, count: Int) {
        bytes.append(kind)
        withUnsafeBytes(of: UInt64(count).bigEndian) { bytes.append(contentsOf: $0) }
    }
}
