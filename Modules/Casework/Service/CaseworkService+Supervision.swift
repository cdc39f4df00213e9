import Catalogue
public import Extension
import Standards
import Storage

/// A supervisor listed the cases of a division.
public struct CasesListed: Event, Hashable {
    public static let name = "case.listed"
    public let division: String
    public let state: CaseState
    public let count: Int
}

extension CaseworkService {
    /// The cases of a division in one state, due first, for its supervisor; each look at the list is recorded.
    ///
    /// One division and one state at a time, so that a page costs one stretch of an index however many cases there are.
    ///
    /// - Parameters:
    ///   - division: the post's own, or one below it; the post's own when nil.
    ///   - state: any but drafts, which are nobody's business yet.
    public func supervised(
        division: String? = nil, state: CaseState = .inProgress, after cursor: String? = nil, limit: Int = 20,
        by act: Act
    ) async throws -> CursorPage<SupervisedCase> {
        guard let post = act.actor.post, act.actor.holds(.superviseCases) else { throw CaseworkError.forbidden }
        let division = division ?? post.division
        guard DivisionCode.covers(post.division, division) else {
            throw CaseworkError.invalid([
                Finding("division", "division.outside", "“\(division)”不在您督查的区划（\(post.division)）之内，请换一个区划。")
            ])
        }
        guard state != .draft else {
            throw CaseworkError.invalid([Finding("state", "field.choice", "草稿还没有提交，不在督查之列，请换一个状态。")])
        }
        let start = try WorkCursor(cursor)
        let (day, condition) = Self.range(of: state)
        let page = try await database.read { [self] snapshot in
            let rows = try snapshot.rows(
                """
                SELECT id, division, number, theme, due, accept_by FROM case_file
                WHERE division = ? AND \(condition)
                    AND \(day) >= ? AND (\(day) > ? OR id > ?)
                ORDER BY \(day), id LIMIT ?
                """, division, start.due, start.due, start.caseID, limit + 1)
            let themes = try titles(in: snapshot)
            let calendar = try calendars.calendar(in: snapshot)
            let found = try rows.map { row in
                var line = SupervisedCase()
                line.id = try row.get("id")
                line.division = try row.get("division")
                line.number = try row.get("number", as: String?.self) ?? ""
                line.theme = try row.get("theme")
                line.title = themes[line.theme]?.title ?? line.theme
                line.state = state
                line.due = try row.get("due", as: LegalDay?.self) ?? row.get("accept_by")
                if !state.isClosed {
                    line.daysLeft = line.due.map { calendar.workingDays(from: act.now.day, to: $0) }
                }
                return line
            }
            return CursorPage(found, limit: limit) { "\($0.due?.ordinal ?? 0)~\($0.id)~" }
        }
        try await lookUps.note(
            CasesListed(division: division, state: state, count: page.items.count),
            stream: StreamID(division: division, kind: "case-supervision", id: post.id.text), by: act)
        return page
    }
}

extension CaseState {
    /// The states that a supervisor may ask for.
    public static let supervised = allCases.filter { $0 != .draft }
}
