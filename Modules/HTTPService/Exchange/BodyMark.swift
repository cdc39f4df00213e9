import Synchronization

/// Remembers that a request's body was read: it comes once, and asking for it again would end the process.
final class BodyMark: Sendable {
    private let isTaken = Mutex(false)

    /// Whether the body is still there; it counts as read from now on.
    func take() -> Bool {
        isTaken.withLock { taken in
            defer { taken = true }
            return !taken
        }
    }
}
