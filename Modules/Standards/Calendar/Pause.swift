/// A stretch in which a clock stands still (特别程序, 中止): a hearing, an appraisal, a payment that is waited for.
///
/// Which of its days count is decided by ``PauseRule``. A pause that ends before it starts covers no day.
public struct Pause: Hashable, Sendable, Codable {
    /// The day on which the pause begins.
    public let start: LegalDay
    /// The day on which it ends; nil while it is still open.
    public let end: LegalDay?

    /// A pause between two days.
    ///
    /// - Parameters:
    ///   - start: the day on which the pause begins.
    ///   - end: the day on which it ends, or nil while it is open.
    public init(start: LegalDay, end: LegalDay? = nil) {
        self.start = start
        self.end = end
    }
}

/// Which days of a pause are taken out of the count.
///
/// By default the start day still counts as worked and the count resumes on the working day after the end day, so a
/// pause from the third to the sixth working day moves the due day by three working days.
public struct PauseRule: Hashable, Sendable, Codable {
    /// Whether the day on which the pause begins counts as worked.
    public let startDayCounts: Bool
    /// Whether the day on which the pause ends counts as worked.
    public let endDayCounts: Bool

    /// The start day counts, the end day doesn't.
    public static let standard = PauseRule(startDayCounts: true, endDayCounts: false)

    /// A rule for the two edges of a pause; the days between them never count.
    public init(startDayCounts: Bool, endDayCounts: Bool) {
        self.startDayCounts = startDayCounts
        self.endDayCounts = endDayCounts
    }

    /// The union of the days that pauses take out of the count: sorted, disjoint, not empty, with a gap between any
    /// two.
    ///
    /// - Parameters:
    ///   - pauses: in any order; they may overlap.
    ///   - asOf: the day up to which an open pause is known to last; nil takes none of its days out.
    public func excludedDays(of pauses: [Pause], asOf: LegalDay?) -> [ClosedRange<LegalDay>] {
        var union: [ClosedRange<Int>] = []
        for range in pauses.compactMap({ days(of: $0, asOf: asOf) }).sorted(by: { $0.lowerBound < $1.lowerBound }) {
            if let last = union.last, range.lowerBound <= last.upperBound + 1 {
                union[union.count - 1] = last.lowerBound...max(last.upperBound, range.upperBound)
            } else {
                union.append(range)
            }
        }
        return union.map { LegalDay(ordinal: $0.lowerBound)...LegalDay(ordinal: $0.upperBound) }
    }

    private func days(of pause: Pause, asOf: LegalDay?) -> ClosedRange<Int>? {
        // The day of an open pause up to which it is known to last is itself paused, whatever the rule for end days.
        let last = pause.end.map { endDayCounts ? $0.ordinal - 1 : $0.ordinal } ?? asOf?.ordinal
        let first = startDayCounts ? pause.start.ordinal + 1 : pause.start.ordinal
        guard let last, first <= last else { return nil }
        return first...last
    }
}
