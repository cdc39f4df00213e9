/// A day of the calendar in Asia/Shanghai (法定日): what deadlines, validity and birth dates are made of.
///
/// Plain Gregorian arithmetic on a day number, fixed +08:00 and no daylight saving. The range is 0001-01-01 to
/// 9999-12-31; arithmetic that would leave it stops at its edge.
public struct LegalDay: Hashable, Sendable {
    /// Days since 1970-01-01, which is 0.
    public let ordinal: Int

    /// The first day that can be written, 0001-01-01.
    public static let first = LegalDay(unchecked: 1, 1, 1)
    /// The last day that can be written, 9999-12-31.
    public static let last = LegalDay(unchecked: 9999, 12, 31)

    /// The day with a given number, held within ``first`` and ``last``.
    ///
    /// - Parameter ordinal: days since 1970-01-01; negative before it.
    public init(ordinal: Int) {
        self.ordinal = min(max(ordinal, -719_162), 2_932_896)
    }

    /// A day of the Gregorian calendar.
    ///
    /// - Parameters:
    ///   - year: 1 to 9999.
    ///   - month: 1 to 12.
    ///   - day: 1 to the length of that month.
    /// - Throws: ``StandardsError/Code/day`` if there is no such day.
    public init(year: Int, month: Int, day: Int) throws(StandardsError) {
        guard (1...9999).contains(year), (1...12).contains(month),
            (1...Self.length(ofMonth: month, year: year)).contains(day)
        else {
            throw StandardsError(.day, "日历上没有\(year)年\(month)月\(day)日，请核对日期。")
        }
        self.init(unchecked: year, month, day)
    }

    init(unchecked year: Int, _ month: Int, _ day: Int) {
        // Years are counted from March, so that the leap day is the last of its year (Howard Hinnant, days_from_civil).
        let shifted = month <= 2 ? year - 1 : year
        let era = (shifted >= 0 ? shifted : shifted - 399) / 400
        let yearOfEra = shifted - era * 400
        let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
        let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
        ordinal = era * 146_097 + dayOfEra - 719_468
    }

    /// Year, month and day of the month.
    public var components: (year: Int, month: Int, day: Int) {
        let shifted = ordinal + 719_468
        let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
        let dayOfEra = shifted - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let marchMonth = (5 * dayOfYear + 2) / 153
        let month = marchMonth < 10 ? marchMonth + 3 : marchMonth - 9
        return (yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, dayOfYear - (153 * marchMonth + 2) / 5 + 1)
    }

    /// The year, 1 to 9999.
    public var year: Int { components.year }
    /// The month, 1 to 12.
    public var month: Int { components.month }
    /// The day of the month, 1 to 31.
    public var day: Int { components.day }

    /// 1 for Monday to 7 for Sunday.
    public var weekday: Int {
        let index = (ordinal + 3) % 7
        return (index < 0 ? index + 7 : index) + 1
    }

    /// How many days a month has.
    ///
    /// - Parameters:
    ///   - month: 1 to 12; other numbers count as 31 days.
    ///   - year: any Gregorian year.
    public static func length(ofMonth month: Int, year: Int) -> Int {
        switch month {
        case 4, 6, 9, 11: 30
        case 2: year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
        default: 31
        }
    }
}

extension LegalDay: Comparable {
    public static func < (lhs: LegalDay, rhs: LegalDay) -> Bool {
        lhs.ordinal < rhs.ordinal
    }
}
