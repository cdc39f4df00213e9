import Dispatch
import Synchronization

/// Notes the order of events and holds one of them until it is released.
final class Order: Sendable {
    private let held = DispatchSemaphore(value: 0)
    private let noted = Mutex<[String]>([])

    var notes: [String] { noted.withLock { $0 } }

    func note(_ name: String) { noted.withLock { $0.append(name) } }
    func wait() { held.wait() }
    func release() { held.signal() }
}
