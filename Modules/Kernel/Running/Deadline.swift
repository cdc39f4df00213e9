import Synchronization

/// Bounds the time that somebody else's code may take.
enum Deadline {
    /// Runs `work`, and gives up on it after `limit` even when it does not listen to its cancellation.
    ///
    /// - Throws: what `work` throws, or ``KernelError`` with code `kernel.overran`.
    static func run(within limit: Duration, _ name: String, _ work: @escaping @Sendable () async throws -> Void)
        async throws
    {
        try await withCheckedThrowingContinuation { (waiter: CheckedContinuation<Void, any Error>) in
            let answer = Answer(waiter)
            let task = Task {
                do {
                    try await work()
                    answer.give(.success(()))
                } catch { answer.give(.failure(error)) }
            }
            Task {
                try? await Task.sleep(for: limit)
                if answer.give(
                    .failure(KernelError(.overran, "\(name) 超过 \(limit.components.seconds) 秒还没有做完，已中止。")))
                {
                    task.cancel()
                }
            }
        }
    }

    /// Answers a waiter once, whoever comes first.
    private final class Answer: Sendable {
        private let waiter: Mutex<CheckedContinuation<Void, any Error>?>

        init(_ waiter: CheckedContinuation<Void, any Error>) { self.waiter = Mutex(waiter) }

        @discardableResult
        func give(_ result: Result<Void, any Error>) -> Bool {
            let waiter = self.waiter.withLock { waiter in
                defer { waiter = nil }
                return waiter
            }
            waiter?.resume(with: result)
            return waiter != nil
        }
    }
}
