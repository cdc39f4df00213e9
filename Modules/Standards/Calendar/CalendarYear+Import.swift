import Foundation

extension CalendarYear {
    /// Reads the years of a calendar file in the form `cn-gov-calendar/1`.
    ///
    /// Its `years` are keyed by year and hold `offDays`, `adjustedWorkdays` and, as control figures that are checked
    /// when present, `workdaysPerMonth` and `workdaysTotal`; `notices` names each year's source under `no`. A year stands
    /// for itself: what it does not list is worked as usual. `amendments`, keyed by year too, change single days of a
    /// year that is there: `addOffDays`, `removeOffDays`, `addAdjustedWorkdays`, `removeAdjustedWorkdays`.
    ///
    /// - Parameters:
    ///   - json: the file's text.
    ///   - calendar: what amendments are made to.
    /// - Returns: the years in order, whole.
    /// - Throws: ``StandardsError/Code/calendarFormat`` if the file cannot be read,
    ///   ``StandardsError/Code/calendarYear`` with **every** fault of every year among its findings.
    public static func importing(
        json: String, amending calendar: WorkingCalendar = .published
    ) throws(StandardsError) -> [CalendarYear] {
        let file: File
        do {
            file = try JSONDecoder().decode(File.self, from: Data(json.utf8))
            if file.years == nil, file.amendments == nil {
                throw DecodingError.keyNotFound(
                    File.CodingKeys.years, .init(codingPath: [], debugDescription: "neither years nor amendments"))
            }
        } catch {
            throw StandardsError(
                .calendarFormat, "节假日日历文件读不懂，请使用“cn-gov-calendar/1”格式的JSON文件。位置：\(place(of: error))")
        }
        var years: [CalendarYear] = []
        var findings: [StandardsError] = []
        for (key, raw) in (file.years ?? [:]).sorted(by: { $0.key < $1.key }) {
            let (year, faults) = read(key, raw, source: file.notices?[key]?.no)
            if let year { years.append(year) }
            findings += faults
        }
        for (key, amendment) in (file.amendments ?? [:]).sorted(by: { $0.key < $1.key }) {
            if file.years?[key] != nil {
                findings.append(StandardsError(.calendarYear, "\(key)年既写在years里又写在amendments里，请只留一处。"))
                continue
            }
            let (year, faults) = amended(key, amendment, source: file.notices?[key]?.no, in: calendar)
            if let year { years.append(year) }
            findings += faults
        }
        guard findings.isEmpty else { throw refusal(of: "节假日日历", findings) }
        return years.sorted { $0.year < $1.year }
    }

    private struct File: Decodable {
        let years: [String: Year]?
        let amendments: [String: Amendment]?
        let notices: [String: Notice]?

        enum CodingKeys: CodingKey { case years, amendments, notices }
    }

    struct Amendment: Decodable {
        let addOffDays: [String]?
        let removeOffDays: [String]?
        let addAdjustedWorkdays: [String]?
        let removeAdjustedWorkdays: [String]?
    }

    private struct Notice: Decodable {
        let no: String
    }

    private struct Year: Decodable {
        let offDays: [String]
        let adjustedWorkdays: [String]
        let workdaysPerMonth: [Int]?
        let workdaysTotal: Int?
    }

    private static func read(
        _ key: String, _ raw: Year, source: String?
    ) -> (year: CalendarYear?, findings: [StandardsError]) {
        guard key.utf8.count == 4, let number = key.digitsValue else {
            return (nil, [StandardsError(.calendarYear, "年份“\(key)”的写法不对，请填写四位数字。")])
        }
        var findings: [StandardsError] = []
        let offDays = days(raw.offDays, "放假日", of: key, into: &findings)
        let adjusted = days(raw.adjustedWorkdays, "调休上班日", of: key, into: &findings)
        findings += Self.findings(year: number, offDays: offDays, adjustedWorkdays: adjusted)
        guard findings.isEmpty else { return (nil, findings) }
        let year = CalendarYear(
            unchecked: number, source: source ?? "导入文件未注明", offDays: offDays, adjustedWorkdays: adjusted)
        return (year, controlFindings(year, raw))
    }

    static func days(
        _ texts: [String], _ kind: String, of year: String, into findings: inout [StandardsError]
    ) -> Set<LegalDay> {
        var days: Set<LegalDay> = []
        for text in texts {
            do {
                let day = try LegalDay(text)
                if !days.insert(day).inserted {
                    findings.append(.init(.calendarYear, "\(year)年的\(kind)\(day.chineseDate)重复，请删去一个。"))
                }
            } catch {
                findings.append(.init(.calendarYear, "\(year)年的\(kind)有误：\(error.message)"))
            }
        }
        return days
    }

    /// Compares with the file's own working-day figures: a mistyped day rarely keeps them right.
    private static func controlFindings(_ year: CalendarYear, _ raw: Year) -> [StandardsError] {
        let months = year.workingDaysPerMonth
        var findings: [StandardsError] = []
        if let control = raw.workdaysPerMonth, control != months {
            let wrong = months.indices.filter { !control.indices.contains($0) || control[$0] != months[$0] }
            let list = wrong.isEmpty ? "月份个数" : wrong.map { "\($0 + 1)月" }.joined(separator: "、")
            findings.append(.init(.calendarYear, "\(year.year)年\(list)的工作日数与所列日期不符，请核对。"))
        }
        if let control = raw.workdaysTotal, control != months.reduce(0, +) {
            findings.append(
                .init(.calendarYear, "\(year.year)年所列日期合\(months.reduce(0, +))个工作日，文件写的是\(control)个，请核对。"))
        }
        return findings
    }

    private static func place(of error: any Error) -> String {
        let context: DecodingError.Context? =
            switch error as? DecodingError {
            case .typeMismatch(_, let context), .valueNotFound(_, let context), .dataCorrupted(let context): context
            case .keyNotFound(let key, let context):
                .init(codingPath: context.codingPath + [key], debugDescription: "")
            default: nil
            }
        let path = (context?.codingPath ?? []).map(\.stringValue).joined(separator: ".")
        return path.isEmpty ? "文件开头" : path
    }
}
