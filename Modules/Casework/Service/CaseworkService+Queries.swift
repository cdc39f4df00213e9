import Catalogue
public import Extension
import Standards
public import Storage

extension CaseworkService {
    /// The cases with which the person who acts has to do, newest first.
    public func mine(after cursor: String? = nil, limit: Int = 20, by act: Act) async throws -> CursorPage<CaseSummary>
    {
        guard let person = act.actor.person else {
            throw act.actor.kind == .anonymous ? Problem.signInRequired : Problem.forbidden
        }
        if let cursor, (try? Identifier(cursor)) == nil { throw CaseworkError.malformedCursor }
        // At a window only what was recorded at one is anybody's business.
        let recorded =
            act.actor.assistant == nil
            ? ""
            : """
             AND EXISTS (SELECT 1 FROM case_involved a WHERE a.case_id = case_involved.case_id
                AND a.role = '\(CaseStore.assistantRole)')
            """
        let scope = act.actor.helper?.scope.sorted() ?? []
        let entrusted =
            scope.isEmpty
            ? ""
            : """
             AND EXISTS (SELECT 1 FROM case_file c WHERE c.division = case_involved.division
                AND c.id = case_involved.case_id AND c.theme IN (\(scope.map { _ in "?" }.joined(separator: ", "))))
            """
        return try await database.read { snapshot in
            let arguments: [SQLValue] = [person.sql, (cursor ?? "~").sql, act.actor.party.sql] + scope.map(\.sql)
            let rows = try snapshot.rows(
                """
                SELECT f.id, f.number, f.theme, f.state, f.due, i.role, f.division, f.version, f.body FROM (
                    SELECT division, case_id, min(CASE WHEN role = 'applicant' THEN '' ELSE role END) AS role
                    FROM case_involved WHERE person = ? AND case_id < ? AND (party IS NULL OR party = ?)\(recorded)\(entrusted)
                    GROUP BY division, case_id ORDER BY case_id DESC LIMIT ?) i
                JOIN case_file f ON f.division = i.division AND f.id = i.case_id ORDER BY i.case_id DESC
                """, arguments: arguments + [Int64(limit + 1).sql])
            let titles = try titles(in: snapshot)
            let found = try rows.map { row in
                var line = CaseSummary()
                line.id = try row.get("id")
                line.number = try row.get("number")
                line.theme = try row.get("theme")
                line.title = titles[line.theme]?.title ?? line.theme
                line.state = CaseState(rawValue: try row.get("state")) ?? .draft
                line.due = try row.get("due")
                let role: String = try row.get("role")
                line.role = role.isEmpty ? "applicant" : role
                line.subject = try names(row, id: try row.get("id"), isMasked: !role.isEmpty, snapshot).subject
                return line
            }
            return CursorPage(found, limit: limit, cursor: \.id)
        }
    }

    /// The drafts that a member of staff began for others at a window and has not submitted, newest first.
    public func recordedDrafts(limit: Int = 20, by act: Act) async throws -> [CaseSummary] {
        guard let account = act.actor.account, act.actor.post != nil else { throw CaseworkError.forbidden }
        return try await database.read { snapshot in
            let rows = try snapshot.rows(
                """
                SELECT f.id, f.number, f.theme, f.state, f.division, f.version, f.body FROM case_involved i
                JOIN case_file f ON f.division = i.division AND f.id = i.case_id
                WHERE i.person = ? AND i.role = ? AND f.state = ? ORDER BY i.case_id DESC LIMIT ?
                """, account, CaseStore.assistantRole, CaseState.draft.rawValue, limit)
            let titles = try titles(in: snapshot)
            return try rows.map { row in
                var line = CaseSummary()
                line.id = try row.get("id")
                line.theme = try row.get("theme")
                line.title = titles[line.theme]?.title ?? line.theme
                line.role = CaseStore.assistantRole
                line.subject = try names(row, id: try row.get("id"), isMasked: true, snapshot).applicant
                return line
            }
        }
    }

    private func names(_ row: Row, id: Identifier, isMasked: Bool, _ snapshot: Snapshot) throws -> CaseNames {
        let file = try store.decode(row, id: id)
        return CaseNames(file, theme: try catalogue.theme(hash: file.theme.hash, in: snapshot), isMasked: isMasked)
    }

    /// The cases of the clerk's division in one state, due first: those that wait for acceptance, or what became of
    /// the others.
    ///
    /// - Parameters:
    ///   - state: any but drafts, which are nobody's business yet.
    ///   - theme: only those of this theme; nil for all.
    ///   - naming: whether the lines say whose the cases are, which takes opening each of them.
    public func acceptanceQueue(
        state: CaseState = .submitted, theme: String? = nil, naming: Bool = true, after cursor: String? = nil,
        limit: Int = 20, by act: Act
    ) async throws -> CursorPage<WorkItem> {
        guard let post = act.actor.post, act.actor.holds(.acceptCases) else { throw CaseworkError.forbidden }
        guard state != .draft else {
            throw CaseworkError.invalid([Finding("state", "field.choice", "草稿还没有提交，窗口看不到，请换一个状态。")])
        }
        let start = try WorkCursor(cursor)
        let (day, condition) = Self.range(of: state)
        let ofTheme = theme == nil ? "" : " AND theme = ?"
        return try await database.read { snapshot in
            let rows = try snapshot.rows(
                """
                SELECT id AS case_id, number, theme, state, \(day) AS due, '' AS item, division, version, body
                FROM case_file WHERE division = ? AND \(condition)\(ofTheme)
                    AND \(day) >= ? AND (\(day) > ? OR id > ?) ORDER BY \(day), id LIMIT ?
                """,
                arguments: [post.division.sql] + (theme.map { [$0.sql] } ?? [])
                    + [start.due.sql, start.due.sql, start.caseID.sql, (limit + 1).sql])
            return try page(rows, naming: naming, limit: limit, at: act, snapshot) { CaseState(rawValue: $0)?.chinese }
        }
    }

    /// The order of the cases in one state and the condition that selects them, as the indexes have them, word for
    /// word, or they would not serve.
    static func range(of state: CaseState) -> (day: String, condition: String) {
        state == .submitted
            ? ("accept_by", "state = 'submitted'")
            : (
                "COALESCE(due, accept_by, 0)",
                "state = '\(state.rawValue)' AND state NOT IN ('draft', 'submitted')"
            )
    }

    /// The items that the officer's agency has to decide, due first; those that have no day yet, since they wait for an
    /// earlier item, in the order in which their cases came.
    ///
    /// Before the acceptance of their case they stand in ``reviews(naming:after:limit:by:)``.
    ///
    /// - Parameter naming: whether the lines say whose the cases are, which takes opening each of them.
    public func worklist(
        state: ItemState = .open, theme: String? = nil, naming: Bool = true, after cursor: String? = nil,
        limit: Int = 20, by act: Act
    ) async throws -> CursorPage<WorkItem> {
        try await tasks(
            listed: state.rawValue, hasDay: state.hasDay, theme: theme, naming: naming, after: cursor, limit: limit,
            by: act
        ) { ItemState(rawValue: $0)?.chinese }
    }

    /// The items of the officer's agency in cases that still wait for the window's acceptance, those that the window
    /// decides first on top: now is the time to name a fault for the one notice.
    ///
    /// - Parameter naming: as in ``worklist(state:naming:after:limit:by:)``.
    public func reviews(
        theme: String? = nil, naming: Bool = true, after cursor: String? = nil, limit: Int = 20, by act: Act
    ) async throws -> CursorPage<WorkItem> {
        try await tasks(
            listed: CaseState.submitted.rawValue, hasDay: true, theme: theme, naming: naming, after: cursor,
            limit: limit, by: act
        ) { CaseState(rawValue: $0)?.chinese }
    }

    /// A page of the officers' lists.
    private func tasks(
        listed state: String, hasDay: Bool, theme: String?, naming: Bool, after cursor: String?, limit: Int,
        by act: Act,
        stateText: @escaping @Sendable (String) -> String?
    ) async throws -> CursorPage<WorkItem> {
        guard let post = act.actor.post, act.actor.holds(.decideItems) else { throw CaseworkError.forbidden }
        let start = try WorkCursor(cursor)
        return try await database.read { snapshot in
            let chosen = [post.agency.sql, state.sql] + (theme.map { [$0.sql] } ?? [])
            let begin = (hasDay ? [start.due.sql] : []) + [start.caseID.sql, start.item.sql, (limit + 1).sql]
            let rows = try snapshot.rows(
                TaskListing.page(hasDay: hasDay, isOfTheme: theme != nil), arguments: chosen + begin)
            return try page(rows, naming: naming, limit: limit, at: act, snapshot, stateText: stateText)
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

    func page(
        _ rows: [Row], naming: Bool, limit: Int, at act: Act, _ snapshot: Snapshot,
        stateText: (String) -> String?
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
            // A clock that stands still has no days left to count; it goes on when the procedure ends.
            if line.state != ItemState.paused.rawValue, line.state != ItemState.unpaid.rawValue,
                CaseState(rawValue: line.state)?.isClosed != true
            {
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
