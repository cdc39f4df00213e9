import Catalogue
public import Extension
import Standards
public import Storage

extension CaseworkService {
    /// The cases with which the person who acts has to do, newest first.
    public func mine(after cursor: String? = nil, limit: Int = 20, by act: Act) async throws -> CursorPage<CaseSummary>
    {
        guard let person = act.actor.person else { throw Problem.signInRequired }
        return try await database.read { snapshot in
            let rows = try snapshot.rows(
                """
                SELECT f.id, f.number, f.theme, f.state, f.due, i.role, f.division, f.version, f.body FROM case_involved i
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
                line.subject = try names(row, id: try row.get("id"), isMasked: false, snapshot).subject
                return line
            }
            return CursorPage(found, limit: limit, cursor: \.id)
        }
    }

    private func names(_ row: Row, id: Identifier, isMasked: Bool, _ snapshot: Snapshot) throws -> CaseNames {
        let file = try store.decode(row, id: id)
        return CaseNames(file, theme: try catalogue.theme(hash: file.theme.hash, in: snapshot), isMasked: isMasked)
    }

    /// The cases that wait for acceptance in the clerk's division, due first.
    ///
    /// - Parameter naming: whether the lines say whose the cases are, which takes opening each of them.
    public func acceptanceQueue(
        naming: Bool = true, after cursor: String? = nil, limit: Int = 20, by act: Act
    ) async throws -> CursorPage<WorkItem> {
        guard let post = act.actor.post, act.actor.holds(.acceptCases) else { throw CaseworkError.forbidden }
        let start = try WorkCursor(cursor)
        return try await database.read { snapshot in
            let rows = try snapshot.rows(
                """
                SELECT id AS case_id, number, theme, state, accept_by AS due, '' AS item, state AS case_state, division,
                    version, body FROM case_file
                WHERE division = ? AND state = 'submitted'
                    AND (accept_by > ? OR (accept_by = ? AND id > ?))
                ORDER BY accept_by, id LIMIT ?
                """, post.division, start.due, start.due, start.caseID, limit + 1)
            return try page(rows, naming: naming, limit: limit, at: act, snapshot) { state, _ in
                CaseState(rawValue: state)?.chinese
            }
        }
    }

    /// The items that the officer's agency has to decide, due first; those that have no day yet, since they wait for
    /// the acceptance or for an earlier item, in the order in which their cases came.
    ///
    /// - Parameter naming: whether the lines say whose the cases are, which takes opening each of them.
    public func worklist(
        state: ItemState = .open, naming: Bool = true, after cursor: String? = nil, limit: Int = 20, by act: Act
    ) async throws -> CursorPage<WorkItem> {
        guard let post = act.actor.post, act.actor.holds(.decideItems) else { throw CaseworkError.forbidden }
        let start = try WorkCursor(cursor)
        return try await database.read { snapshot in
            // The page is cut from the tasks alone, so that the cases are joined to its lines only.
            func joined(_ page: String, order: String) -> String {
                """
                SELECT p.case_id, p.number, p.theme, p.state, p.due, p.item, f.state AS case_state, f.division, f.version,
                    f.body
                FROM (SELECT division, case_id, number, theme, state, due, item FROM case_task
                    WHERE agency = ? AND state = ? \(page) ORDER BY \(order) LIMIT ?) p
                JOIN case_file f ON f.division = p.division AND f.id = p.case_id
                ORDER BY \(order.split(separator: ", ").map { "p.\($0)" }.joined(separator: ", "))
                """
            }
            let rows =
                if state.hasDay {
                    try snapshot.rows(
                        joined(
                            "AND (due > ? OR (due = ? AND (case_id > ? OR (case_id = ? AND item > ?))))",
                            order: "due, case_id, item"), post.agency, state.rawValue, start.due, start.due,
                        start.caseID, start.caseID, start.item,
                        limit + 1)
                } else {
                    try snapshot.rows(
                        joined(
                            "AND due IS NULL AND (case_id > ? OR (case_id = ? AND item > ?))", order: "case_id, item"),
                        post.agency, state.rawValue, start.caseID, start.caseID, start.item, limit + 1)
                }
            return try page(rows, naming: naming, limit: limit, at: act, snapshot) { state, caseState in
                let isBefore = state == ItemState.waiting.rawValue && caseState.isBeforeAcceptance
                return isBefore ? ItemState.beforeAcceptance : ItemState(rawValue: state)?.chinese
            }
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

    private func titles(in snapshot: Snapshot) throws -> [String: Theme] {
        try catalogue.currentThemes(in: snapshot).mapValues(\.theme)
    }

    private func page(
        _ rows: [Row], naming: Bool, limit: Int, at act: Act, _ snapshot: Snapshot,
        stateText: (String, CaseState) -> String?
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
            let caseState = CaseState(rawValue: try row.get("case_state")) ?? .draft
            line.stateText = stateText(line.state, caseState) ?? line.state
            line.due = try row.get("due")
            // A clock that stands still has no days left to count; it goes on when the procedure ends.
            if line.state != ItemState.paused.rawValue {
                line.daysLeft = line.due.map { calendar.workingDays(from: act.now.day, to: $0) }
            }
            if naming {
                let names = try names(row, id: try row.get("case_id"), isMasked: true, snapshot)
                (line.applicant, line.subject) = (names.applicant, names.subject)
            }
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
private struct WorkCursor {
    var due = -1
    var caseID = ""
    var item = ""

    init(_ text: String?) throws {
        guard let text else { return }
        let parts = text.split(separator: "~", omittingEmptySubsequences: false)
        guard parts.count == 3, let due = Int(parts[0]) else {
            throw CaseworkError.invalid([Finding("after", "cursor.malformed", "翻页参数不对，请从第一页重新查看。")])
        }
        self.due = due
        caseID = String(parts[1])
        item = String(parts[2])
    }
}
