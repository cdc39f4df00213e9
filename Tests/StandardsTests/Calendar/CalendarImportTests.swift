import Foundation
import Standards
import Testing

@Suite("A calendar file")
struct CalendarImportTests {
    @Test("names the notice of each year as its source")
    func sources() throws {
        let years = try CalendarYear.importing(json: Vectors.calendarText)
        #expect(years.last?.source == "国办发明电〔2025〕7号")
    }

    @Test("is refused with every fault of every year at once")
    func allFindings() throws {
        let text = """
            {"years": {
              "2027": {"offDays": ["2027-01-01", "2027-02-30", "2026-12-31", "2027-01-01"],
                       "adjustedWorkdays": ["2027-01-04", "2027-01-02"]},
              "2028": {"offDays": ["2028-01-01"], "adjustedWorkdays": ["2028-01-01"]},
              "2029": {"offDays": [], "adjustedWorkdays": [], "workdaysTotal": 250,
                       "workdaysPerMonth": [23, 20, 22, 21, 23, 21, 22, 23, 20, 23, 22, 22]},
              "29": {"offDays": [], "adjustedWorkdays": []}
            }}
            """
        let error = try #require(refusal(of: try CalendarYear.importing(json: text)))
        #expect(error.code == .calendarYear)
        let messages = error.findings.map(\.message)
        let expected = ["“29”", "2月30日", "重复", "2026年12月31日", "2027年1月4日", "2028年1月1日", "12月", "250"]
        #expect(messages.count == expected.count)
        for part in expected {
            #expect(messages.contains { $0.contains(part) }, "\(part)")
        }
        #expect(messages.allSatisfy { error.description.contains($0) })
    }

    @Test(
        "that is no calendar is refused with the place",
        arguments: [
            ("", "文件开头"), ("{}", "years"), (#"{"years": {"2027": {"offDays": []}}}"#, "years.2027.adjustedWorkdays"),
            (#"{"years": {"2027": {"offDays": [1], "adjustedWorkdays": []}}}"#, "years.2027.offDays"),
        ])
    func unreadable(text: String, place: String) throws {
        let error = try #require(refusal(of: try CalendarYear.importing(json: text)))
        #expect(error.code == .calendarFormat)
        #expect(error.message.contains(place))
    }

    @Test("amends single days of a year that is there and keeps the others")
    func amendment() throws {
        let text = """
            {"amendments": {"2026": {"addOffDays": ["2026-11-02"], "removeOffDays": ["2026-10-07"],
                                     "removeAdjustedWorkdays": ["2026-10-10"]}},
             "notices": {"2026": {"no": "更正"}}}
            """
        let old = try #require(WorkingCalendar.published.years.last)
        let year = try #require(try CalendarYear.importing(json: text).first)
        #expect(year.source == "更正")
        #expect(year.offDays.count == old.offDays.count)
        let change = year.change(from: old)
        #expect(change.addedOffDays.map(\.text) == ["2026-11-02"])
        #expect(change.removedOffDays.map(\.text) == ["2026-10-07"])
        #expect(change.removedAdjustedWorkdays.map(\.text) == ["2026-10-10"])
        #expect((change.workingDaysBefore, change.workingDaysAfter) == (248, 247))
    }

    @Test(
        "an amendment of what is not so is refused",
        arguments: [
            (#"{"amendments": {"2031": {}}}"#, "2031年还没有"),
            (#"{"amendments": {"2026": {"addOffDays": ["2026-10-01"]}}}"#, "已经是放假日"),
            (#"{"amendments": {"2026": {"removeOffDays": ["2026-11-02"]}}}"#, "原来不是放假日"),
            (#"{"amendments": {"2026": {}}, "years": {"2026": {"offDays": [], "adjustedWorkdays": []}}}"#, "只留一处"),
        ])
    func falseAmendment(text: String, part: String) throws {
        let error = try #require(refusal(of: try CalendarYear.importing(json: text)))
        #expect(error.findings.contains { $0.message.contains(part) })
    }

    @Test("two extra days alone make no plausible year")
    func plausible() throws {
        let text = #"{"years": {"2026": {"offDays": ["2026-11-02", "2026-11-03"], "adjustedWorkdays": []}}}"#
        let year = try #require(try CalendarYear.importing(json: text).first)
        #expect(year.workingDays == 259)
        #expect(!CalendarYear.plausibleWorkingDays.contains(year.workingDays))
        #expect(CalendarYear.published.allSatisfy { CalendarYear.plausibleWorkingDays.contains($0.workingDays) })
    }

    @Test("decodes only years that do not contradict themselves")
    func decoding() throws {
        let text = #"{"year": 2027, "source": "x", "offDays": ["2028-01-01"], "adjustedWorkdays": []}"#
        #expect(throws: DecodingError.self) { try JSONDecoder().decode(CalendarYear.self, from: Data(text.utf8)) }
        let year = try #require(WorkingCalendar.published.years.first)
        #expect(try roundTrip(year) == year)
    }
}
