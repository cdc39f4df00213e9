/// Reads the bytes of a ``CompactDocument`` from front to back, never past their end.
struct CompactScanner {
    private let bytes: [UInt8]
    private var position = 0
    private var nodes: [CompactDocument.Node] = []
    private var names: [String] = []

    /// How deep containers may lie in each other.
    private static let maximumDepth = 64

    /// - Throws: `DecodingError` when the bytes are no such document.
    static func scan(_ bytes: [UInt8]) throws -> (nodes: [CompactDocument.Node], names: [String]) {
        var scanner = CompactScanner(bytes: bytes)
        guard try scanner.byte() == CompactCoding.version else {
            throw CompactDocument.corrupt("not a compact document")
        }
        try scanner.value(tag: try scanner.byte(), name: 0, depth: 0)
        guard scanner.position == bytes.count else { throw CompactDocument.corrupt("bytes after the end") }
        return (scanner.nodes, scanner.names)
    }

    private init(bytes: [UInt8]) {
        self.bytes = bytes
        nodes.reserveCapacity(bytes.count / 6)
    }

    private mutating func value(tag: UInt8, name: Int32, depth: Int) throws {
        var content: Int64 = 0
        var count = 0
        switch tag {
        case CompactTag.null, CompactTag.no, CompactTag.yes: break
        case CompactTag.integer:
            let number = try variable()
            content = Int64(bitPattern: number >> 1) ^ -Int64(bitPattern: number & 1)
        case CompactTag.real: content = try fixed()
        case CompactTag.text, CompactTag.bytes:
            count = try length()
            content = Int64(position)
            position += count
        case CompactTag.record, CompactTag.list: return try container(tag: tag, name: name, depth: depth)
        default: throw CompactDocument.corrupt("unknown tag \(tag)")
        }
        nodes.append(
            CompactDocument.Node(
                tag: tag, name: name, content: content, count: Int32(count), next: Int32(nodes.count + 1)))
    }

    private mutating func container(tag: UInt8, name: Int32, depth: Int) throws {
        guard depth < Self.maximumDepth else { throw CompactDocument.corrupt("nested too deep") }
        let index = nodes.count
        nodes.append(CompactDocument.Node(tag: tag, name: name, content: 0, count: 0, next: 0))
        while true {
            var name: Int32 = 0
            if tag == CompactTag.record {
                name = try self.name()
                if name == 0 { break }
            }
            let inner = try byte()
            if inner == CompactTag.end {
                if tag == CompactTag.list { break }
                throw CompactDocument.corrupt("a name without a value")
            }
            try value(tag: inner, name: name, depth: depth + 1)
            nodes[index].count += 1
        }
        nodes[index].next = Int32(nodes.count)
    }

    /// The number of the next name; 0 at the end of a record.
    private mutating func name() throws -> Int32 {
        let number = try variable()
        if number <= UInt64(names.count) { return Int32(number) }
        guard number == UInt64(names.count) + 1 else { throw CompactDocument.corrupt("a name out of order") }
        let count = try length()
        guard let name = String(validating: bytes[position..<position + count], as: UTF8.self) else {
            throw CompactDocument.corrupt("not UTF-8")
        }
        position += count
        names.append(name)
        return Int32(number)
    }

    private mutating func byte() throws -> UInt8 {
        guard position < bytes.count else { throw CompactDocument.corrupt("cut off") }
        defer { position += 1 }
        return bytes[position]
    }

    private mutating func variable() throws -> UInt64 {
        var number: UInt64 = 0
        var shift: UInt64 = 0
        while true {
            let byte = try byte()
            guard shift < 63 || byte <= 1 else { throw CompactDocument.corrupt("a number beyond 64 bits") }
            number |= UInt64(byte & 0x7F) << shift
            if byte < 0x80 { return number }
            shift += 7
        }
    }

    private mutating func length() throws -> Int {
        let number = try variable()
        guard number <= UInt64(bytes.count - position) else { throw CompactDocument.corrupt("cut off") }
        return Int(number)
    }

    private mutating func fixed() throws -> Int64 {
        guard bytes.count - position >= 8 else { throw CompactDocument.corrupt("cut off") }
        defer { position += 8 }
        return Int64(bitPattern: bytes[position..<position + 8].reduce(0) { $0 << 8 | UInt64($1) })
    }
}
