extension LegalDay {
    /// The day some days later, or earlier for a negative number.
    ///
    /// - Parameter days: calendar days.
    public func adding(days: Int) -> LegalDay {
        let (sum, overflow) = ordinal.addingReportingOverflow(days)
        return LegalDay(ordinal: overflow ? (days < 0 ? .min : .max) : sum)
    }

    /// The day with the same number in a later month, or that month's last day when it is shorter (民法典 第202条).
    ///
    /// - Parameter months: calendar months; negative for earlier ones.
    public func adding(months: Int) -> LegalDay {
        let (year, month, day) = components
        let (index, overflow) = (year * 12 + month - 1).addingReportingOverflow(months)
        guard !overflow, index >= 12 else { return months < 0 ? .first : .last }
        guard index < 10_000 * 12 else { return .last }
        let newYear = index / 12
        let newMonth = index % 12 + 1
        return LegalDay(unchecked: newYear, newMonth, min(day, Self.length(ofMonth: newMonth, year: newYear)))
    }

    /// How many calendar days lie between this day and another; positive when the other is later.
    ///
    /// - Parameter other: the day to count to.
    public func days(until other: LegalDay) -> Int {
        other.ordinal - ordinal
    }

    /// Completed years of age on a day, for somebody born on this day; negative before birth.
    ///
    /// Somebody born on 29 February completes a year on 1 March of a common year.
    ///
    /// - Parameter day: the day on which the age is asked for.
    public func age(on day: LegalDay) -> Int {
        let birth = components
        let now = day.components
        return now.year - birth.year - ((now.month, now.day) < (birth.month, birth.day) ? 1 : 0)
    }

    /// 00:00 of the day in Asia/Shanghai.
    public var start: Instant {
        Instant(milliseconds: Int64(ordinal) * Instant.millisecondsPerDay - Instant.chinaOffset)
    }

    /// 24:00 of the day in Asia/Shanghai, which is the start of the next one: the last moment of a limit that is due
    /// on this day.
    public var end: Instant {
        Instant(milliseconds: start.milliseconds + Instant.millisecondsPerDay)
    }
}
