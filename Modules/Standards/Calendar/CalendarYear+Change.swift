extension CalendarYear {
    /// What one wording of a year changes in another, day by day.
    public struct Change: Sendable, Hashable {
        /// The year as it would be.
        public let year: CalendarYear
        /// Whether the year was there before; else it is compared with Monday to Friday.
        public let isCorrection: Bool
        public let addedOffDays: [LegalDay]
        public let removedOffDays: [LegalDay]
        public let addedAdjustedWorkdays: [LegalDay]
        public let removedAdjustedWorkdays: [LegalDay]
        public let workingDaysBefore: Int
        public var workingDaysAfter: Int { year.workingDays }

        /// Whether any day differs.
        public var isEmpty: Bool {
            addedOffDays.isEmpty && removedOffDays.isEmpty && addedAdjustedWorkdays.isEmpty
                && removedAdjustedWorkdays.isEmpty
        }
    }

    /// The working days of the whole year.
    public var workingDays: Int { workingDaysPerMonth.reduce(0, +) }

    /// How many working days a year of the country can have: the notices from 2022 to 2026 give 248 to 251.
    public static let plausibleWorkingDays = 244...254

    /// What this year changes in the one that was there.
    public func change(from old: CalendarYear?) -> Change {
        let before = old ?? CalendarYear(unchecked: year, source: "", offDays: [], adjustedWorkdays: [])
        return Change(
            year: self, isCorrection: old != nil,
            addedOffDays: offDays.subtracting(before.offDays).sorted(),
            removedOffDays: before.offDays.subtracting(offDays).sorted(),
            addedAdjustedWorkdays: adjustedWorkdays.subtracting(before.adjustedWorkdays).sorted(),
            removedAdjustedWorkdays: before.adjustedWorkdays.subtracting(adjustedWorkdays).sorted(),
            workingDaysBefore: before.workingDays)
    }
}
