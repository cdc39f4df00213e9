public import Standards

/// A type that can stand in a column.
///
/// Booleans are stored as 0 and 1 and instants as integer milliseconds, since that is what both databases share.
public protocol SQLConvertible: Sendable {
    /// The value as the database stores it.
    var sql: SQLValue { get }

    /// Reads the value back.
    ///
    /// - Returns: nil when `sql` is not a value of this type.
    init?(sql: SQLValue)
}

extension SQLValue: SQLConvertible {
    public var sql: SQLValue { self }
    public init?(sql: SQLValue) { self = sql }
}

extension String: SQLConvertible {
    public var sql: SQLValue { .text(self) }
    public init?(sql: SQLValue) {
        guard case .text(let text) = sql else { return nil }
        self = text
    }
}

extension Int64: SQLConvertible {
    public var sql: SQLValue { .integer(self) }
    public init?(sql: SQLValue) {
        guard case .integer(let integer) = sql else { return nil }
        self = integer
    }
}

extension Int: SQLConvertible {
    public var sql: SQLValue { .integer(Int64(self)) }
    public init?(sql: SQLValue) {
        guard case .integer(let integer) = sql else { return nil }
        self = Int(integer)
    }
}

extension Double: SQLConvertible {
    public var sql: SQLValue { .real(self) }
    public init?(sql: SQLValue) {
        switch sql {
        case .real(let real): self = real
        case .integer(let integer): self = Double(integer)
        default: return nil
        }
    }
}

extension Bool: SQLConvertible {
    public var sql: SQLValue { .integer(self ? 1 : 0) }
    public init?(sql: SQLValue) {
        guard case .integer(let integer) = sql else { return nil }
        self = integer != 0
    }
}

extension [UInt8]: SQLConvertible {
    public var sql: SQLValue { .blob(self) }
    public init?(sql: SQLValue) {
        guard case .blob(let bytes) = sql else { return nil }
        self = bytes
    }
}

extension Optional: SQLConvertible where Wrapped: SQLConvertible {
    public var sql: SQLValue { self?.sql ?? .null }
    public init?(sql: SQLValue) {
        if case .null = sql {
            self = .none
        } else if let wrapped = Wrapped(sql: sql) {
            self = .some(wrapped)
        } else {
            return nil
        }
    }
}

extension Instant: SQLConvertible {
    public var sql: SQLValue { .integer(milliseconds) }
    public init?(sql: SQLValue) {
        guard case .integer(let milliseconds) = sql else { return nil }
        self.init(milliseconds: milliseconds)
    }
}

/// A legal day is stored as its ordinal (days since 1970-01-01), so that ranges compare as integers.
extension LegalDay: SQLConvertible {
    public var sql: SQLValue { .integer(Int64(ordinal)) }
    public init?(sql: SQLValue) {
        guard case .integer(let ordinal) = sql else { return nil }
        self.init(ordinal: Int(ordinal))
    }
}

extension SQLConvertible where Self: RawRepresentable, RawValue: SQLConvertible {
    public var sql: SQLValue { rawValue.sql }
    public init?(sql: SQLValue) {
        guard let raw = RawValue(sql: sql) else { return nil }
        self.init(rawValue: raw)
    }
}
