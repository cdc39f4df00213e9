public import Standards

/// A stretch of time in which the offices were not at work on the case.
public struct Wait: Sendable, Hashable, Codable {
    public let kind: Kind
    public let start: Instant
    public internal(set) var end: Instant?

    public enum Kind: String, Sendable, Codable, CaseIterable {
        /// It waited for the applicant: correction, gaps.
        case applicant
        /// The whole case is suspended in a special procedure.
        case procedure
        /// No office could go on before a fee was paid.
        case payment
    }
}

/// How long a case took, apart from each other the offices' time and the time that it waited.
public struct TimeSpent: Sendable, Hashable {
    /// The time that the offices used, in milliseconds.
    public let office: Int64
    /// The time that it waited for the applicant, in milliseconds.
    public let applicant: Int64
}

extension CaseFile {
    /// The offices' time and the waiting time from submission until it was closed, or until now.
    public func timeSpent(at now: Instant) -> TimeSpent {
        guard let submitted = times.submitted else { return TimeSpent(office: 0, applicant: 0) }
        let end = times.closed ?? max(now, submitted)
        func length(_ waits: [Wait]) -> Int64 {
            Self.union(waits.map { ($0.start.milliseconds, ($0.end ?? end).milliseconds) })
        }
        let total = end.milliseconds - submitted.milliseconds
        return TimeSpent(
            office: max(0, total - length(waits)),
            applicant: length(waits.filter { $0.kind == .applicant || $0.kind == .payment }))
    }

    /// The length of the union of stretches: overlapping waits are not counted twice, and one that seems to end before
    /// it began, since the clock was set back, counts nothing.
    static func union(_ stretches: [(start: Int64, end: Int64)]) -> Int64 {
        var length: Int64 = 0
        var reached = Int64.min
        for stretch in stretches.sorted(by: { $0.start < $1.start }) where stretch.end > max(reached, stretch.start) {
            length += stretch.end - max(stretch.start, reached)
            reached = stretch.end
        }
        return length
    }

    mutating func openWait(_ kind: Wait.Kind, at now: Instant) {
        waits.append(Wait(kind: kind, start: now))
    }

    mutating func closeWaits(_ kind: Wait.Kind, at now: Instant) {
        for index in waits.indices where waits[index].kind == kind && waits[index].end == nil {
            waits[index].end = max(now, waits[index].start)
        }
    }
}
