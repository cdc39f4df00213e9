/// Reads the canonical CBOR of CTAP2 (§8): definite lengths in their shortest form, no tags, no floats, no key twice, and
/// nothing deeper than four.
///
/// It never allocates what a length merely claims, so that a lying length costs nothing.
public struct CBORReader: Sendable {
    private let bytes: [UInt8]
    /// How far it has read.
    public private(set) var position: Int

    /// The longest input that is read, in bytes.
    public static let maximumLength = 16_384
    private static let maximumDepth = 4

    /// - Parameter position: where in the bytes to begin.
    public init(_ bytes: [UInt8], from position: Int = 0) {
        self.bytes = bytes
        self.position = position
    }

    /// Reads bytes that hold one value to their end.
    ///
    /// - Throws: ``CryptographyError`` with `cryptography.cbor.format` for anything else.
    public static func value(of bytes: [UInt8]) throws -> CBORValue {
        var reader = CBORReader(bytes)
        let value = try reader.value()
        guard reader.position == bytes.count else { throw reader.malformed("bytes after the end") }
        return value
    }

    /// Reads the next value.
    ///
    /// - Throws: ``CryptographyError`` with `cryptography.cbor.format`.
    public mutating func value() throws -> CBORValue {
        guard bytes.count <= Self.maximumLength else { throw malformed("too long") }
        return try value(depth: 0)
    }

    private mutating func value(depth: Int) throws -> CBORValue {
        guard depth <= Self.maximumDepth else { throw malformed("too deep") }
        let head = try take(1)[0]
        let (major, info) = (head >> 5, head & 0x1F)
        if major == 7 {
            switch info {
            case 20: return .flag(false)
            case 21: return .flag(true)
            case 22: return .null
            default: throw malformed("a simple value or float")
            }
        }
        let argument = try argument(info)
        switch major {
        case 0:
            guard let number = Int64(exactly: argument) else { throw malformed("too large a number") }
            return .integer(number)
        case 1:
            guard let number = Int64(exactly: argument) else { throw malformed("too large a number") }
            return .integer(-1 - number)
        case 2: return .bytes(try take(argument))
        case 3:
            guard let text = String(validating: try take(argument), as: UTF8.self) else {
                throw malformed("a text that is not UTF-8")
            }
            return .text(text)
        case 4:
            // Each element takes a byte at least.
            guard argument <= UInt64(bytes.count - position) else { throw malformed("cut short") }
            var elements: [CBORValue] = []
            for _ in 0..<argument { elements.append(try value(depth: depth + 1)) }
            return .array(elements)
        case 5:
            guard argument <= UInt64((bytes.count - position) / 2) else { throw malformed("cut short") }
            var members: [CBORValue: CBORValue] = [:]
            for _ in 0..<argument {
                let key = try value(depth: depth + 1)
                switch key {
                case .integer, .text: break
                default: throw malformed("a key that is neither number nor text")
                }
                let value = try value(depth: depth + 1)
                guard members.updateValue(value, forKey: key) == nil else { throw malformed("a key twice") }
            }
            return .map(members)
        default: throw malformed("a tag")
        }
    }

    private mutating func argument(_ info: UInt8) throws -> UInt64 {
        switch info {
        case 0..<24: return UInt64(info)
        case 24...27:
            let count = 1 << (info - 24)
            let number = try take(UInt64(count)).reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
            let least: UInt64 = info == 24 ? 24 : 1 << (UInt64(count) * 4)
            guard number >= least else { throw malformed("a length that is not the shortest") }
            return number
        default: throw malformed("an indefinite or reserved length")
        }
    }

    private mutating func take(_ count: UInt64) throws -> [UInt8] {
        guard position <= bytes.count, count <= UInt64(bytes.count - position) else { throw malformed("cut short") }
        defer { position += Int(count) }
        return Array(bytes[position..<(position + Int(count))])
    }

    private func malformed(_ detail: String) -> CryptographyError {
        CryptographyError(.cborFormat, operation: "CBORReader", detail: "\(detail) at \(position)")
    }
}
