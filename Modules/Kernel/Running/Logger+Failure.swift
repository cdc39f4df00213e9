import Logging

extension Logger {
    /// Logs what went wrong in a loop; a loop that is told to end is no failure.
    func failure(_ message: Message, _ error: any Error, _ more: Metadata = [:]) {
        if error is CancellationError || Task.isCancelled { return }
        self.error(message, metadata: more.merging(["error": "\(error)"]) { first, _ in first })
    }
}
