public import Extension
public import Storage

/// The cases of somebody who stands at a window were looked for.
public struct CasesSought: Event, Hashable {
    public static let name = "case.sought"
    public let division: String
    public let person: Identifier
    public let count: Int
}

extension CaseworkService {
    /// The cases of somebody who stands at the window, newest first, with those in which it is another party; the
    /// look-up is recorded.
    ///
    /// - Parameter person: as the card that was shown says.
    public func cases(ofVisitor person: Identifier, limit: Int = 50, by act: Act) async throws -> [WorkItem] {
        guard let post = act.actor.post, act.actor.holds(.acceptCases) else { throw CaseworkError.forbidden }
        let found = try await database.read { snapshot in
            let rows = try snapshot.rows(
                """
                SELECT f.id AS case_id, f.number, f.theme, f.state, COALESCE(f.due, f.accept_by) AS due, '' AS item,
                    f.division, f.version, f.body
                FROM case_file f WHERE f.division = ? AND f.state <> 'draft' AND f.id IN
                    (SELECT case_id FROM case_involved WHERE person = ? AND role <> '\(CaseStore.assistantRole)')
                ORDER BY f.id DESC LIMIT ?
                """, post.division, person, limit)
            return try page(rows, naming: true, limit: limit, at: act, snapshot) { CaseState(rawValue: $0)?.chinese }
        }
        try await lookUps.note(
            CasesSought(division: post.division, person: person, count: found.items.count),
            stream: StreamID(division: post.division, kind: "case-visitors", id: person.text), by: act)
        return found.items
    }
}
