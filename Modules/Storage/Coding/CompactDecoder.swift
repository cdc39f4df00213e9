/// Lets a value read itself from a ``CompactDocument``.
struct CompactDecoder: Decoder {
    let document: CompactDocument
    let node: Int
    let codingPath: [any CodingKey]
    var userInfo: [CodingUserInfoKey: Any] { [:] }

    private var value: CompactDocument.Node { document.nodes[node] }

    func container<Key: CodingKey>(keyedBy type: Key.Type) throws -> KeyedDecodingContainer<Key> {
        guard value.tag == CompactTag.record else { throw mismatch([String: Any].self) }
        return KeyedDecodingContainer(CompactRecordDecoder<Key>(document: document, node: node, codingPath: codingPath))
    }

    func unkeyedContainer() throws -> any UnkeyedDecodingContainer {
        guard value.tag == CompactTag.list else { throw mismatch([Any].self) }
        return CompactListDecoder(document: document, node: node, codingPath: codingPath)
    }

    func singleValueContainer() -> any SingleValueDecodingContainer { self }

    func mismatch(_ type: Any.Type) -> DecodingError {
        DecodingError.typeMismatch(type, .init(codingPath: codingPath, debugDescription: "found tag \(value.tag)"))
    }

    func whole<Number: FixedWidthInteger>(_ type: Number.Type) throws -> Number {
        guard value.tag == CompactTag.integer, let number = Number(exactly: value.content) else { throw mismatch(type) }
        return number
    }
}

extension CompactDecoder: SingleValueDecodingContainer {
    func decodeNil() -> Bool { value.tag == CompactTag.null }

    func decode(_ type: Bool.Type) throws -> Bool {
        switch value.tag {
        case CompactTag.yes: return true
        case CompactTag.no: return false
        default: throw mismatch(type)
        }
    }

    func decode(_ type: String.Type) throws -> String {
        guard value.tag == CompactTag.text else { throw mismatch(type) }
        return try document.text(value)
    }

    func decode(_ type: Double.Type) throws -> Double {
        switch value.tag {
        case CompactTag.real: return Double(bitPattern: UInt64(bitPattern: value.content))
        case CompactTag.integer: return Double(value.content)
        default: throw mismatch(type)
        }
    }

    func decode(_ type: Float.Type) throws -> Float { Float(try decode(Double.self)) }
    func decode(_ type: Int.Type) throws -> Int { try whole(type) }
    func decode(_ type: Int8.Type) throws -> Int8 { try whole(type) }
    func decode(_ type: Int16.Type) throws -> Int16 { try whole(type) }
    func decode(_ type: Int32.Type) throws -> Int32 { try whole(type) }
    func decode(_ type: Int64.Type) throws -> Int64 { try whole(type) }
    func decode(_ type: UInt.Type) throws -> UInt { try whole(type) }
    func decode(_ type: UInt8.Type) throws -> UInt8 { try whole(type) }
    func decode(_ type: UInt16.Type) throws -> UInt16 { try whole(type) }
    func decode(_ type: UInt32.Type) throws -> UInt32 { try whole(type) }
    func decode(_ type: UInt64.Type) throws -> UInt64 { try whole(type) }

    func decode<Value: Decodable>(_ type: Value.Type) throws -> Value {
        if type == [UInt8].self, value.tag == CompactTag.bytes, let bytes = document.content(value) as? Value {
            return bytes
        }
        if type == [String: String].self, value.tag == CompactTag.record,
            let texts = try [String: String].read(from: CompactPlace(document: document, node: node)) as? Value
        {
            return texts
        }
        return try Value(from: self)
    }
}

/// The members of a record.
struct CompactRecordDecoder<Key: CodingKey>: KeyedDecodingContainerProtocol {
    let document: CompactDocument
    let node: Int
    let codingPath: [any CodingKey]

    var allKeys: [Key] {
        var keys: [Key] = []
        keys.reserveCapacity(Int(document.nodes[node].count))
        var member = node + 1
        let end = Int(document.nodes[node].next)
        while member < end {
            if let key = Key(stringValue: document.names[Int(document.nodes[member].name) - 1]) { keys.append(key) }
            member = Int(document.nodes[member].next)
        }
        return keys
    }

    func contains(_ key: Key) -> Bool { find(key) != nil }
    func decodeNil(forKey key: Key) throws -> Bool { try member(key).decodeNil() }
    func decode(_ type: Bool.Type, forKey key: Key) throws -> Bool { try member(key).decode(type) }
    func decode(_ type: String.Type, forKey key: Key) throws -> String { try member(key).decode(type) }
    func decode(_ type: Double.Type, forKey key: Key) throws -> Double { try member(key).decode(type) }
    func decode(_ type: Float.Type, forKey key: Key) throws -> Float { try member(key).decode(type) }
    func decode(_ type: Int.Type, forKey key: Key) throws -> Int { try member(key).decode(type) }
    func decode(_ type: Int8.Type, forKey key: Key) throws -> Int8 { try member(key).decode(type) }
    func decode(_ type: Int16.Type, forKey key: Key) throws -> Int16 { try member(key).decode(type) }
    func decode(_ type: Int32.Type, forKey key: Key) throws -> Int32 { try member(key).decode(type) }
    func decode(_ type: Int64.Type, forKey key: Key) throws -> Int64 { try member(key).decode(type) }
    func decode(_ type: UInt.Type, forKey key: Key) throws -> UInt { try member(key).decode(type) }
    func decode(_ type: UInt8.Type, forKey key: Key) throws -> UInt8 { try member(key).decode(type) }
    func decode(_ type: UInt16.Type, forKey key: Key) throws -> UInt16 { try member(key).decode(type) }
    func decode(_ type: UInt32.Type, forKey key: Key) throws -> UInt32 { try member(key).decode(type) }
    func decode(_ type: UInt64.Type, forKey key: Key) throws -> UInt64 { try member(key).decode(type) }
    func decode<Value: Decodable>(_ type: Value.Type, forKey key: Key) throws -> Value { try member(key).decode(type) }

    func decodeIfPresent<Value: Decodable>(_ type: Value.Type, forKey key: Key) throws -> Value? {
        guard let found = find(key), document.nodes[found].tag != CompactTag.null else { return nil }
        return try decoder(found, key).decode(type)
    }

    func decodeIfPresent(_ type: String.Type, forKey key: Key) throws -> String? {
        guard let found = find(key), document.nodes[found].tag != CompactTag.null else { return nil }
        return try decoder(found, key).decode(type)
    }

    func nestedContainer<Inner: CodingKey>(
        keyedBy type: Inner.Type, forKey key: Key
    ) throws -> KeyedDecodingContainer<Inner> { try member(key).container(keyedBy: type) }

    func nestedUnkeyedContainer(forKey key: Key) throws -> any UnkeyedDecodingContainer {
        try member(key).unkeyedContainer()
    }

    func superDecoder() throws -> any Decoder {
        guard let found = find(CompactName("super")) else { throw missing(CompactName("super")) }
        return decoder(found, CompactName("super"))
    }

    func superDecoder(forKey key: Key) throws -> any Decoder { try member(key) }

    private func find(_ key: some CodingKey) -> Int? { document.member(key.stringValue, of: node) }

    private func member(_ key: Key) throws -> CompactDecoder {
        guard let found = find(key) else { throw missing(key) }
        return decoder(found, key)
    }

    private func decoder(_ found: Int, _ key: some CodingKey) -> CompactDecoder {
        CompactDecoder(document: document, node: found, codingPath: codingPath)
    }

    private func missing(_ key: some CodingKey) -> DecodingError {
        DecodingError.keyNotFound(key, .init(codingPath: codingPath, debugDescription: "no member \(key.stringValue)"))
    }
}

/// The elements of a list.
struct CompactListDecoder: UnkeyedDecodingContainer {
    let document: CompactDocument
    let codingPath: [any CodingKey]
    let count: Int?
    private(set) var currentIndex = 0
    private var position: Int
    private let end: Int

    init(document: CompactDocument, node: Int, codingPath: [any CodingKey]) {
        self.document = document
        self.codingPath = codingPath
        count = Int(document.nodes[node].count)
        position = node + 1
        end = Int(document.nodes[node].next)
    }

    var isAtEnd: Bool { position >= end }

    private mutating func next() throws -> CompactDecoder {
        guard !isAtEnd else {
            throw DecodingError.valueNotFound(
                Any.self, .init(codingPath: codingPath, debugDescription: "no element \(currentIndex)"))
        }
        defer {
            position = Int(document.nodes[position].next)
            currentIndex += 1
        }
        return CompactDecoder(document: document, node: position, codingPath: codingPath)
    }

    mutating func decodeNil() throws -> Bool {
        guard !isAtEnd, document.nodes[position].tag == CompactTag.null else { return false }
        _ = try next()
        return true
    }

    mutating func decode(_ type: Bool.Type) throws -> Bool { try next().decode(type) }
    mutating func decode(_ type: String.Type) throws -> String { try next().decode(type) }
    mutating func decode(_ type: Double.Type) throws -> Double { try next().decode(type) }
    mutating func decode(_ type: Float.Type) throws -> Float { try next().decode(type) }
    mutating func decode(_ type: Int.Type) throws -> Int { try next().decode(type) }
    mutating func decode(_ type: Int8.Type) throws -> Int8 { try next().decode(type) }
    mutating func decode(_ type: Int16.Type) throws -> Int16 { try next().decode(type) }
    mutating func decode(_ type: Int32.Type) throws -> Int32 { try next().decode(type) }
    mutating func decode(_ type: Int64.Type) throws -> Int64 { try next().decode(type) }
    mutating func decode(_ type: UInt.Type) throws -> UInt { try next().decode(type) }
    mutating func decode(_ type: UInt8.Type) throws -> UInt8 { try next().decode(type) }
    mutating func decode(_ type: UInt16.Type) throws -> UInt16 { try next().decode(type) }
    mutating func decode(_ type: UInt32.Type) throws -> UInt32 { try next().decode(type) }
    mutating func decode(_ type: UInt64.Type) throws -> UInt64 { try next().decode(type) }
    mutating func decode<Value: Decodable>(_ type: Value.Type) throws -> Value { try next().decode(type) }

    mutating func nestedContainer<Inner: CodingKey>(
        keyedBy type: Inner.Type
    ) throws -> KeyedDecodingContainer<Inner> { try next().container(keyedBy: type) }

    mutating func nestedUnkeyedContainer() throws -> any UnkeyedDecodingContainer { try next().unkeyedContainer() }
    mutating func superDecoder() throws -> any Decoder { try next() }
}
