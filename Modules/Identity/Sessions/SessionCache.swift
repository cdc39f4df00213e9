import Extension
import Standards
import Storage
import Synchronization

/// Authenticated sessions by the hash of their token, for a few seconds, so that most requests read nothing.
final class SessionCache: Sendable {
    struct Entry: Sendable {
        let actor: Actor
        var record: SessionRecord
        let loadedAt: Instant
    }

    private static let capacity = 20_000
    private let lifetime: Duration
    private let entries = Mutex<[[UInt8]: Entry]>([:])

    init(lifetime: Duration) { self.lifetime = lifetime }

    /// The session of a token, if it was read lately. Time that runs backwards counts as not lately.
    func entry(_ hash: [UInt8], at now: Instant) -> Entry? {
        entries.withLock { entries in
            guard let entry = entries[hash], entry.loadedAt <= now, now < entry.loadedAt.adding(lifetime) else {
                return nil
            }
            return entry
        }
    }

    func store(_ entry: Entry, _ hash: [UInt8]) {
        entries.withLock { entries in
            if entries.count >= Self.capacity {
                entries = entries.filter { entry.loadedAt < $0.value.loadedAt.adding(lifetime) }
            }
            if entries.count >= Self.capacity { entries.removeAll() }
            entries[hash] = entry
        }
    }

    /// Claims the note of a use: true for one caller a minute.
    func claimTouch(_ hash: [UInt8], at now: Instant) -> Bool {
        entries.withLock { entries in
            guard let entry = entries[hash], now - entry.record.seenAt >= SessionRecord.touchInterval else {
                return false
            }
            entries[hash]?.record.seenAt = now
            return true
        }
    }

    func forget(ids: [Identifier]) {
        if ids.isEmpty { return }
        let ids = Set(ids)
        entries.withLock { entries in entries = entries.filter { !ids.contains($0.value.record.id) } }
    }

    func forget(account: Identifier) {
        entries.withLock { entries in entries = entries.filter { $0.value.record.account != account } }
    }
}
