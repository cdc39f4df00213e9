public import Extension
public import Standards
import Storage

extension CaseworkService {
    /// Counts the cases of some divisions anew that were submitted in a stretch of months, and keeps the figures.
    ///
    /// - Parameter months: the first and the last month, by any of their days.
    /// - Returns: how many cases were counted.
    @discardableResult
    public func countFigures(
        months: ClosedRange<LegalDay>, divisions: [String], by act: Act, progress: @Sendable (Int) -> Void = { _ in }
    ) async throws -> Int {
        let calendar = try await calendar()
        let first = LegalDay.firstOfMonth(months.lowerBound)
        let last = LegalDay.firstOfMonth(months.upperBound).adding(months: 1).adding(days: -1)
        var count = 0
        for division in divisions {
            var sums: [FigureKey: CaseFigures] = [:]
            // A draft may be submitted weeks after it was begun.
            try await forEachCase(in: division, begun: first.adding(days: -Self.longestDraft)...last) { files in
                for file in files {
                    for (key, figures) in file.figures(by: calendar, on: act.now.day) where key.month >= first {
                        sums[key] = (sums[key] ?? CaseFigures()) + figures
                    }
                }
                count += files.count
                progress(count)
            }
            let counted = sums
            try await database.write { transaction in
                try transaction.execute(
                    "DELETE FROM case_figure WHERE division = ? AND month >= ? AND month <= ?", division, first, last)
                for (key, figures) in counted where key.month <= last {
                    try transaction.send(
                        """
                        INSERT INTO case_figure (division, month, agency, item, theme, channel, submitted, accepted, granted,
                            refused, overdue, working_days, corrections, visits, cases, case_corrections, case_visits)
                        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                        """, key.division, key.month, key.agency, key.item, key.theme, key.channel.rawValue,
                        figures.submitted, figures.accepted, figures.granted, figures.refused, figures.overdue,
                        figures.workingDays, figures.corrections, figures.visits, figures.cases,
                        figures.caseCorrections, figures.caseVisits)
                }
            }
        }
        return count
    }

    /// For how many days before a month drafts are looked through that may have been submitted in it.
    private static let longestDraft = 92

    /// The kept figures of a supervisor's divisions.
    ///
    /// - Throws: ``CaseworkError`` `forbidden` without the right to supervise.
    public func figures(
        months: ClosedRange<LegalDay>, divisions: [String], by act: Act
    ) async throws -> [(key: FigureKey, figures: CaseFigures)] {
        guard act.actor.holds(.superviseCases) else { throw CaseworkError.forbidden }
        if let post = act.actor.post, let outside = divisions.first(where: { !DivisionCode.covers(post.division, $0) })
        {
            throw CaseworkError.invalid([
                Finding("division", "division.outside", "“\(outside)”不在您督查的区划（\(post.division)）之内，请换一个区划。")
            ])
        }
        if divisions.isEmpty { return [] }
        let marks = Array(repeating: "?", count: divisions.count).joined(separator: ", ")
        return try await database.read { snapshot in
            try snapshot.rows(
                """
                SELECT * FROM case_figure WHERE division IN (\(marks)) AND month >= ? AND month <= ?
                ORDER BY month, division, agency, theme, item, channel
                """,
                arguments: divisions.map { .text($0) } + [
                    LegalDay.firstOfMonth(months.lowerBound).sql, LegalDay.firstOfMonth(months.upperBound).sql,
                ]
            ).map { row in
                var figures = CaseFigures()
                figures.submitted = try row.get("submitted")
                figures.accepted = try row.get("accepted")
                figures.granted = try row.get("granted")
                figures.refused = try row.get("refused")
                figures.overdue = try row.get("overdue")
                figures.workingDays = try row.get("working_days")
                figures.corrections = try row.get("corrections")
                figures.visits = try row.get("visits")
                // What an earlier program counted tells items alone, until it is counted anew.
                figures.cases = try row.get("cases", as: Int?.self) ?? figures.submitted
                figures.caseCorrections = try row.get("case_corrections", as: Int?.self) ?? figures.corrections
                figures.caseVisits = try row.get("case_visits", as: Int?.self) ?? figures.visits
                return (
                    FigureKey(
                        division: try row.get("division"), agency: try row.get("agency"), item: try row.get("item"),
                        theme: try row.get("theme"),
                        channel: FigureKey.Channel(rawValue: try row.get("channel")) ?? .online,
                        month: try row.get("month")), figures
                )
            }
        }
    }

    /// Counts the last two months anew every hour: what is older changes only by what is still open, which is counted
    /// with `case figures --refresh`.
    var figuring: Job {
        Job("figures", every: .seconds(3600)) { act in
            let today = act.now.day
            let divisions = try await database.read { snapshot in
                try snapshot.rows("SELECT DISTINCT division FROM case_file").map {
                    try $0.get("division", as: String.self)
                }
            }
            try await countFigures(
                months: LegalDay.firstOfMonth(today).adding(days: -1)...today, divisions: divisions, by: act)
        }
    }
}
