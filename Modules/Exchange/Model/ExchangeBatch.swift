public import Extension
public import Standards
import Storage

/// One delivery to the national platform (交换批次).
public struct ExchangeBatch: Sendable, Hashable {
    /// Its number (cd_batch): division, day and serial.
    public let number: String
    /// The days whose changes it holds.
    public let period: ClosedRange<LegalDay>
    public let begunAt: Instant
    /// Until when changes are in it: the moment at which it was begun, if its last day was not over then.
    public let until: Instant
    /// When it was complete; nil while it is under way.
    public let completedAt: Instant?
    /// When its files were first written out whole; nil while the platform can't have it.
    public let takenAt: Instant?
    /// Who had it made, as the journal names the actor.
    public let actor: String
    /// How many rows there are, by table and operation, such as `up_pro_accept` → `I` → 12.
    public var counts: [String: [String: Int]]
    /// How many faults kept rows out.
    public var faults: Int
    /// Whether its rows are still here.
    public let isKept: Bool
    /// How far it is: the source and the key up to which its things were looked at.
    var place: Place

    /// A place in the sequence of sources and keys.
    struct Place: Sendable, Hashable {
        var source: Int
        var key: String
        /// How many entries were written.
        var entries: Int
    }

    /// All rows.
    public var rows: Int { counts.values.reduce(0) { $0 + $1.values.reduce(0, +) } }

    public var periodText: String {
        if period.lowerBound == period.upperBound { return period.upperBound.text }
        return period.lowerBound == .first
            ? "截至 \(period.upperBound.text)" : "\(period.lowerBound.text) 至 \(period.upperBound.text)"
    }

    public var json: JSONValue {
        [
            "batch": .string(number), "from": firstDay, "to": .string(period.upperBound.text),
            "begun_at": .string(begunAt.iso8601), "completed_at": completedAt.map { .string($0.iso8601) } ?? .null,
            "taken_at": takenAt.map { .string($0.iso8601) } ?? .null,
            "rows": .integer(Int64(rows)), "faults": .integer(Int64(faults)), "kept": .bool(isKept),
            "tables": Self.json(counts),
        ]
    }

    /// The first day; null where everything from the beginning is in it.
    var firstDay: JSONValue { period.lowerBound == .first ? .null : .string(period.lowerBound.text) }

    static func json(_ counts: [String: [String: Int]]) -> JSONValue {
        .object(counts.mapValues { .object($0.mapValues { .integer(Int64($0)) }) })
    }

    static func counts(_ text: String) throws -> [String: [String: Int]] {
        guard case .object(let tables) = try JSONValue(parsing: text) else { return [:] }
        return tables.mapValues { value in
            guard case .object(let operations) = value else { return [:] }
            return operations.compactMapValues { $0.integer.map(Int.init) }
        }
    }
}
