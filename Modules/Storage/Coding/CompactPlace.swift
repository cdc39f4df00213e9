/// Where a value stands in a document.
public struct CompactPlace {
    let document: CompactDocument
    let node: Int

    var value: CompactDocument.Node { document.nodes[node] }

    /// The text that stands here.
    public func text() throws -> String {
        guard value.tag == CompactTag.text else { throw mismatch(String.self) }
        return try document.text(value)
    }

    /// The whole number that stands here.
    public func whole() throws -> Int64 {
        guard value.tag == CompactTag.integer else { throw mismatch(Int64.self) }
        return value.content
    }

    /// Where the member of a record with a name stands; nil where there is none, or nothing in it.
    public func member(_ name: String) throws -> CompactPlace? {
        guard value.tag == CompactTag.record else { throw mismatch([String: Any].self) }
        guard let found = document.member(name, of: node) else { return nil }
        let place = CompactPlace(document: document, node: found)
        return place.value.tag == CompactTag.null ? nil : place
    }

    /// The value as its `Codable` conformance reads it.
    public func decoded<Value: Decodable>(as type: Value.Type = Value.self) throws -> Value {
        try CompactDecoder(document: document, node: node, codingPath: []).decode(type)
    }

    /// How many values stand directly in the one here.
    @usableFromInline var count: Int { Int(value.count) }

    @usableFromInline
    func forEachElement(_ body: (CompactPlace) throws -> Void) throws {
        try forEach(in: CompactTag.list, body)
    }

    @usableFromInline
    func forEachMember(_ body: (String, CompactPlace) throws -> Void) throws {
        try forEach(in: CompactTag.record) { try body(document.names[Int($0.value.name) - 1], $0) }
    }

    private func forEach(in tag: UInt8, _ body: (CompactPlace) throws -> Void) throws {
        guard value.tag == tag else { throw mismatch([Any].self) }
        var inner = node + 1
        let end = Int(value.next)
        while inner < end {
            try body(CompactPlace(document: document, node: inner))
            inner = Int(document.nodes[inner].next)
        }
    }

    func mismatch(_ type: Any.Type) -> DecodingError {
        DecodingError.typeMismatch(type, .init(codingPath: [], debugDescription: "found tag \(value.tag)"))
    }
}
