import Extension
import Standards
import Storage

extension CaseworkService {
    /// The check of the working calendar and the numbers of open cases.
    var health: [any Contribution] {
        [
            HealthCheck("calendar", title: "工作日历") { act in
                let years = Set(try await calendar().years.map(\.year))
                let today = act.now.day
                let remedy = "国务院办公厅公布放假安排后，请用 yiciban calendar import 导入；没有的年份按周一至周五暂算。"
                if !years.contains(today.year) { return .fault("没有今年（\(today.year)）的放假安排，期限都是暂定", remedy: remedy) }
                // The notice comes in November; a limit that begins in December reaches into the next year.
                if today.month >= 11, !years.contains(today.year + 1) {
                    return .warning("没有明年（\(today.year + 1)）的放假安排，跨年的期限是暂定", remedy: remedy)
                }
                return .sound("放假安排到 \(years.max() ?? today.year) 年")
            },
            Gauge("cases_open", help: "cases under way by state, without drafts", title: "在办") { snapshot, now in
                try Self.open(in: snapshot, at: now).map { .init($0.count, ["state": $0.state]) }
            },
            Gauge("cases_overdue", help: "open cases beyond their day", title: "逾期") { snapshot, now in
                [.init(try Self.open(in: snapshot, at: now).reduce(0) { $0 + $1.overdue })]
            },
        ]
    }

    /// Open cases by state; division by division, so that the cost is that of the open ones.
    private static func open(
        in snapshot: Snapshot, at now: Instant
    ) throws -> [(state: String, count: Double, overdue: Double)] {
        let states = CaseState.allCases.filter { !$0.isClosed && $0 != .draft }
        return try states.map { state in
            let row = try snapshot.row(
                """
                WITH RECURSIVE division (code) AS (
                    SELECT MIN(division) FROM case_file
                    UNION ALL
                    SELECT (SELECT MIN(f.division) FROM case_file f WHERE f.division > division.code) FROM division
                    WHERE division.code IS NOT NULL)
                SELECT COUNT(*) AS n,
                    CAST(COALESCE(SUM(CASE WHEN COALESCE(f.due, f.accept_by) < ? THEN 1 ELSE 0 END), 0) AS BIGINT) AS late
                FROM division JOIN case_file f ON f.division = division.code AND f.state = ?
                """, now.day, state.rawValue)
            return (state.rawValue, try row?.get("n") ?? 0, try row?.get("late") ?? 0)
        }
    }
}
