public import Standards

/// A time-ordered, unguessable identifier: 26 characters of lower-case Crockford base 32 (the ULID form).
///
/// 48 bits of milliseconds since 1970 and 80 random bits. Texts sort as the times at which they were made, so that new
/// rows go to the end of an index; the random part keeps URLs unguessable (DESIGN §9).
public struct Identifier: Hashable, Sendable {
    /// The 26 characters.
    public let text: String

    /// How many random bytes an identifier takes.
    public static let randomLength = 10

    /// Reads an identifier.
    ///
    /// - Throws: ``StorageError`` with code ``StorageError/Code/identifier`` for any other form; capitals are refused,
    ///   so that one thing has one name.
    public init(_ text: String) throws {
        guard let identifier = Identifier(checking: text) else {
            throw StorageError(.identifier, "编号“\(text.prefix(40))”不是有效的系统编号，请从原页面重新打开或完整复制。")
        }
        self = identifier
    }

    /// Makes an identifier.
    ///
    /// - Parameters:
    ///   - instant: when; times before 1970 count as 1970.
    ///   - random: 10 random bytes, made outside of write closures or derived from a ``Seed``.
    public init(at instant: Instant, random: [UInt8]) {
        precondition(random.count == Self.randomLength, "an identifier takes 10 random bytes")
        let time = UInt64(clamping: max(0, instant.milliseconds)) & 0xFFFF_FFFF_FFFF
        var bits: UInt128 = UInt128(time)
        for byte in random { bits = bits << 8 | UInt128(byte) }
        text = String(unsafeUninitializedCapacity: 26) { buffer in
            for index in (0..<26).reversed() {
                buffer[index] = Self.alphabet[Int(truncatingIfNeeded: bits & 31)]
                bits >>= 5
            }
            return 26
        }
    }

    /// When the identifier was made, to the millisecond.
    public var instant: Instant {
        let time = text.utf8.prefix(10).reduce(UInt64(0)) { $0 << 5 | UInt64(Self.value(of: $1) ?? 0) }
        return Instant(milliseconds: Int64(time))
    }

    private static let alphabet = Array("0123456789abcdefghjkmnpqrstvwxyz".utf8)

    private static func value(of character: UInt8) -> Int? {
        isDigit(character) ? alphabet.firstIndex(of: character) : nil
    }

    /// A digit, or a small letter but for i, l, o and u.
    private static func isDigit(_ character: UInt8) -> Bool {
        switch character {
        case UInt8(ascii: "i"), UInt8(ascii: "l"), UInt8(ascii: "o"), UInt8(ascii: "u"): false
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "a")...UInt8(ascii: "z"): true
        default: false
        }
    }

    private init?(checking text: String) {
        // Thirteen times ten bits are 130, so the first character carries only three.
        guard text.utf8.count == 26, text.utf8.allSatisfy(Self.isDigit),
            let first = text.utf8.first, first <= UInt8(ascii: "7")
        else { return nil }
        self.text = text
    }
}

extension Identifier: Comparable, CustomStringConvertible {
    public static func < (lhs: Identifier, rhs: Identifier) -> Bool {
        lhs.text.utf8.lexicographicallyPrecedes(rhs.text.utf8)
    }

    public var description: String { text }
}

extension Identifier: Codable {
    /// Decodes the text.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        guard let identifier = Identifier(checking: try container.decode(String.self)) else {
            throw DecodingError.dataCorruptedError(in: container, debugDescription: "not an identifier")
        }
        self = identifier
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(text)
    }
}

extension Identifier: CompactValue {
    public func write(to writer: CompactWriter) { writer.write(text) }

    public static func read(from place: CompactPlace) throws -> Identifier {
        guard let identifier = Identifier(checking: try place.text()) else { throw place.mismatch(Identifier.self) }
        return identifier
    }
}

extension Identifier: SQLConvertible {
    public var sql: SQLValue { .text(text) }
    public init?(sql: SQLValue) {
        guard case .text(let text) = sql else { return nil }
        self.init(checking: text)
    }
}
