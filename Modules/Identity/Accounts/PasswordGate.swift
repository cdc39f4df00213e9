import Cryptography
import Dispatch
import Synchronization

/// A password as it is stored; made by ``IdentityService/hash(_:for:)``.
public struct HashedPassword: Sendable {
    let text: String
}

/// Runs the memory-hard password function off the event loop, a few at a time, so that a flood of sign-ins takes
/// neither all memory nor all threads.
///
/// Who comes from a known device goes first and is never turned away: a flood can't keep owners out.
final class PasswordGate: Sendable {
    private struct State {
        var running = 0
        var started = 0
        var preferred: [CheckedContinuation<Void, Never>] = []
        var others: [CheckedContinuation<Void, Never>] = []
    }

    private let limit: Int
    private let waitingLimit: Int
    private let state = Mutex(State())
    private let queue = DispatchQueue(label: "identity.passwords", attributes: .concurrent)

    init(running limit: Int, waiting waitingLimit: Int) {
        self.limit = max(1, limit)
        self.waitingLimit = waitingLimit
    }

    /// How many computations run now, and how many have begun since the start.
    var load: (running: Int, started: Int) { state.withLock { ($0.running, $0.started) } }

    /// How many wait for their turn.
    var waiting: Int { state.withLock { $0.preferred.count + $0.others.count } }

    /// Runs a computation when it is its turn.
    ///
    /// - Throws: ``IdentityError`` with code `identity.busy` when too many wait.
    func run<Value: Sendable>(preferred: Bool, _ work: @escaping @Sendable () throws -> Value) async throws -> Value {
        try await enter(preferred: preferred)
        defer { leave() }
        state.withLock { $0.started += 1 }
        return try await withCheckedThrowingContinuation { continuation in
            queue.async { continuation.resume(with: Result { try work() }) }
        }
    }

    private func enter(preferred: Bool) async throws {
        let isFull = state.withLock { !preferred && $0.running >= limit && $0.others.count >= waitingLimit }
        if isFull { throw IdentityError.busy }
        await withCheckedContinuation { (continuation: CheckedContinuation<Void, Never>) in
            let isAdmitted = state.withLock { state -> Bool in
                if state.running < limit {
                    state.running += 1
                    return true
                }
                if preferred { state.preferred.append(continuation) } else { state.others.append(continuation) }
                return false
            }
            if isAdmitted { continuation.resume() }
        }
    }

    /// Hands the place to whoever waits, or gives it back.
    private func leave() {
        let next = state.withLock { state -> CheckedContinuation<Void, Never>? in
            if !state.preferred.isEmpty { return state.preferred.removeFirst() }
            if !state.others.isEmpty { return state.others.removeFirst() }
            state.running -= 1
            return nil
        }
        next?.resume()
    }
}
