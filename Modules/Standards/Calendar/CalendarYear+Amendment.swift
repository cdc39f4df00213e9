extension CalendarYear {
    /// A year of the calendar with single days changed (更正通知).
    static func amended(
        _ key: String, _ amendment: Amendment, source: String?, in calendar: WorkingCalendar
    ) -> (year: CalendarYear?, findings: [StandardsError]) {
        guard let old = calendar.years.first(where: { String($0.year) == key }) else {
            return (nil, [StandardsError(.calendarYear, "\(key)年还没有节假日安排，不能更正个别日子；请先用years导入全年。")])
        }
        var findings: [StandardsError] = []
        func changed(
            _ days: Set<LegalDay>, adding: [String]?, removing: [String]?, _ kind: String
        ) -> Set<LegalDay> {
            let added = Self.days(adding ?? [], kind, of: key, into: &findings)
            let removed = Self.days(removing ?? [], kind, of: key, into: &findings)
            for day in added.intersection(days).sorted() {
                findings.append(StandardsError(.calendarYear, "\(day.chineseDate)已经是\(kind)，不用再加。"))
            }
            for day in removed.subtracting(days).sorted() {
                findings.append(StandardsError(.calendarYear, "\(day.chineseDate)原来不是\(kind)，不能取消，请核对日期。"))
            }
            return days.union(added).subtracting(removed)
        }
        let offDays = changed(
            old.offDays, adding: amendment.addOffDays, removing: amendment.removeOffDays, "放假日")
        let adjusted = changed(
            old.adjustedWorkdays, adding: amendment.addAdjustedWorkdays, removing: amendment.removeAdjustedWorkdays,
            "调休上班日")
        findings += Self.findings(year: old.year, offDays: offDays, adjustedWorkdays: adjusted)
        guard findings.isEmpty else { return (nil, findings) }
        let year = CalendarYear(
            unchecked: old.year, source: source ?? "\(old.source)（个别日期更正）", offDays: offDays,
            adjustedWorkdays: adjusted)
        return (year, [])
    }
}
