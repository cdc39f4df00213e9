import Standards
import Testing

@Suite("A time limit")
struct TimeLimitTests {
    @Test(
        "is written for files and said to people",
        arguments: [
            (TimeLimit.workingDays(5), "5wd", "5个工作日"), (.workingDays(halves: 1), "0.5wd", "半个工作日"),
            (.workingDays(halves: 5), "2.5wd", "2个半工作日"), (.naturalDays(20), "20d", "20个自然日"),
            (.months(1), "1mo", "1个月"), (.onTheSpot, "at-once", "当场办结"),
        ])
    func texts(limit: TimeLimit, text: String, chinese: String) throws {
        #expect(limit.text == text)
        #expect(limit.chinese == chinese)
        #expect(try TimeLimit(text) == limit)
        #expect(try json(limit) == "\"\(text)\"")
        #expect(try roundTrip(limit) == limit)
    }

    @Test("of zero is one on the spot", arguments: ["0wd", "0d", "0mo"])
    func zero(text: String) throws {
        #expect(try TimeLimit(text) == .onTheSpot)
        #expect(TimeLimit.workingDays(0).text == "at-once" && TimeLimit.workingDays(-3).chinese == "当场办结")
    }

    @Test(
        "is refused without a unit, with another fraction than a half, or with a fraction of another unit",
        arguments: [
            "5", "wd", "", "1.25wd", "0.5d", "1.5mo", "-5wd", "5 wd", "5WD", "99999wd", ".5wd", "5wd ", "at once", "3h",
        ])
    func refuses(text: String) {
        let error = refusal(of: try TimeLimit(text))
        #expect(error?.code == .timeLimit)
        #expect(error?.message.contains("5wd") == true)
    }

    @Test("keeps halves in a sum and adds nothing of another unit")
    func sums() {
        let half = TimeLimit.workingDays(halves: 1)
        #expect(half.adding(half) == .workingDays(1))
        #expect(half.adding(.workingDays(2)) == .workingDays(halves: 5))
        #expect(half.adding(.onTheSpot) == half && TimeLimit.onTheSpot.adding(.months(1)) == .months(1))
        #expect(TimeLimit.months(1).adding(.naturalDays(3)) == nil)
    }

    @Test("is compared exactly within a unit and conservatively across units")
    func comparison() {
        #expect(TimeLimit.workingDays(halves: 1).isWithin(.workingDays(1)))
        #expect(!TimeLimit.workingDays(6).isWithin(.workingDays(5)))
        #expect(TimeLimit.workingDays(1).isWithin(.naturalDays(1)))
        #expect(TimeLimit.workingDays(10).isWithin(.naturalDays(30)))
        #expect(!TimeLimit.workingDays(20).isWithin(.naturalDays(20)))
        #expect(TimeLimit.naturalDays(20).isWithin(.workingDays(20)))
        #expect(!TimeLimit.naturalDays(21).isWithin(.workingDays(20)))
        #expect(TimeLimit.onTheSpot.isWithin(.workingDays(halves: 1)) && !TimeLimit.workingDays(1).isWithin(.onTheSpot))
        #expect(TimeLimit.months(1).isWithin(.naturalDays(31)) && !TimeLimit.months(1).isWithin(.naturalDays(30)))
    }

    @Test("that is within another never ends after it, whatever the day on which both begin")
    func comparisonIsSound() throws {
        let limits =
            [1, 2, 3, 5, 8, 10, 15, 20, 30].flatMap { [TimeLimit.workingDays($0), .naturalDays($0)] }
            + [.workingDays(halves: 1), .naturalDays(45), .naturalDays(60), .months(1), .months(2), .months(3)]
        let calendar = WorkingCalendar.published
        let first = try day("2022-01-01").ordinal
        let dues = limits.map { limit in
            (0..<1_700).map { calendar.due(for: limit, from: LegalDay(ordinal: first + $0)).day }
        }
        for (index, limit) in limits.enumerated() {
            for (other, statutory) in limits.enumerated() where limit.isWithin(statutory) {
                let broken = zip(dues[index], dues[other]).first { $0 > $1 }
                #expect(broken == nil, "\(limit) within \(statutory)")
            }
        }
    }

    @Test("sorts by a rough length")
    func sorting() {
        let limits: [TimeLimit] = [.months(1), .workingDays(5), .onTheSpot, .naturalDays(10), .workingDays(halves: 1)]
        let sorted = limits.sorted { $0.halvesForComparison < $1.halvesForComparison }
        #expect(sorted.map(\.text) == ["at-once", "0.5wd", "5wd", "10d", "1mo"])
    }

    @Test("of any size gives a day without failing", arguments: [Int.max, Int.min, 10_000])
    func extremes(count: Int) throws {
        let start = try day("2022-01-01")
        for limit in [TimeLimit.workingDays(count), .workingDays(halves: count), .naturalDays(count), .months(count)] {
            #expect(WorkingCalendar.published.due(for: limit, from: start).day >= start)
        }
    }
}
