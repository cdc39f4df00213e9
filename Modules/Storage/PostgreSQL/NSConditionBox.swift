import Foundation

/// A value guarded by a condition: threads can wait until it has changed.
///
/// `@unchecked Sendable` because every access to `value` happens while the condition's lock is held.
final class NSConditionBox<Value>: @unchecked Sendable {
    private let condition = NSCondition()
    private var value: Value

    init(_ value: Value) { self.value = value }

    /// Changes the value and wakes one waiting thread.
    func signalling<Result>(_ body: (inout Value) -> Result) -> Result {
        condition.lock()
        defer {
            condition.signal()
            condition.unlock()
        }
        return body(&value)
    }

    /// Changes the value and wakes all waiting threads.
    func broadcasting(_ body: (inout Value) -> Void) {
        condition.lock()
        body(&value)
        condition.broadcast()
        condition.unlock()
    }

    /// Waits until the value satisfies a condition, then reads or changes it.
    func waiting<Result>(until isReady: (Value) -> Bool, then body: (inout Value) -> Result) -> Result {
        condition.lock()
        defer { condition.unlock() }
        while !isReady(value) { condition.wait() }
        return body(&value)
    }

    /// Waits until the value satisfies a condition.
    func wait(until isReady: (Value) -> Bool) {
        waiting(until: isReady, then: { _ in })
    }
}
