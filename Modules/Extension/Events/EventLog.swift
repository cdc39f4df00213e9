public import Storage
import Synchronization

/// Where services tell what happened: into the journal and, for each subscriber, into the outbox, in the same
/// transaction as the change itself.
public final class EventLog: Sendable {
    /// Who listens to an event.
    public struct Listener: Sendable {
        /// The subscriber's full name.
        public let name: String
        /// Which streams it hears; nil is all. What it doesn't hear costs nothing.
        let hears: (@Sendable (StreamID) -> Bool)?

        public init(_ name: String, hears: (@Sendable (StreamID) -> Bool)? = nil) {
            self.name = name
            self.hears = hears
        }
    }

    private let subscribers = Mutex<[String: [Listener]]>([:])

    public init() {}

    /// Says who listens; called once, when the registry is frozen.
    public func freeze(_ subscribersByEvent: [String: [Listener]]) {
        subscribers.withLock { $0 = subscribersByEvent }
    }

    /// Records events of one stream in order.
    ///
    /// - Parameters:
    ///   - events: what happened.
    ///   - stream: whose chain they extend.
    ///   - isNew: whether the stream's thing is made in this very transaction, so that no event of it can exist.
    ///   - state: the digest of the state in which the change leaves the thing (``RowState``); it goes with the last
    ///     event.
    ///   - act: who did it and when.
    ///   - transaction: the change's own transaction.
    public func record(
        _ events: [any Event], to stream: StreamID, isNew: Bool = false, state: [UInt8]? = nil, by act: Act,
        in transaction: Transaction
    ) throws {
        try record(
            entries: try Self.entries(of: events, by: act), to: stream, isNew: isNew, state: state, by: act,
            in: transaction)
    }

    /// What the journal is to hold of events, which can be made ready before the write.
    public static func entries(of events: [any Event], by act: Act) throws -> [JournalEntry] {
        let actor = act.actor.journalName
        return try events.map { event in
            JournalEntry(type: type(of: event).name, body: try EventCoding.encode(event), actor: actor)
        }
    }

    /// As ``record(_:to:isNew:state:by:in:)``, for what ``entries(of:by:)`` made.
    public func record(
        entries: [JournalEntry], to stream: StreamID, isNew: Bool = false, state: [UInt8]? = nil, by act: Act,
        in transaction: Transaction
    ) throws {
        guard let last = entries.last else { return }
        var entries = entries
        entries[entries.count - 1] = last.leaving(state)
        if isNew {
            try Journal.begin(stream, with: entries, at: act.now, in: transaction)
        } else {
            try Journal.append(entries, to: stream, at: act.now, in: transaction)
        }
        let listening = subscribers.withLock { $0 }
        if listening.isEmpty { return }
        for entry in entries {
            let names = (listening[entry.type] ?? []).filter { $0.hears?(stream) ?? true }.map(\.name)
            if names.isEmpty { continue }
            try Outbox.emit(
                event: entry.type, body: entry.body, to: names, stream: stream, at: act.now, seed: act.seed,
                in: transaction)
        }
    }
}
