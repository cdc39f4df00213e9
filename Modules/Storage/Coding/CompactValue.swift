public import Standards

/// A value that ``CompactCoding`` writes and reads at once, without the containers of `Codable` between.
///
/// The form is the one that the value's `Codable` conformance has, so that either reads what the other wrote. It is for
/// what every request opens; everything else is `Codable` and no more.
public protocol CompactValue: Codable {
    /// Writes the value.
    func write(to writer: CompactWriter) throws

    /// Reads the value at a place of a document.
    ///
    /// - Throws: `DecodingError` when something else stands there.
    static func read(from place: CompactPlace) throws -> Self
}

extension String: CompactValue {
    public func write(to writer: CompactWriter) { writer.write(self) }
    public static func read(from place: CompactPlace) throws -> String { try place.text() }
}

extension Bool: CompactValue {
    public func write(to writer: CompactWriter) { writer.write(self) }

    public static func read(from place: CompactPlace) throws -> Bool {
        switch place.value.tag {
        case CompactTag.yes: true
        case CompactTag.no: false
        default: throw place.mismatch(Bool.self)
        }
    }
}

extension Int: CompactValue {
    public func write(to writer: CompactWriter) { writer.write(Int64(self)) }
    public static func read(from place: CompactPlace) throws -> Int { Int(try place.whole()) }
}

extension Instant: CompactValue {
    public func write(to writer: CompactWriter) { writer.write(milliseconds) }

    public static func read(from place: CompactPlace) throws -> Instant {
        Instant(milliseconds: try place.whole())
    }
}

extension LegalDay: CompactValue {
    public func write(to writer: CompactWriter) { writer.write(description) }

    public static func read(from place: CompactPlace) throws -> LegalDay {
        guard let day = try? LegalDay(try place.text()) else { throw place.mismatch(LegalDay.self) }
        return day
    }
}

extension CompactValue where Self: RawRepresentable, RawValue == String {
    public func write(to writer: CompactWriter) { writer.write(rawValue) }

    public static func read(from place: CompactPlace) throws -> Self {
        guard let value = Self(rawValue: try place.text()) else { throw place.mismatch(Self.self) }
        return value
    }
}

// Inlinable, as is all that is generic here, so that it is compiled for the types of those who use it.

extension Array: CompactValue where Element: CompactValue {
    @inlinable
    public func write(to writer: CompactWriter) throws {
        writer.beginList()
        for element in self { try element.write(to: writer) }
        writer.end()
    }

    @inlinable
    public static func read(from place: CompactPlace) throws -> [Element] {
        var elements: [Element] = []
        elements.reserveCapacity(place.count)
        try place.forEachElement { elements.append(try Element.read(from: $0)) }
        return elements
    }
}

extension Dictionary: CompactValue where Key == String, Value: CompactValue {
    @inlinable
    public func write(to writer: CompactWriter) throws {
        writer.beginRecord()
        for (name, value) in self {
            writer.name(name)
            try value.write(to: writer)
        }
        writer.end()
    }

    @inlinable
    public static func read(from place: CompactPlace) throws -> [String: Value] {
        var members: [String: Value] = [:]
        members.reserveCapacity(place.count)
        try place.forEachMember { members[$0] = try Value.read(from: $1) }
        return members
    }
}
