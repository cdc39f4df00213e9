public import Standards

/// How a hall did in some days (大厅数字).
public struct HallFigures: Sendable, Hashable {
    /// One day.
    public struct Day: Sendable, Hashable {
        public let day: LegalDay
        public var tickets = 0
        public var done = 0
        public var missed = 0
        /// Given back by who held them.
        public var cancelled = 0
        /// Left over when the day ended.
        public var left = 0
        /// The wait until the first call that half of those who were called didn't exceed, in seconds; nil when nobody was.
        public var medianWait: Int?
        /// In seconds.
        public var longestWait: Int?
        /// Appointments that were not cancelled.
        public var appointments = 0
        public var arrived = 0
        public var noShows = 0

        init(_ day: LegalDay) { self.day = day }
    }

    /// One class over all the days.
    public struct Class: Sendable, Hashable {
        public let ticketClass: TicketClass
        public let tickets: Int
        /// In seconds; nil when nobody was called.
        public let medianWait: Int?
        public let longestWait: Int?
    }

    /// The days on which anything happened, in order.
    public let days: [Day]
    public let classes: [Class]

    /// The longest stretch for which figures are told, in days.
    public static let longestStretch = 92
}
