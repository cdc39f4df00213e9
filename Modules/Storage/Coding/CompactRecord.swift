/// A record that states its fields once, for ``CompactCoding`` to write them and to read them.
///
/// ```swift
/// extension ThemeReference: CompactRecord {
///     public static let blank = ThemeReference(id: "", hash: "")
///
///     public mutating func pass(_ fields: inout CompactFields) throws {
///         try fields.pass("id", &id)
///         try fields.pass("hash", &hash)
///     }
/// }
/// ```
///
/// The names are those of its `Codable` conformance, for which the test `CompactRecordTests` vouches: a field that was
/// forgotten here is found there.
public protocol CompactRecord: CompactValue {
    /// A value whose fields are yet to be read.
    static var blank: Self { get }

    /// Passes every field with its name, in the order in which they are written.
    mutating func pass(_ fields: inout CompactFields) throws
}

extension CompactRecord {
    @inlinable
    public func write(to writer: CompactWriter) throws {
        writer.beginRecord()
        var fields = CompactFields(writing: writer)
        // Only reading changes it.
        var record = self
        try record.pass(&fields)
        writer.end()
    }

    @inlinable
    public static func read(from place: CompactPlace) throws -> Self {
        var fields = CompactFields(reading: place)
        var record = blank
        try record.pass(&fields)
        return record
    }
}

/// The fields of one record while they are written or read.
public struct CompactFields {
    private enum Direction {
        case writing(CompactWriter)
        case reading(CompactPlace)
    }

    private let direction: Direction

    @usableFromInline init(writing writer: CompactWriter) { direction = .writing(writer) }
    @usableFromInline init(reading place: CompactPlace) { direction = .reading(place) }

    /// Passes a field that is always there.
    ///
    /// - Throws: `DecodingError` when it is not, or something else stands in its place.
    @inlinable
    public func pass<Value: CompactValue>(_ name: String, _ value: inout Value) throws {
        if let writer = writer(of: name) {
            try value.write(to: writer)
        } else {
            value = try Value.read(from: try place(of: name))
        }
    }

    /// Passes a field that may be left out.
    @inlinable
    public func pass<Value: CompactValue>(_ name: String, _ value: inout Value?) throws {
        if let present = value, let writer = writer(of: name) {
            try present.write(to: writer)
        } else if isReading {
            value = try placeIfThere(of: name).map { try Value.read(from: $0) }
        }
    }

    /// Passes a field whose type is `Codable` alone.
    public func pass<Value: Codable>(coded name: String, _ value: inout Value) throws {
        if let writer = writer(of: name) {
            try writer.write(coded: value)
        } else {
            value = try place(of: name).decoded()
        }
    }

    /// As ``pass(coded:_:)``, for a field that may be left out.
    public func pass<Value: Codable>(coded name: String, _ value: inout Value?) throws {
        if let present = value, let writer = writer(of: name) {
            try writer.write(coded: present)
        } else if isReading {
            value = try placeIfThere(of: name)?.decoded()
        }
    }

    @usableFromInline var isReading: Bool {
        if case .reading = direction { true } else { false }
    }

    /// Where to write a field whose name it has written; nil while reading.
    @usableFromInline
    func writer(of name: String) -> CompactWriter? {
        guard case .writing(let writer) = direction else { return nil }
        writer.name(name)
        return writer
    }

    @usableFromInline
    func placeIfThere(of name: String) throws -> CompactPlace? {
        guard case .reading(let record) = direction else { return nil }
        return try record.member(name)
    }

    @usableFromInline
    func place(of name: String) throws -> CompactPlace {
        if let place = try placeIfThere(of: name) { return place }
        throw DecodingError.keyNotFound(
            CompactName(name), .init(codingPath: [], debugDescription: "no member \(name)"))
    }
}
