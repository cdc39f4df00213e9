import Catalogue
public import Extension
import Standards
public import Storage

extension CaseworkService {
    /// The cases with which the person who acts has to do, newest first.
    public func mine(after cursor: String? = nil, limit: Int = 20, by act: Act) async throws -> CursorPage<CaseSummary>
    {
        guard let person = act.actor.person else { throw Problem.signInRequired }
        if let cursor, (try? Identifier(cursor)) == nil { throw CaseworkError.malformedCursor }
        return try await database.read { snapshot in
            let rows = try snapshot.rows(
                """
                SELECT f.id, f.number, f.theme, f.state, f.due, i.role FROM case_involved i
                JOIN case_file f ON f.division = i.division AND f.id = i.case_id
                WHERE i.person = ? AND i.case_id < ? ORDER BY i.case_id DESC LIMIT ?
                """, person, cursor ?? "~", limit + 1)
            let titles = try titles(in: snapshot)
            let found = try rows.map { row in
                var line = CaseSummary()
                line.id = try row.get("id")
                line.number = try row.get("number")
                line.theme = try row.get("theme")
                line.title = titles[line.theme]?.title ?? line.theme
                line.state = CaseState(rawValue: try row.get("state")) ?? .draft
                line.due = try row.get("due")
                line.role = try row.get("role")
                return line
            }
            return CursorPage(found, limit: limit, cursor: \.id)
        }
    }

    /// The cases that wait for acceptance in the clerk's division, due first.
    public func acceptanceQueue(
        after cursor: String? = nil, limit: Int = 20, by act: Act
    ) async throws -> CursorPage<WorkItem> {
        guard let post = act.actor.post, act.actor.holds(.acceptCases) else { throw CaseworkError.forbidden }
        let start = try WorkCursor(cursor)
        return try await database.read { snapshot in
            let rows = try snapshot.rows(
                """
                SELECT id AS case_id, number, theme, state, accept_by AS due, '' AS item FROM case_file
                WHERE division = ? AND state = 'submitted'
                    AND (accept_by > ? OR (accept_by = ? AND id > ?))
                ORDER BY accept_by, id LIMIT ?
                """, post.division, start.due, start.due, start.caseID, limit + 1)
            return try page(rows, limit: limit, at: act, snapshot) { CaseState(rawValue: $0)?.chinese }
        }
    }

    /// The items that the officer's agency has to decide, due first; those that have no day yet, since they wait for
    /// the acceptance or for an earlier item, in the order in which their cases came.
    public func worklist(
        state: ItemState = .open, after cursor: String? = nil, limit: Int = 20, by act: Act
    ) async throws -> CursorPage<WorkItem> {
        guard let post = act.actor.post, act.actor.holds(.decideItems) else { throw CaseworkError.forbidden }
        let start = try WorkCursor(cursor)
        return try await database.read { snapshot in
            let columns =
                "SELECT case_id, number, theme, state, due, item FROM case_task WHERE agency = ? AND state = ?"
            let rows =
                if state.hasDay {
                    try snapshot.rows(
                        """
                        \(columns)
                            AND (due > ? OR (due = ? AND (case_id > ? OR (case_id = ? AND item > ?))))
                        ORDER BY due, case_id, item LIMIT ?
                        """, post.agency, state.rawValue, start.due, start.due, start.caseID, start.caseID, start.item,
                        limit + 1)
                } else {
                    try snapshot.rows(
                        """
                        \(columns) AND due IS NULL AND (case_id > ? OR (case_id = ? AND item > ?))
                        ORDER BY case_id, item LIMIT ?
                        """, post.agency, state.rawValue, start.caseID, start.caseID, start.item, limit + 1)
                }
            return try page(rows, limit: limit, at: act, snapshot) { ItemState(rawValue: $0)?.chinese }
        }
    }

    /// A file of a material, for whoever may see the material.
    public func file(
        _ blob: String, slot: String, of id: Identifier, by act: Act
    ) async throws -> FileReply {
        try await database.read { snapshot in
            let sight = try sight(of: id, by: act, in: snapshot)
            guard let reference = sight.file.materials[slot]?.files.first(where: { $0.blob == blob }),
                let bytes = try blobs.get(blob, division: reference.division, in: snapshot)
            else { throw CaseworkError.notFound }
            let type = BlobType(rawValue: reference.contentType)?.mediaType ?? "application/octet-stream"
            return FileReply(bytes: bytes, contentType: type, name: reference.name)
        }
    }

    func titles(in snapshot: Snapshot) throws -> [String: Theme] {
        try catalogue.currentThemes(in: snapshot).mapValues(\.theme)
    }

    private func page(
        _ rows: [Row], limit: Int, at act: Act, _ snapshot: Snapshot, stateText: (String) -> String?
    ) throws -> CursorPage<WorkItem> {
        let themes = try titles(in: snapshot)
        let calendar = try calendars.calendar(in: snapshot)
        let found = try rows.map { row in
            var line = WorkItem()
            line.caseID = try row.get("case_id")
            line.number = try row.get("number")
            line.theme = try row.get("theme")
            line.title = themes[line.theme]?.title ?? line.theme
            line.item = try row.get("item")
            line.itemTitle = themes[line.theme]?.items.first { $0.id == line.item }?.item.title ?? line.item
            line.state = try row.get("state")
            line.stateText = stateText(line.state) ?? line.state
            line.due = try row.get("due")
            line.daysLeft = line.due.map { calendar.workingDays(from: act.now.day, to: $0) }
            return line
        }
        return CursorPage(found, limit: limit, cursor: \.cursor)
    }
}

extension ItemState {
    /// Whether an item in this state has a day by which it is due: its clock runs, or has run.
    fileprivate var hasDay: Bool { self != .waiting && self != .notNeeded }
}

/// Where a page of a work list begins.
struct WorkCursor {
    var due = -1
    var caseID = ""
    var item = ""

    init(_ text: String?) throws {
        guard let text else { return }
        let parts = text.split(separator: "~", omittingEmptySubsequences: false)
        guard parts.count == 3, let due = Int(parts[0]), (try? Identifier(String(parts[1]))) != nil else {
            throw CaseworkError.malformedCursor
        }
        self.due = due
        caseID = String(parts[1])
        item = String(parts[2])
    }
}
