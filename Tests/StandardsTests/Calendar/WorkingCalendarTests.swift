import Standards
import TestSupport
import Testing

@Suite("The working calendar")
struct WorkingCalendarTests {
    let calendar = WorkingCalendar.published

    @Test("has the working days of every published month and year", arguments: Vectors.calendar.years.keys.sorted())
    func months(key: String) throws {
        let expected = try #require(Vectors.calendar.years[key])
        let year = try #require(Int(key))
        let counts = try (1...12).map { month in
            let first = try LegalDay(year: year, month: month, day: 1)
            return calendar.workingDays(from: first.adding(days: -1), to: first.adding(months: 1).adding(days: -1))
        }
        #expect(counts == expected.workdaysPerMonth)
        #expect(counts.reduce(0, +) == expected.workdaysTotal)
    }

    @Test("embeds exactly the years of the reference file")
    func embedsReference() throws {
        let imported = try CalendarYear.importing(json: Vectors.calendarText)
        #expect(imported == calendar.years)
        #expect(imported.map(\.year) == [2022, 2023, 2024, 2025, 2026])
    }

    @Test("counts every reference vector to its due day", .covers("R12.3"), arguments: Vectors.calendar.vectors)
    func dueVectors(vector: CalendarVectors.Count) throws {
        let start = try day(vector.start)
        #expect(calendar.isWorkingDay(start) == vector.startIsWorkday)
        let deadline = calendar.due(for: .workingDays(vector.workdays), from: start)
        #expect(deadline == Deadline(day: try day(vector.due), isProvisional: false))
    }

    @Test(
        "works on adjusted weekends and rests on holidays",
        arguments: [
            ("2022-01-29", true), ("2022-10-08", true), ("2022-12-31", false), ("2024-02-09", true),
            ("2025-05-02", false),
            ("2025-01-28", false), ("2026-02-14", true), ("2026-11-22", false), ("2026-11-23", true),
        ])
    func singleDays(text: String, isWorked: Bool) throws {
        #expect(calendar.isWorkingDay(try day(text)) == isWorked)
    }

    @Test("moves a natural-day limit off a rest day, and a month limit too")
    func restDays() throws {
        #expect(calendar.due(for: .naturalDays(20), from: try day("2022-09-12")).day.text == "2022-10-08")
        #expect(calendar.due(for: .naturalDays(5), from: try day("2022-03-08")).day.text == "2022-03-14")
        #expect(calendar.due(for: .months(1), from: try day("2024-01-31")).day.text == "2024-02-29")
        #expect(calendar.due(for: .months(1), from: try day("2022-01-01")).day.text == "2022-02-07")
    }

    @Test("ends a limit on the spot on the same day, or on the next working day if that is a rest day")
    func onTheSpot() throws {
        #expect(calendar.due(for: .onTheSpot, from: try day("2022-05-07")).day.text == "2022-05-07")
        #expect(calendar.due(for: .onTheSpot, from: try day("2022-10-01")).day.text == "2022-10-08")
    }

    @Test("rounds half a working day up to a whole one")
    func halves() throws {
        let start = try day("2022-03-08")
        #expect(calendar.due(for: .workingDays(halves: 1), from: start).day.text == "2022-03-09")
        #expect(calendar.due(for: .workingDays(halves: 3), from: start).day.text == "2022-03-10")
    }

    @Test("says that a deadline is provisional when it runs into a year without a notice", .covers("R12.3"))
    func provisional() throws {
        let within = calendar.due(for: .workingDays(5), from: try day("2026-12-24"))
        #expect(within == Deadline(day: try day("2026-12-31"), isProvisional: false))
        let beyond = calendar.due(for: .workingDays(6), from: try day("2026-12-24"))
        #expect(beyond == Deadline(day: try day("2027-01-01"), isProvisional: true))
        #expect(beyond.chinese.contains("暂定"))
        #expect(calendar.due(for: .months(2), from: try day("2026-12-01")).isProvisional)
        #expect(calendar.isProvisional(from: try day("2027-01-01"), to: try day("2026-12-31")))
        #expect(!calendar.isPublished(2027) && calendar.isPublished(2026))
    }

    @Test("recomputes a deadline when the notice of the next year arrives", .covers("R12.3"))
    func nextNotice() throws {
        let year = try CalendarYear(
            year: 2027, source: "测试通知", offDays: [try day("2027-01-01")], adjustedWorkdays: [try day("2027-01-02")])
        let updated = try calendar.adding(year)
        let deadline = updated.due(for: .workingDays(6), from: try day("2026-12-24"))
        #expect(deadline == Deadline(day: try day("2027-01-02"), isProvisional: false))
        #expect(refusal(of: try updated.adding(year))?.code == .calendarDuplicate)
    }

    @Test("recomputes a deadline when a notice is corrected after acceptance", .covers("R12.3"))
    func correctedNotice() throws {
        let old = try #require(calendar.years.first { $0.year == 2026 })
        let corrected = try CalendarYear(
            year: 2026, source: old.source + "（更正）", offDays: old.offDays.union([try day("2026-11-24")]),
            adjustedWorkdays: old.adjustedWorkdays)
        let start = try day("2026-11-22")
        #expect(calendar.due(for: .workingDays(2), from: start).day.text == "2026-11-24")
        #expect(calendar.replacing(corrected).due(for: .workingDays(2), from: start).day.text == "2026-11-25")
    }

    @Test("adds up: a to b and b to c make a to c", arguments: 0..<50)
    func additive(seed: Int) throws {
        var generator = SeededGenerator(seed: UInt64(seed))
        let base = try day("2021-06-01")
        let days = (0..<3).map { _ in base.adding(days: .random(in: 0...2_400, using: &generator)) }
        let whole = calendar.workingDays(from: days[0], to: days[2])
        #expect(
            calendar.workingDays(from: days[0], to: days[1]) + calendar.workingDays(from: days[1], to: days[2]) == whole
        )
    }

    @Test("never ends a longer limit, or one that begins later, before a shorter or earlier one", arguments: 0..<20)
    func monotone(seed: Int) throws {
        var generator = SeededGenerator(seed: UInt64(seed))
        let start = try day("2022-01-01").adding(days: .random(in: 0...1_700, using: &generator))
        let pauses = Pause.random(around: start, using: &generator)
        for make in [TimeLimit.workingDays(_:), TimeLimit.naturalDays, TimeLimit.months] {
            let dues = (1...40).map { calendar.due(for: make($0), from: start, pauses: pauses).day }
            #expect(dues == dues.sorted())
        }
        // Months differ in length, so a pause can end a month limit earlier that began a day later inside the pause.
        let cases = [(TimeLimit.workingDays(3), pauses), (.naturalDays(3), pauses), (.months(3), [])]
        for (limit, pauses) in cases {
            let dues = (0...90).map { calendar.due(for: limit, from: start.adding(days: $0), pauses: pauses).day }
            #expect(dues == dues.sorted())
        }
    }

    @Test("says that exactly the limit is used up on the due day and less on the day before", arguments: 0..<50)
    func usedMeetsDue(seed: Int) throws {
        var generator = SeededGenerator(seed: UInt64(seed))
        let start = try day("2022-01-01").adding(days: .random(in: 0...1_600, using: &generator))
        let pauses = Pause.random(around: start, using: &generator)
        let count = Int.random(in: 1...45, using: &generator)
        let due = calendar.due(for: .workingDays(count), from: start, pauses: pauses).day
        #expect(calendar.used(from: start, through: due, pauses: pauses) == count)
        #expect(calendar.used(from: start, through: due.adding(days: -1), pauses: pauses) == count - 1)
        #expect(calendar.used(from: start, through: start, pauses: pauses) == 0)
    }

    @Test("is the same value after coding")
    func coding() throws {
        let copy = try roundTrip(calendar)
        #expect(copy == calendar)
        #expect(copy.due(for: .workingDays(5), from: try day("2022-01-28")).day.text == "2022-02-09")
    }
}

extension Pause {
    /// Up to five closed pauses around a day, overlapping or not, some of a single day.
    static func random(around day: LegalDay, using generator: inout SeededGenerator) -> [Pause] {
        (0..<Int.random(in: 0...5, using: &generator)).map { _ in
            let start = day.adding(days: .random(in: -10...60, using: &generator))
            return Pause(start: start, end: start.adding(days: .random(in: 0...25, using: &generator)))
        }
    }
}
