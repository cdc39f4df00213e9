import Foundation
import Synchronization

/// Where log lines go on their way to the standard error: gathered for a moment, since a write for each request costs
/// more than what many requests do.
///
/// A warning or worse goes out at once with all that waits before it; the rest within a tenth of a second, or as soon
/// as there is a page of it.
final class LineLog: Sendable {
    private struct State {
        var waiting: [UInt8] = []
        var isScheduled = false
    }

    private let output: @Sendable ([UInt8]) -> Void
    private let delay: DispatchTimeInterval
    private let state = Mutex(State())
    private let queue = DispatchQueue(label: "cn.yiciban.log")
    private static let page = 16 << 10

    /// - Parameters:
    ///   - delay: how long lines are gathered.
    ///   - output: takes whole lines.
    init(delay: DispatchTimeInterval = .milliseconds(100), output: @escaping @Sendable ([UInt8]) -> Void) {
        self.delay = delay
        self.output = output
    }

    /// The log of this process.
    static let standardError = LineLog { lines in
        // A log that can't be written must not end the program that it tells about.
        try? FileHandle.standardError.write(contentsOf: lines)
    }

    /// Adds one line, which ends with its line break.
    func add(_ line: [UInt8], isUrgent: Bool) {
        let (flushes, schedules) = state.withLock { state in
            state.waiting += line
            if isUrgent || state.waiting.count >= Self.page { return (true, false) }
            defer { state.isScheduled = true }
            return (false, !state.isScheduled)
        }
        if flushes { return flush() }
        if schedules { queue.asyncAfter(deadline: .now() + delay) { self.write() } }
    }

    /// Writes what waits; called before the program ends.
    func flush() { queue.sync { write() } }

    /// On the queue, so that two writes can't change the order of their lines.
    private func write() {
        let lines = state.withLock { state in
            defer {
                state.waiting.removeAll(keepingCapacity: true)
                state.isScheduled = false
            }
            return state.waiting
        }
        if !lines.isEmpty { output(lines) }
    }
}
