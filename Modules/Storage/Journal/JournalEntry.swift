import Cryptography
public import Standards

/// A chain of events about one thing: a case, a person, an item, an account.
public struct StreamID: Hashable, Sendable {
    /// The division that holds the thing, which leads the key of every large table.
    public let division: String
    /// The kind and the identifier, for example `case/01hz…`.
    public let text: String

    /// - Parameters:
    ///   - division: the division's code.
    ///   - kind: for example `case`.
    ///   - id: the thing's identifier.
    public init(division: String, kind: String, id: String) {
        self.division = division
        text = "\(kind)/\(id)"
    }

    init(division: String, text: String) {
        self.division = division
        self.text = text
    }
}

/// One event to be written into the journal (业务流水).
public struct JournalEntry: Sendable, Hashable {
    /// For example `case.submitted`.
    public let type: String
    /// Canonical JSON with identifiers and keyed digests, never personal data, so that the chain survives erasure.
    public let body: String
    /// Who did it, for example `staff/01hz…` or `system`.
    public let actor: String
    /// The keyed digest of the state in which the change left the thing, on the last event of a change; see
    /// ``RowState``.
    public let state: [UInt8]?

    public init(type: String, body: String, actor: String, state: [UInt8]? = nil) {
        self.type = type
        self.body = body
        self.actor = actor
        self.state = state
    }

    /// The same as the last event of a change that left the thing in a state.
    public func leaving(_ state: [UInt8]?) -> JournalEntry {
        JournalEntry(type: type, body: body, actor: actor, state: state)
    }
}

/// One event as the journal holds it.
public struct JournalRecord: Sendable, Hashable {
    /// 1 for the first event of the stream.
    public let seq: Int64
    public let at: Instant
    public let entry: JournalEntry
    /// The chain's hash up to this event: 32 bytes.
    public let hash: [UInt8]
}

extension JournalRecord {
    init(_ row: Row) throws {
        seq = try row.get("seq")
        at = try row.get("at")
        entry = JournalEntry(
            type: try row.get("type"), body: try row.get("body"), actor: try row.get("actor"),
            state: try row.get("state"))
        hash = try row.get("hash")
    }
}

extension StreamID {
    init(_ row: Row) throws { self.init(division: try row.get("division"), text: try row.get("stream")) }

    /// What the first event of every chain follows.
    static let genesis = [UInt8](repeating: 0, count: SM3.digestLength)

    /// hash_n = SM3(hash_{n-1} ‖ all fields of event n).
    func hash(_ entry: JournalEntry, seq: Int64, at instant: Instant, after previous: [UInt8]) -> [UInt8] {
        var canonical = CanonicalBytes()
        canonical.append(previous)
        canonical.append(division)
        canonical.append(text)
        canonical.append(seq)
        canonical.append(instant.milliseconds)
        canonical.append(entry.type)
        canonical.append(entry.actor)
        canonical.append(entry.body)
        // Left out where there is none, as in the events of earlier programs.
        if let state = entry.state { canonical.append(state) }
        return SM3.hash(canonical.bytes)
    }
}
