/// Lets a value write itself with a ``CompactWriter``.
struct CompactEncoder: Encoder {
    let writer: CompactWriter
    let codingPath: [any CodingKey]
    var userInfo: [CodingUserInfoKey: Any] { [:] }

    func container<Key: CodingKey>(keyedBy type: Key.Type) -> KeyedEncodingContainer<Key> {
        KeyedEncodingContainer(CompactRecordEncoder<Key>(writer: writer, codingPath: codingPath))
    }

    func unkeyedContainer() -> any UnkeyedEncodingContainer {
        CompactListEncoder(writer: writer, codingPath: codingPath)
    }

    func singleValueContainer() -> any SingleValueEncodingContainer { self }

    /// Writes a value and finishes all containers that it opened.
    func write<Value: Encodable>(_ value: Value) throws {
        // The types are compared first, since a cast that fails is slow and nearly all do.
        if Value.self == [UInt8].self, let bytes = value as? [UInt8] { return writer.write(bytes) }
        if Value.self == [String: String].self, let texts = value as? [String: String] {
            return try texts.write(to: writer)
        }
        let (depth, length) = (writer.depth, writer.length)
        try value.encode(to: self)
        writer.close(to: depth)
        // What writes nothing is a record without members, as in JSON.
        if writer.length == length {
            _ = writer.begin(CompactTag.record)
            writer.close(to: depth)
        }
    }

    /// Writes a whole number.
    ///
    /// - Throws: `EncodingError` when it does not fit into 64 bits with a sign.
    static func whole(_ number: some BinaryInteger, _ path: [any CodingKey]) throws -> Int64 {
        guard let whole = Int64(exactly: number) else {
            throw EncodingError.invalidValue(number, .init(codingPath: path, debugDescription: "beyond 64 bits"))
        }
        return whole
    }

    static func interleaved(_ path: [any CodingKey]) -> EncodingError {
        EncodingError.invalidValue(
            path, .init(codingPath: path, debugDescription: "a container was used after a later one was begun"))
    }
}

extension CompactEncoder: SingleValueEncodingContainer {
    func encodeNil() { writer.null() }
    func encode(_ value: Bool) { writer.write(value) }
    func encode(_ value: String) { writer.write(value) }
    func encode(_ value: Double) { writer.write(value) }
    func encode(_ value: Float) { writer.write(Double(value)) }
    func encode(_ value: Int) { writer.write(Int64(value)) }
    func encode(_ value: Int8) { writer.write(Int64(value)) }
    func encode(_ value: Int16) { writer.write(Int64(value)) }
    func encode(_ value: Int32) { writer.write(Int64(value)) }
    func encode(_ value: Int64) { writer.write(value) }
    func encode(_ value: UInt) throws { writer.write(try Self.whole(value, codingPath)) }
    func encode(_ value: UInt8) { writer.write(Int64(value)) }
    func encode(_ value: UInt16) { writer.write(Int64(value)) }
    func encode(_ value: UInt32) { writer.write(Int64(value)) }
    func encode(_ value: UInt64) throws { writer.write(try Self.whole(value, codingPath)) }
    func encode(_ value: some Encodable) throws { try write(value) }
}

/// The members of a record.
struct CompactRecordEncoder<Key: CodingKey>: KeyedEncodingContainerProtocol {
    let writer: CompactWriter
    let codingPath: [any CodingKey]
    private let container: CompactWriter.Container

    init(writer: CompactWriter, codingPath: [any CodingKey]) {
        self.writer = writer
        self.codingPath = codingPath
        container = writer.begin(CompactTag.record)
    }

    private func enter(_ key: some CodingKey) throws {
        guard writer.enter(container) else { throw CompactEncoder.interleaved(codingPath) }
        writer.name(key.stringValue)
    }

    func encodeNil(forKey key: Key) throws {
        try enter(key)
        writer.null()
    }

    func encode(_ value: Bool, forKey key: Key) throws {
        try enter(key)
        writer.write(value)
    }

    func encode(_ value: String, forKey key: Key) throws {
        try enter(key)
        writer.write(value)
    }

    func encode(_ value: Double, forKey key: Key) throws {
        try enter(key)
        writer.write(value)
    }

    func encode(_ value: Float, forKey key: Key) throws { try encode(Double(value), forKey: key) }
    func encode(_ value: Int, forKey key: Key) throws { try whole(value, key) }
    func encode(_ value: Int8, forKey key: Key) throws { try whole(value, key) }
    func encode(_ value: Int16, forKey key: Key) throws { try whole(value, key) }
    func encode(_ value: Int32, forKey key: Key) throws { try whole(value, key) }
    func encode(_ value: Int64, forKey key: Key) throws { try whole(value, key) }
    func encode(_ value: UInt, forKey key: Key) throws { try whole(value, key) }
    func encode(_ value: UInt8, forKey key: Key) throws { try whole(value, key) }
    func encode(_ value: UInt16, forKey key: Key) throws { try whole(value, key) }
    func encode(_ value: UInt32, forKey key: Key) throws { try whole(value, key) }
    func encode(_ value: UInt64, forKey key: Key) throws { try whole(value, key) }

    func encode(_ value: some Encodable, forKey key: Key) throws {
        try enter(key)
        try CompactEncoder(writer: writer, codingPath: []).write(value)
    }

    func nestedContainer<Inner: CodingKey>(
        keyedBy type: Inner.Type, forKey key: Key
    ) -> KeyedEncodingContainer<Inner> {
        begin(key)
        return KeyedEncodingContainer(CompactRecordEncoder<Inner>(writer: writer, codingPath: codingPath + [key]))
    }

    func nestedUnkeyedContainer(forKey key: Key) -> any UnkeyedEncodingContainer {
        begin(key)
        return CompactListEncoder(writer: writer, codingPath: codingPath + [key])
    }

    func superEncoder() -> any Encoder {
        begin(CompactName("super"))
        return CompactEncoder(writer: writer, codingPath: codingPath)
    }

    func superEncoder(forKey key: Key) -> any Encoder {
        begin(key)
        return CompactEncoder(writer: writer, codingPath: codingPath + [key])
    }

    private func whole(_ value: some BinaryInteger, _ key: Key) throws {
        let number = try CompactEncoder.whole(value, codingPath)
        try enter(key)
        writer.write(number)
    }

    /// As ``enter(_:)`` where the protocol allows no error; such a misuse is a mistake in the program.
    private func begin(_ key: some CodingKey) {
        precondition(writer.enter(container), "a container was used after a later one was begun")
        writer.name(key.stringValue)
    }
}

/// The elements of a list.
struct CompactListEncoder: UnkeyedEncodingContainer {
    let writer: CompactWriter
    let codingPath: [any CodingKey]
    private(set) var count = 0
    private let container: CompactWriter.Container

    init(writer: CompactWriter, codingPath: [any CodingKey]) {
        self.writer = writer
        self.codingPath = codingPath
        container = writer.begin(CompactTag.list)
    }

    private mutating func next() throws -> CompactEncoder {
        guard writer.enter(container) else { throw CompactEncoder.interleaved(codingPath) }
        count += 1
        return CompactEncoder(writer: writer, codingPath: codingPath)
    }

    mutating func encodeNil() throws { try next().encodeNil() }
    mutating func encode(_ value: Bool) throws { try next().encode(value) }
    mutating func encode(_ value: String) throws { try next().encode(value) }
    mutating func encode(_ value: Double) throws { try next().encode(value) }
    mutating func encode(_ value: Float) throws { try next().encode(value) }
    mutating func encode(_ value: Int) throws { try next().encode(value) }
    mutating func encode(_ value: Int8) throws { try next().encode(value) }
    mutating func encode(_ value: Int16) throws { try next().encode(value) }
    mutating func encode(_ value: Int32) throws { try next().encode(value) }
    mutating func encode(_ value: Int64) throws { try next().encode(value) }
    mutating func encode(_ value: UInt) throws { try next().encode(value) }
    mutating func encode(_ value: UInt8) throws { try next().encode(value) }
    mutating func encode(_ value: UInt16) throws { try next().encode(value) }
    mutating func encode(_ value: UInt32) throws { try next().encode(value) }
    mutating func encode(_ value: UInt64) throws { try next().encode(value) }
    mutating func encode(_ value: some Encodable) throws { try next().write(value) }

    mutating func nestedContainer<Inner: CodingKey>(keyedBy type: Inner.Type) -> KeyedEncodingContainer<Inner> {
        begin()
        return KeyedEncodingContainer(CompactRecordEncoder<Inner>(writer: writer, codingPath: codingPath))
    }

    mutating func nestedUnkeyedContainer() -> any UnkeyedEncodingContainer {
        begin()
        return CompactListEncoder(writer: writer, codingPath: codingPath)
    }

    mutating func superEncoder() -> any Encoder {
        begin()
        return CompactEncoder(writer: writer, codingPath: codingPath)
    }

    private mutating func begin() {
        precondition(writer.enter(container), "a container was used after a later one was begun")
        count += 1
    }
}

/// A name that no type declares.
struct CompactName: CodingKey {
    let stringValue: String
    let intValue: Int?

    init(_ name: String) {
        stringValue = name
        intValue = nil
    }

    init?(stringValue: String) { self.init(stringValue) }

    init?(intValue: Int) {
        stringValue = String(intValue)
        self.intValue = intValue
    }
}
