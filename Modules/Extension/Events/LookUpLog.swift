public import Storage
import Synchronization

/// Records who looked at what, off the read path: gathered for a moment, then written in one transaction (DESIGN §7).
public final class LookUpLog: Sendable {
    private struct Entry: Sendable {
        let event: any Event
        let stream: StreamID
        let act: Act
    }

    private struct State {
        var pending: [Entry] = []
        var writing: Task<Void, any Error>?
        var isDraining = false
    }

    private let database: any Database
    private let events: EventLog
    private let delay: Duration
    private let state = Mutex(State())
    /// More than this many waiting records mean that the database can't follow: then the reader waits.
    private static let maximumPending = 5000

    /// - Parameters:
    ///   - database: where the journal is.
    ///   - events: writes the records.
    ///   - delay: how long records are gathered.
    public init(database: any Database, events: EventLog, delay: Duration = .milliseconds(200)) {
        self.database = database
        self.events = events
        self.delay = delay
    }

    /// Notes one look-up; it is durable within a second.
    public func note(_ event: any Event, stream: StreamID, by act: Act) async throws {
        let (starts, isFull) = state.withLock { state in
            state.pending.append(Entry(event: event, stream: stream, act: act))
            defer { state.isDraining = true }
            return (!state.isDraining, state.pending.count > Self.maximumPending)
        }
        if starts { Task { await drain() } }
        if isFull { try await flush() }
    }

    /// Writes everything that is waiting and waits for what is being written, as at the end of the program.
    public func flush() async throws {
        while let writing = nextWrite() { try await writing.value }
    }

    /// The write under way, else a new one of all that is pending, else nil.
    private func nextWrite() -> Task<Void, any Error>? {
        state.withLock { state in
            if let writing = state.writing { return writing }
            if state.pending.isEmpty { return nil }
            let batch = state.pending
            state.pending = []
            let writing = Task { try await write(batch) }
            state.writing = writing
            return writing
        }
    }

    private func write(_ batch: [Entry]) async throws {
        // In one order everywhere, so that two servers don't lock each other's streams crosswise.
        let ordered = batch.enumerated()
            .sorted { ($0.element.stream.text, $0.offset) < ($1.element.stream.text, $1.offset) }
            .map(\.element)
        do {
            let events = events
            try await database.write { transaction in
                for entry in ordered {
                    try events.record([entry.event], to: entry.stream, by: entry.act, in: transaction)
                }
            }
            state.withLock { $0.writing = nil }
        } catch {
            state.withLock {
                $0.writing = nil
                $0.pending = batch + $0.pending
            }
            throw error
        }
    }

    private func drain() async {
        var pause = delay
        while true {
            try? await Task.sleep(for: pause)
            do {
                try await flush()
                pause = delay
            } catch {
                // The records stay and are tried again: a look-up is never forgotten because the database was away.
                pause = .seconds(1)
            }
            let isDone = state.withLock { state in
                if state.pending.isEmpty { state.isDraining = false }
                return state.pending.isEmpty
            }
            if isDone { return }
        }
    }
}
