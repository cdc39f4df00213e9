/// A moment, the same everywhere, counted in UTC.
///
/// The kernel's clock makes these; nothing in this module reads the machine's clock.
public struct Instant: Hashable, Sendable {
    /// Milliseconds since 1970-01-01T00:00:00Z, negative before it.
    public let milliseconds: Int64

    /// The instant some milliseconds after 1970-01-01T00:00:00Z.
    public init(milliseconds: Int64) {
        self.milliseconds = milliseconds
    }

    static let millisecondsPerDay: Int64 = 86_400_000
    /// Asia/Shanghai is eight hours ahead all year.
    static let chinaOffset: Int64 = 28_800_000

    /// The instant after a duration, to the millisecond below; it stops at the edges of 64 bits.
    ///
    /// - Parameter duration: may be negative.
    public func adding(_ duration: Duration) -> Instant {
        let (seconds, attoseconds) = duration.components
        let (whole, tooLarge) = seconds.multipliedReportingOverflow(by: 1000)
        let (quotient, remainder) = attoseconds.quotientAndRemainder(dividingBy: 1_000_000_000_000_000)
        let (offset, overflow) = whole.addingReportingOverflow(remainder < 0 ? quotient - 1 : quotient)
        let (sum, past) = milliseconds.addingReportingOverflow(offset)
        guard !tooLarge, !overflow, !past else { return Instant(milliseconds: duration < .zero ? .min : .max) }
        return Instant(milliseconds: sum)
    }

    /// How long after the right instant the left one is.
    public static func - (lhs: Instant, rhs: Instant) -> Duration {
        .milliseconds(lhs.milliseconds) - .milliseconds(rhs.milliseconds)
    }

    /// The legal day in Asia/Shanghai on which the instant falls.
    public var day: LegalDay {
        LegalDay(ordinal: Int(clamping: dayAndMilliseconds(offset: Self.chinaOffset).day))
    }

    /// The day number and the milliseconds into that day on a clock that is ahead of UTC.
    func dayAndMilliseconds(offset: Int64) -> (day: Int64, milliseconds: Int64) {
        let (quotient, remainder) = milliseconds.quotientAndRemainder(dividingBy: Self.millisecondsPerDay)
        let shifted = remainder + offset
        let wraps = shifted < 0 ? -1 : shifted / Self.millisecondsPerDay
        return (quotient + wraps, shifted - wraps * Self.millisecondsPerDay)
    }
}

extension Instant: Comparable {
    public static func < (lhs: Instant, rhs: Instant) -> Bool {
        lhs.milliseconds < rhs.milliseconds
    }
}

extension Instant: Codable {
    /// Decodes the milliseconds as one integer.
    public init(from decoder: any Decoder) throws {
        milliseconds = try decoder.singleValueContainer().decode(Int64.self)
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(milliseconds)
    }
}
