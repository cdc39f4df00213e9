/// Reads DER from outside, element by element, as the caller's structure demands.
///
/// It never descends by itself and never allocates what a length merely claims, so that neither deep nesting nor a lying
/// length costs anything.
public struct DERReader: Sendable {
    private var rest: ArraySlice<UInt8>

    /// Reads a whole encoding.
    public init(_ bytes: [UInt8]) {
        rest = bytes[...]
    }

    /// Reads the inside of an element.
    public init(_ element: DERElement) {
        rest = element.content
    }

    /// Reads a part of an encoding; offsets are those of the whole.
    public init(_ bytes: ArraySlice<UInt8>) {
        rest = bytes
    }

    public var isAtEnd: Bool { rest.isEmpty }

    /// The tag of the next element; nil at the end.
    public var nextTag: UInt8? { rest.first }

    /// The next element, whatever it is.
    public mutating func element(_ field: String) throws(DERError) -> DERElement {
        let start = rest.startIndex
        guard let tag = rest.first, rest.count >= 2 else { throw failure(.truncated, field) }
        // Tags of more than one byte occur in none of the structures that are read here.
        guard tag & 0x1F != 0x1F else { throw failure(.tag, field) }
        var position = start + 1
        var length = Int(rest[position])
        position += 1
        if length >= 0x80 {
            let count = length & 0x7F
            guard (1...4).contains(count) else { throw failure(.length, field) }
            guard rest.endIndex - position >= count else { throw failure(.truncated, field) }
            length = rest[position..<(position + count)].reduce(0) { $0 << 8 | Int($1) }
            let isShortest = rest[position] != 0 && length >= 0x80
            guard isShortest else { throw failure(.length, field) }
            position += count
        }
        guard rest.endIndex - position >= length else { throw failure(.truncated, field) }
        let end = position + length
        defer { rest = rest[end...] }
        return DERElement(tag: tag, content: rest[position..<end], bytes: rest[start..<end])
    }

    /// The next element, which must carry a tag.
    public mutating func element(_ tag: UInt8, _ field: String) throws(DERError) -> DERElement {
        guard let next = nextTag else { throw failure(.truncated, field) }
        guard next == tag else { throw failure(.tag, field) }
        return try element(field)
    }

    /// A reader of the next SEQUENCE.
    public mutating func sequence(_ field: String) throws(DERError) -> DERReader {
        DERReader(try element(DERTag.sequence, field))
    }

    /// Refuses what follows after the last element.
    public func end(_ field: String) throws(DERError) {
        guard isAtEnd else { throw failure(.trailing, field) }
    }

    /// An error at the next element, for what the caller finds wrong.
    public func failure(_ problem: DERError.Problem, _ field: String) -> DERError {
        DERError(problem: problem, field: field, offset: rest.startIndex)
    }
}

extension DERReader {
    /// An INTEGER of at most eight bytes in its shortest form.
    public mutating func integer(_ field: String) throws(DERError) -> Int {
        let content = try self.content(DERTag.integer, field) { content in
            guard let first = content.first, content.count <= 8 else { return false }
            guard content.count > 1 else { return true }
            let second = content[content.startIndex + 1]
            return !(first == 0 && second < 0x80) && !(first == 0xFF && second >= 0x80)
        }
        let start: Int = (content.first ?? 0) >= 0x80 ? -1 : 0
        return content.reduce(start) { $0 << 8 | Int($1) }
    }

    /// The content of an INTEGER of any length as a positive number, without leading zeros.
    public mutating func serialNumber(_ field: String) throws(DERError) -> [UInt8] {
        let content = try self.content(DERTag.integer, field) { !$0.isEmpty && $0.count <= 33 }
        return Array(content.drop { $0 == 0 })
    }

    /// A BOOLEAN; DER knows 00 and FF alone, though one public program writes 01.
    public mutating func boolean(_ field: String) throws(DERError) -> Bool {
        try content(DERTag.boolean, field) { $0.count == 1 }.first != 0
    }

    /// The content of an OCTET STRING.
    public mutating func octets(_ field: String) throws(DERError) -> [UInt8] {
        Array(try element(DERTag.octetString, field).content)
    }

    /// The bytes of a BIT STRING without unused bits.
    public mutating func bits(_ field: String) throws(DERError) -> [UInt8] {
        Array(try content(DERTag.bitString, field) { $0.first == 0 }.dropFirst())
    }

    /// A text in one of the types of strings, always read as UTF-8.
    public mutating func text(_ tag: UInt8, _ field: String) throws(DERError) -> String {
        let content = try self.content(tag, field) { bytes in
            tag == DERTag.utf8String || bytes.allSatisfy { $0 < 0x80 }
        }
        guard let text = String(validating: content, as: UTF8.self), !text.unicodeScalars.contains("\0") else {
            throw failure(.content, field)
        }
        return text
    }

    /// An OBJECT IDENTIFIER in dotted form.
    public mutating func identifier(_ field: String) throws(DERError) -> String {
        let content = try self.content(DERTag.objectIdentifier, field) { !$0.isEmpty && $0.count <= 64 }
        guard let text = Self.dotted(content) else { throw failure(.content, field) }
        return text
    }

    /// A moment in milliseconds since 1970 (UTC): GeneralizedTime `YYYYMMDDHHMMSSZ` or UTCTime `YYMMDDHHMMSSZ`.
    public mutating func time(_ field: String) throws(DERError) -> Int64 {
        guard let tag = nextTag, [DERTag.generalizedTime, DERTag.utcTime].contains(tag) else {
            throw failure(isAtEnd ? .truncated : .tag, field)
        }
        let content = try element(field).content
        guard let time = DERTime.read(content, hasCentury: tag == DERTag.generalizedTime) else {
            throw failure(.content, field)
        }
        return time
    }

    private mutating func content(
        _ tag: UInt8, _ field: String, _ isSound: (ArraySlice<UInt8>) -> Bool
    ) throws(DERError) -> ArraySlice<UInt8> {
        let before = self
        let content = try element(tag, field).content
        guard isSound(content) else { throw before.failure(.content, field) }
        return content
    }

    private static func dotted(_ content: ArraySlice<UInt8>) -> String? {
        var arcs: [UInt64] = []
        var value: UInt64 = 0
        var isOpen = false
        for byte in content {
            // A padded arc is another writing of the same identifier.
            if !isOpen, byte == 0x80 { return nil }
            guard value < 1 << 56 else { return nil }
            value = value << 7 | UInt64(byte & 0x7F)
            isOpen = byte & 0x80 != 0
            if !isOpen {
                if arcs.isEmpty {
                    let first = min(value / 40, 2)
                    arcs = [first, value - first * 40]
                } else {
                    arcs.append(value)
                }
                value = 0
            }
        }
        return isOpen ? nil : arcs.map(String.init).joined(separator: ".")
    }
}
