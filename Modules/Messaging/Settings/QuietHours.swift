public import Standards

/// The time of day in which nobody's telephone rings (免打扰时段), by the clock of Asia/Shanghai.
public struct QuietHours: Sendable, Hashable {
    /// Minutes since midnight.
    let from: Int
    let to: Int

    /// - Parameters:
    ///   - from: the first minute of the day that is quiet.
    ///   - to: the first that is not any more; before `from` when it spans midnight.
    init(from: Int, to: Int) {
        self.from = from
        self.to = to
    }

    /// Reads `22:00-08:00`; nil for any other form, and when it would be quiet all day.
    init?(_ text: String) {
        let parts = text.split(separator: "-", omittingEmptySubsequences: false).map(Self.minute)
        guard parts.count == 2, let from = parts[0], let to = parts[1], from != to else { return nil }
        self.init(from: from, to: to)
    }

    private static func minute(_ text: Substring) -> Int? {
        let parts = text.split(separator: ":", omittingEmptySubsequences: false)
        guard parts.count == 2, parts.allSatisfy({ $0.utf8.count == 2 && $0.allSatisfy(\.isNumber) }),
            let hour = Int(parts[0]), let minute = Int(parts[1]), hour < 24, minute < 60
        else { return nil }
        return hour * 60 + minute
    }

    private static let minuteLength: Int64 = 60_000

    /// When a message may go that would go now: now, or the end of the quiet hours.
    public func earliest(at now: Instant) -> Instant {
        let midnight = now.day.start
        let minute = Int((now.milliseconds - midnight.milliseconds) / Self.minuteLength)
        let isQuiet = from < to ? (from..<to).contains(minute) : minute >= from || minute < to
        if !isQuiet { return now }
        let end = midnight.milliseconds + Int64(to) * Self.minuteLength
        return Instant(milliseconds: end > now.milliseconds ? end : end + 24 * 60 * Self.minuteLength)
    }
}
