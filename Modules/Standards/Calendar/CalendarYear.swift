/// One year of the State Council's holiday notice (节假日安排): which days are off and which weekends are worked.
public struct CalendarYear: Hashable, Sendable {
    /// The year whose days are listed.
    public let year: Int
    /// The notice that says so, such as `国办发明电〔2025〕7号`.
    public let source: String
    /// Every day of the year that the notices declare off, weekends among them or not.
    public let offDays: Set<LegalDay>
    /// Saturdays and Sundays that are worked instead (调休上班日).
    public let adjustedWorkdays: Set<LegalDay>

    /// A year of the calendar.
    ///
    /// - Parameters:
    ///   - year: 1 to 9999.
    ///   - source: the notice's number.
    ///   - offDays: days off within the year.
    ///   - adjustedWorkdays: Saturdays and Sundays of the year that are worked.
    /// - Throws: ``StandardsError/Code/calendarYear`` with every contradiction among its findings.
    public init(
        year: Int, source: String, offDays: Set<LegalDay>, adjustedWorkdays: Set<LegalDay>
    ) throws(StandardsError) {
        let findings = Self.findings(year: year, offDays: offDays, adjustedWorkdays: adjustedWorkdays)
        guard findings.isEmpty else { throw Self.refusal(of: "\(year)年的节假日安排", findings) }
        self.init(unchecked: year, source: source, offDays: offDays, adjustedWorkdays: adjustedWorkdays)
    }

    init(unchecked year: Int, source: String, offDays: Set<LegalDay>, adjustedWorkdays: Set<LegalDay>) {
        self.year = year
        self.source = source
        self.offDays = offDays
        self.adjustedWorkdays = adjustedWorkdays
    }

    /// Whether a day of this year is worked.
    ///
    /// - Parameter day: a day of ``year``.
    public func isWorkingDay(_ day: LegalDay) -> Bool {
        adjustedWorkdays.contains(day) || (day.weekday <= 5 && !offDays.contains(day))
    }

    /// The working days of each month, January first.
    public var workingDaysPerMonth: [Int] {
        (1...12).map { month in
            (1...LegalDay.length(ofMonth: month, year: year)).count { day in
                isWorkingDay(LegalDay(unchecked: year, month, day))
            }
        }
    }

    static func refusal(of what: String, _ findings: [StandardsError]) -> StandardsError {
        StandardsError(.calendarYear, "\(what)有\(findings.count)处问题，请对照国务院办公厅通知逐条改正。", findings: findings)
    }

    static func findings(
        year: Int, offDays: Set<LegalDay>, adjustedWorkdays: Set<LegalDay>
    ) -> [StandardsError] {
        guard (1...9999).contains(year) else {
            return [StandardsError(.calendarYear, "年份\(year)超出范围，请填写四位年份。")]
        }
        let strays = offDays.union(adjustedWorkdays).filter { $0.year != year }.sorted().map {
            StandardsError(.calendarYear, "\($0.chinese)不在\(year)年内，请移到它所在的年份。")
        }
        let both = offDays.intersection(adjustedWorkdays).sorted().map {
            StandardsError(.calendarYear, "\($0.chinese)既列为放假又列为上班，请保留一项。")
        }
        let weekdays = adjustedWorkdays.filter { $0.weekday <= 5 }.sorted().map {
            StandardsError(.calendarYear, "\($0.chinese)本来就要上班，不是调休上班日，请核对日期。")
        }
        return strays + both + weekdays
    }
}

extension CalendarYear: Codable {
    private enum CodingKeys: String, CodingKey {
        case year, source, offDays, adjustedWorkdays
    }

    /// Decodes a year; one that contradicts itself becomes `DecodingError.dataCorrupted`.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        let year = try container.decode(Int.self, forKey: .year)
        let source = try container.decode(String.self, forKey: .source)
        let offDays = try container.decode(Set<LegalDay>.self, forKey: .offDays)
        let adjusted = try container.decode(Set<LegalDay>.self, forKey: .adjustedWorkdays)
        do {
            try self.init(year: year, source: source, offDays: offDays, adjustedWorkdays: adjusted)
        } catch {
            throw DecodingError.dataCorrupted(
                .init(codingPath: decoder.codingPath, debugDescription: "\(error)", underlyingError: error))
        }
    }

    /// Encodes the days in order, so that the same year always gives the same text.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(year, forKey: .year)
        try container.encode(source, forKey: .source)
        try container.encode(offDays.sorted(), forKey: .offDays)
        try container.encode(adjustedWorkdays.sorted(), forKey: .adjustedWorkdays)
    }
}
