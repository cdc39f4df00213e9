extension CalendarYear {
    /// The years that this release knows, 2022 to 2026.
    ///
    /// Three independent packages agree on each of the 1826 days (`reference/calendar.md`); the 2026 notice was also
    /// read line by line.
    public static let published: [CalendarYear] = [
        notice(
            2022, "国办发明电〔2021〕11号",
            off: [
                (101, 103), (131, 206), (403, 405), (430, 504), (603, 605), (910, 912), (1001, 1007), (1231, 1231),
            ],
            worked: [129, 130, 402, 424, 507, 1008, 1009]),
        notice(
            2023, "国办发明电〔2022〕16号",
            off: [(101, 102), (121, 127), (405, 405), (429, 503), (622, 624), (929, 1006)],
            worked: [128, 129, 423, 506, 625, 1007, 1008]),
        notice(
            2024, "国办发明电〔2023〕7号",
            off: [(101, 101), (210, 217), (404, 406), (501, 505), (610, 610), (915, 917), (1001, 1007)],
            worked: [204, 218, 407, 428, 511, 914, 929, 1012]),
        notice(
            2025, "国办发明电〔2024〕12号",
            off: [(101, 101), (128, 204), (404, 406), (501, 505), (531, 602), (1001, 1008)],
            worked: [126, 208, 427, 928, 1011]),
        notice(
            2026, "国办发明电〔2025〕7号",
            off: [(101, 103), (215, 223), (404, 406), (501, 505), (619, 621), (925, 927), (1001, 1007)],
            worked: [104, 214, 228, 509, 920, 1010]),
    ]

    /// A year from its holidays (first and last day) and worked weekends, each written as month × 100 + day.
    private static func notice(
        _ year: Int, _ source: String, off: [(first: Int, last: Int)], worked: [Int]
    ) -> CalendarYear {
        func day(_ number: Int) -> LegalDay {
            LegalDay(unchecked: year, number / 100, number % 100)
        }
        let offDays = off.flatMap { holiday in
            (day(holiday.first).ordinal...day(holiday.last).ordinal).map(LegalDay.init(ordinal:))
        }
        return CalendarYear(
            unchecked: year, source: source, offDays: Set(offDays), adjustedWorkdays: Set(worked.map(day)))
    }
}
