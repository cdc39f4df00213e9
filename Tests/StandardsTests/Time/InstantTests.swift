import Foundation
import Standards
import Testing

@Suite("An instant")
struct InstantTests {
    @Test(
        "is read from RFC 3339 in any zone",
        arguments: [
            ("2026-11-22T13:00:00.000Z", "2026-11-22T13:00:00.000Z"),
            ("2026-11-22T21:00:00+08:00", "2026-11-22T13:00:00.000Z"),
            ("2026-11-22T09:30:00.5-03:30", "2026-11-22T13:00:00.500Z"),
            ("1969-12-31T23:59:59.999999Z", "1969-12-31T23:59:59.999Z"),
            ("2024-02-29T00:00:00Z", "2024-02-29T00:00:00.000Z"),
        ])
    func parses(text: String, canonical: String) throws {
        let instant = try Instant(text)
        #expect(instant.iso8601 == canonical)
        #expect(try Instant(instant.iso8601) == instant)
    }

    @Test(
        "is refused without a zone, with a leap second, or on a day that does not exist",
        arguments: [
            "2026-11-22T13:00:00", "2026-11-22 13:00:00Z", "2026-02-30T13:00:00Z", "2026-11-22T24:00:00Z",
            "2026-11-22T23:59:60Z", "2026-11-22T13:00:00.Z", "2026-11-22T13:00Z", "2026-11-22T13:00:00+0800", "",
            "2026-11-22T13:00:00.1.2Z", "2026-11-22T13:00:00.+12Z", "２026-11-22T13:00:00Z", "2026-11-22T13:00:00Zabc",
        ])
    func refuses(text: String) {
        #expect(refusal(of: try Instant(text))?.code == .instant)
    }

    @Test("belongs to the legal day that Shanghai's clocks show")
    func legalDay() throws {
        #expect(try Instant("2026-11-22T15:59:59.999Z").day.text == "2026-11-22")
        #expect(try Instant("2026-11-22T16:00:00Z").day.text == "2026-11-23")
        #expect(try Instant("1969-12-31T15:59:59Z").day.text == "1969-12-31")
        #expect(try Instant("1969-12-31T16:00:00Z").day.text == "1970-01-01")
        #expect(try Instant("2026-11-22T13:00:00Z").chinaTime == "2026年11月22日 21:00")
        #expect(try Instant("2026-11-22T16:05:00Z").chinaTime == "2026年11月23日 00:05")
    }

    @Test("agrees with Foundation's dates", arguments: 0..<100)
    func agreesWithFoundation(seed: Int) throws {
        var generator = SeededGenerator(seed: UInt64(seed))
        let instant = Instant(milliseconds: .random(in: -2_000_000_000_000...4_000_000_000_000, using: &generator))
        let date = Date(timeIntervalSince1970: (Double(instant.milliseconds) / 1000).rounded(.down))
        #expect(date.formatted(.iso8601).prefix(19) == instant.iso8601.prefix(19))
    }

    @Test("adds and subtracts durations to the millisecond")
    func arithmetic() {
        let start = Instant(milliseconds: 1_000)
        #expect(start.adding(.milliseconds(1500)).milliseconds == 2_500)
        #expect(start.adding(.seconds(-2)).milliseconds == -1_000)
        #expect(start.adding(.microseconds(-1)).milliseconds == 999)
        #expect(start.adding(.microseconds(999)).milliseconds == 1_000)
        #expect(start.adding(.seconds(90)) - start == .seconds(90))
        #expect(start - start.adding(.milliseconds(7)) == .milliseconds(-7))
        #expect(start.adding(.seconds(Int64.max)).milliseconds == .max)
        #expect(Instant(milliseconds: .min).adding(.milliseconds(-1)).milliseconds == .min)
    }

    @Test("is coded as one integer and shown even at the edges of 64 bits")
    func coding() throws {
        #expect(try json(Instant(milliseconds: 42)) == "42")
        #expect(try roundTrip(Instant(milliseconds: -7)) == Instant(milliseconds: -7))
        #expect(Instant(milliseconds: .max).day == .last)
        #expect(Instant(milliseconds: .min).iso8601.hasPrefix("0001-01-01"))
    }
}
