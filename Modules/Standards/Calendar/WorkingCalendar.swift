/// The working days of the country (工作日历), and every count that depends on them.
///
/// A day is worked if it is an adjusted weekend, or Monday to Friday and not off. A year without a published notice is
/// counted Monday to Friday, and whatever runs into it says that it is provisional. The calendar is a value: a
/// corrected notice makes a new one, with which open deadlines are computed again (R12.3).
public struct WorkingCalendar: Sendable {
    /// The years whose holidays are known, in order.
    public let years: [CalendarYear]

    private let publishedYears: Set<Int>
    /// Days, by ordinal, that differ from "worked Monday to Friday".
    private let exceptions: Set<Int>

    /// The calendar of the notices that this release knows, 2022 to 2026.
    public static let published = WorkingCalendar(CalendarYear.published)

    /// A calendar of some years. Where a year is given twice, the later one counts.
    ///
    /// - Parameter years: in any order.
    public init(_ years: [CalendarYear]) {
        let byYear = Dictionary(years.map { ($0.year, $0) }, uniquingKeysWith: { $1 })
        self.years = byYear.values.sorted { $0.year < $1.year }
        publishedYears = Set(byYear.keys)
        exceptions = Set(
            self.years.flatMap { year in
                year.adjustedWorkdays.filter { $0.weekday > 5 } + year.offDays.filter { $0.weekday <= 5 }
            }.map(\.ordinal))
    }

    /// The calendar with one more year.
    ///
    /// - Parameter year: a year that is not there yet.
    /// - Throws: ``StandardsError/Code/calendarDuplicate`` if it is; a correction is made by ``replacing(_:)``.
    public func adding(_ year: CalendarYear) throws(StandardsError) -> WorkingCalendar {
        guard !isPublished(year.year) else {
            throw StandardsError(.calendarDuplicate, "\(year.year)年的节假日安排已经导入；如果要更正，请选择“替换”。")
        }
        return WorkingCalendar(years + [year])
    }

    /// The calendar with a year put in place of the one it had, or added.
    ///
    /// - Parameter year: the notice in its latest wording.
    public func replacing(_ year: CalendarYear) -> WorkingCalendar {
        WorkingCalendar(years + [year])
    }

    /// Whether the holidays of a year are known.
    public func isPublished(_ year: Int) -> Bool {
        publishedYears.contains(year)
    }

    /// Whether a day is worked.
    public func isWorkingDay(_ day: LegalDay) -> Bool {
        isWorkingDay(ordinal: day.ordinal, weekday: day.weekday)
    }

    /// Whether a stretch touches a year whose holidays are not known.
    ///
    /// - Parameters:
    ///   - first: the first day of the stretch, itself looked at.
    ///   - last: the last day, itself looked at; if it is earlier the answer is about the same stretch.
    public func isProvisional(from first: LegalDay, to last: LegalDay) -> Bool {
        (min(first, last).year...max(first, last).year).contains { !isPublished($0) }
    }

    /// The first working day on or after a day.
    public func nextWorkingDay(onOrAfter day: LegalDay) -> LegalDay {
        var candidate = day
        while !isWorkingDay(candidate), candidate < .last {
            candidate = candidate.adding(days: 1)
        }
        return candidate
    }

    private func isWorkingDay(ordinal: Int, weekday: Int) -> Bool {
        (weekday <= 5) != exceptions.contains(ordinal)
    }
}

extension WorkingCalendar: Hashable {
    public static func == (lhs: WorkingCalendar, rhs: WorkingCalendar) -> Bool {
        lhs.years == rhs.years
    }

    public func hash(into hasher: inout Hasher) {
        hasher.combine(years)
    }
}

extension WorkingCalendar: Codable {
    /// Decodes a list of years.
    public init(from decoder: any Decoder) throws {
        self.init(try decoder.singleValueContainer().decode([CalendarYear].self))
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(years)
    }
}
