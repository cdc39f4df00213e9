import Dispatch

/// Runs long work that never waits, such as reading a large file, on a thread of its own.
///
/// Requests share a few threads; a second of plain computing on one of them would hold up everybody else's.
public func onOwnThread<Value: Sendable>(_ work: @escaping @Sendable () throws -> Value) async throws -> Value {
    try await withCheckedThrowingContinuation { continuation in
        DispatchQueue.global(qos: .utility).async { continuation.resume(with: Result(catching: work)) }
    }
}
