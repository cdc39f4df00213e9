import Foundation
import Standards
import Testing

@Suite("A legal day")
struct LegalDayTests {
    @Test("keeps its number, its date and its weekday through every day of 1900 to 2100")
    func roundTripsEveryDay() throws {
        var expected = (year: 1900, month: 1, day: 1)
        var weekday = 1  // 1 January 1900 was a Monday.
        for ordinal in try day("1900-01-01").ordinal...day("2100-12-31").ordinal {
            let date = LegalDay(ordinal: ordinal)
            try #require(date.components == expected)
            try #require(date.weekday == weekday)
            try #require(try LegalDay(date.text) == date)
            weekday = weekday % 7 + 1
            expected.day += 1
            if expected.day > LegalDay.length(ofMonth: expected.month, year: expected.year) {
                expected = (expected.year, expected.month + 1, 1)
            }
            if expected.month > 12 { expected = (expected.year + 1, 1, 1) }
        }
    }

    @Test("agrees with Foundation's calendar", arguments: 0..<200)
    func agreesWithFoundation(seed: Int) throws {
        var generator = SeededGenerator(seed: UInt64(seed))
        let date = LegalDay(ordinal: .random(in: -60_000...60_000, using: &generator))
        var calendar = Calendar(identifier: .gregorian)
        calendar.timeZone = try #require(TimeZone(secondsFromGMT: 0))
        let parts = calendar.dateComponents(
            [.year, .month, .day], from: Date(timeIntervalSince1970: Double(date.ordinal) * 86_400))
        #expect(parts.year == date.year && parts.month == date.month && parts.day == date.day)
    }

    @Test("begins its count at 1970-01-01, a Thursday")
    func epoch() throws {
        #expect(try day("1970-01-01").ordinal == 0)
        #expect(LegalDay(ordinal: 0).weekday == 4)
        #expect(try day("2000-03-01").ordinal == 11_017)
    }

    @Test(
        "is refused when the calendar has no such day or the text another form",
        arguments: [
            "2023-02-29", "1900-02-29", "2022-04-31", "2022-13-01", "2022-00-10", "2022-01-00", "0000-01-01",
            "2022-1-01",
            "20220101", "2022-01-01T00:00", " 2022-01-01", "2022-01-0１", "", "-022-01-01", "2022-+1-01",
        ])
    func refuses(text: String) {
        #expect(refusal(of: try LegalDay(text))?.code == .day)
    }

    @Test(
        "falls on the same day of a later month or on its last day",
        arguments: [
            ("2022-01-31", 1, "2022-02-28"), ("2024-01-31", 1, "2024-02-29"), ("2022-03-15", 1, "2022-04-15"),
            ("2022-11-30", 3, "2023-02-28"), ("2022-12-31", 12, "2023-12-31"), ("2022-03-31", -1, "2022-02-28"),
            ("2022-01-15", -1, "2021-12-15"), ("2024-02-29", 12, "2025-02-28"), ("2022-05-31", 0, "2022-05-31"),
        ])
    func addsMonths(start: String, months: Int, end: String) throws {
        #expect(try day(start).adding(months: months).text == end)
    }

    @Test("stops at the edges of the range instead of failing")
    func saturates() {
        #expect(LegalDay(ordinal: .max) == .last && LegalDay.last.text == "9999-12-31")
        #expect(LegalDay(ordinal: .min) == .first && LegalDay.first.text == "0001-01-01")
        #expect(LegalDay.last.adding(days: .max) == .last && LegalDay.first.adding(days: .min) == .first)
        #expect(LegalDay.last.adding(months: .max) == .last && LegalDay.first.adding(months: .min) == .first)
        #expect(LegalDay.first.adding(months: -1) == .first && LegalDay.last.adding(months: 1) == .last)
    }

    @Test("lasts from midnight to midnight in Asia/Shanghai")
    func bounds() throws {
        let date = try day("2026-11-22")
        #expect(date.start.iso8601 == "2026-11-21T16:00:00.000Z")
        #expect(date.end == date.adding(days: 1).start)
        #expect(date.start.day == date)
        #expect(Instant(milliseconds: date.end.milliseconds - 1).day == date)
        #expect(date.end.day == date.adding(days: 1))
    }

    @Test("is said in Chinese and coded as one string")
    func texts() throws {
        let date = try day("2026-11-22")
        #expect(date.chinese == "2026年11月22日（星期日）")
        #expect(date.digits == "20261122")
        #expect("\(date)" == "2026-11-22")
        #expect(try json(date) == "\"2026-11-22\"")
        #expect(try roundTrip(date) == date)
        #expect(throws: DecodingError.self) {
            try JSONDecoder().decode(LegalDay.self, from: Data("\"2026-02-30\"".utf8))
        }
    }

    @Test(
        "tells completed years",
        arguments: [
            ("2000-02-29", "2018-02-28", 17), ("2000-02-29", "2018-03-01", 18), ("1990-05-05", "2026-05-05", 36),
        ])
    func age(birth: String, on: String, years: Int) throws {
        #expect(try day(birth).age(on: day(on)) == years)
    }
}
