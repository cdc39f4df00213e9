/// How long an organ may take (办理时限): the statutory limit (法定办结时限) or the promise (承诺办结时限) of an item.
///
/// The four units behave differently, so they are never converted into one another to compute a due day; that is
/// ``WorkingCalendar/due(for:from:pauses:rule:asOf:)``'s work. Negative counts behave as zero.
public enum TimeLimit: Hashable, Sendable {
    /// Working days (工作日), counted in halves: 1 is half a working day. A due day rounds up to the whole day, sums
    /// keep the halves.
    case workingDays(halves: Int)
    /// Calendar days (自然日); a due day that is a rest day moves to the next working day (民法典 第203条).
    case naturalDays(Int)
    /// Calendar months: the same day of the later month, or its last day (民法典 第202条).
    case months(Int)
    /// Decided while the applicant waits (当场办结, 即办件).
    case onTheSpot

    /// Whole working days.
    ///
    /// - Parameter days: how many.
    public static func workingDays(_ days: Int) -> TimeLimit {
        .workingDays(halves: days.multipliedReportingOverflow(by: 2).overflow ? .max : days * 2)
    }

    /// The largest count that a text may hold and that a computation uses; more is taken as this many.
    public static let maximumCount = 9999

    /// The count of the limit's own unit, working days rounded up to whole ones, within 0 and ``maximumCount``.
    var count: Int {
        let raw =
            switch self {
            case .workingDays(let halves): halves / 2 + (halves > 0 ? halves % 2 : 0)
            case .naturalDays(let days): days
            case .months(let months): months
            case .onTheSpot: 0
            }
        return min(max(raw, 0), Self.maximumCount)
    }

    /// The limit that two steps of the same unit take one after the other; nil when the units differ.
    ///
    /// A step on the spot adds nothing to any unit.
    ///
    /// - Parameter other: the limit of the following step.
    public func adding(_ other: TimeLimit) -> TimeLimit? {
        switch (self, other) {
        case (_, .onTheSpot): self
        case (.onTheSpot, _): other
        case (.workingDays(let lhs), .workingDays(let rhs)): .workingDays(halves: Self.sum(lhs, rhs))
        case (.naturalDays(let lhs), .naturalDays(let rhs)): .naturalDays(Self.sum(lhs, rhs))
        case (.months(let lhs), .months(let rhs)): .months(Self.sum(lhs, rhs))
        default: nil
        }
    }

    private static func sum(_ lhs: Int, _ rhs: Int) -> Int {
        let bound = 2 * maximumCount
        return min(min(max(lhs, 0), bound) + min(max(rhs, 0), bound), bound)
    }
}
