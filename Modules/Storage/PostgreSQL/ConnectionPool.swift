import Foundation
import Synchronization

/// A bounded pool: as many threads as connections, each thread owning its connection.
///
/// Blocking libpq on own threads was faster than its non-blocking interface in five of six runs, and a connection
/// that never changes its thread needs no locks.
final class ConnectionPool: Sendable {
    private typealias Job = @Sendable (_ connection: Result<PostgreSQLConnection, any Error>) -> Void

    private struct State {
        var waiting: [Job] = []
        var next = 0
        var isClosed = false
        var threads: Int
    }

    private let conninfo: String
    private let state: NSConditionBox<State>

    init(_ conninfo: String, connections: Int) throws {
        self.conninfo = conninfo
        state = NSConditionBox(State(threads: connections))
        // Opened once here, so that wrong parameters stop the start and not the first citizen.
        _ = try PostgreSQLConnection(conninfo)
        for index in 0..<connections {
            let thread = Thread { [self] in work() }
            thread.name = "postgresql-\(index)"
            thread.stackSize = 1 << 20
            thread.start()
        }
    }

    func run<Value: Sendable>(
        _ body: @escaping @Sendable (PostgreSQLConnection) throws -> Value
    ) async throws -> Value {
        try await withCheckedThrowingContinuation { (caller: CheckedContinuation<Value, any Error>) in
            let accepted = state.signalling { state in
                if state.isClosed { return false }
                state.waiting.append { connection in
                    caller.resume(with: Result { try body(connection.get()) })
                }
                return true
            }
            if !accepted {
                caller.resume(throwing: StorageError.known(.connection, detail: "the pool is closed"))
            }
        }
    }

    func close() {
        state.broadcasting { $0.isClosed = true }
        state.wait(until: { $0.threads == 0 })
    }

    private func work() {
        var connection: PostgreSQLConnection?
        while let job = nextJob() {
            if connection?.isUsable != true { connection = nil }
            do {
                let usable = try connection ?? PostgreSQLConnection(conninfo)
                connection = usable
                job(.success(usable))
            } catch {
                job(.failure(error))
            }
        }
        connection = nil
        state.broadcasting { $0.threads -= 1 }
    }

    private func nextJob() -> Job? {
        state.waiting(
            until: { $0.next < $0.waiting.count || $0.isClosed },
            then: { state in
                guard state.next < state.waiting.count else { return nil }
                let job = state.waiting[state.next]
                state.next += 1
                if state.next == state.waiting.count || state.next > 1024 {
                    state.waiting.removeFirst(state.next)
                    state.next = 0
                }
                return job
            })
    }
}
