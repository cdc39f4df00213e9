import PluginKit

extension ProactiveRegister {
    /// The list at the staff's place: what is to be visited by its day, what is closed by its day too.
    ///
    /// - Parameter cursor: ``cursor(_:)`` of the last one already seen.
    func list(
        _ state: ProactiveVisit.State, after cursor: String? = nil, limit: Int, by act: Act
    ) async throws -> [ProactiveVisit] {
        guard act.actor.holds(VisitRegister.permission) else { throw Problem.forbidden }
        let (day, id) = try Self.start(cursor)
        return try await database.read { snapshot in
            let places = try organisation.snapshot(in: snapshot)
            let codes =
                act.actor.post.map { places.divisions(within: $0.division).map(\.code) }
                ?? places.divisions.keys.sorted()
            if codes.isEmpty { return [] }
            let marks = Array(repeating: "?", count: codes.count).joined(separator: ", ")
            return try snapshot.rows(
                """
                SELECT \(Self.columns) FROM age_friendly_proactive
                WHERE state = ? AND (due > ? OR (due = ? AND id > ?)) AND division IN (\(marks))
                ORDER BY due, id LIMIT ?
                """, arguments: [state.sql, day.sql, day.sql, .text(id)] + codes.map(\.sql) + [limit.sql]
            ).map(visit)
        }
    }

    /// Where a list goes on after a visit.
    static func cursor(_ due: LegalDay, _ id: Identifier) -> String { "\(due.text).\(id)" }

    private static func start(_ cursor: String?) throws -> (LegalDay, String) {
        guard let cursor, !cursor.isEmpty else { return (.first, "") }
        let parts = cursor.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count == 2, let day = try? LegalDay(String(parts[0])), let id = try? Identifier(String(parts[1]))
        else { throw Problem(400, "input.cursor", "翻页的位置不对", "翻页的位置不对，请回到第一页。") }
        return (day, id.text)
    }

    /// One of the list with who it is, while it is to be visited; that staff looked is written down twice: with the
    /// visit, and with the person whose profile was opened.
    func open(_ id: Identifier, by act: Act) async throws -> (visit: ProactiveVisit, profile: PersonProfile?) {
        guard act.actor.holds(VisitRegister.permission) else { throw Problem.forbidden }
        return try await database.write { transaction in
            guard let visit = try find(id, in: transaction),
                try organisation.snapshot(in: transaction).mayHandle(act.actor, division: visit.division)
            else { throw Problem.notFound("名单里的这个人") }
            guard visit.state == .toVisit else { return (visit, nil) }
            let event = ProactiveVisitRead(visit: id, person: visit.person, basis: visit.basis)
            try tell(event, of: visit, nil, by: act, in: transaction)
            return (visit, try identity.profile(of: visit.person, by: system(act), in: transaction))
        }
    }

    /// Writes down that the person was visited, or did not want it.
    ///
    /// - Parameters:
    ///   - state: visited or declined.
    ///   - note: what came of it.
    ///   - isForGood: whether the person wants no further visit of this kind.
    /// - Throws: ``Problem`` 409 `age-friendly.wrong_step` for one that is closed, 422, 404.
    func close(
        _ id: Identifier, as state: ProactiveVisit.State, note: String, isForGood: Bool = false, by act: Act,
        in transaction: Transaction
    ) throws -> ProactiveVisit {
        guard act.actor.holds(VisitRegister.permission) else { throw Problem.forbidden }
        guard let visit = try find(id, in: transaction),
            try organisation.snapshot(in: transaction).mayHandle(act.actor, division: visit.division)
        else { throw Problem.notFound("名单里的这个人") }
        var findings: [Finding] = []
        if state == .toVisit { findings.append(Finding("state", "field.choice", "请选“已上门”或者“本人不要”。")) }
        if state == .visited, note.trimmed.isEmpty {
            findings.append(Finding("note", "field.required", "请写明上门办了什么、结果怎样。"))
        }
        if note.count > 500 { findings.append(Finding("note", "field.too_long", "最多 500 个字。")) }
        if !findings.isEmpty { throw Problem.invalid(findings) }
        let closed = try close(visit, as: state, note: note.trimmed, by: act, in: transaction)
        if isForGood, state == .declined {
            try choose(.unwanted, of: visit.person, by: act, in: transaction)
        }
        return closed
    }

    @discardableResult
    private func close(
        _ visit: ProactiveVisit, as state: ProactiveVisit.State, note: String, by act: Act, in transaction: Transaction
    ) throws -> ProactiveVisit {
        var body = visit.body
        body.note = note
        let row = try transaction.row(
            """
            UPDATE age_friendly_proactive SET state = ?, closed_by = ?, closed_at = ?, body = ?
            WHERE id = ? AND state = 'to_visit' \(self.state.returning)
            """, state, act.actor.account, act.now, try seal(body, of: visit.id, by: act), visit.id)
        guard let row else {
            throw Problem(
                409, "age-friendly.wrong_step", "已经登记过了", "这次敲门办已经登记为“\(visit.state.chinese)”，不用再登记。请刷新页面看看最新的情况。")
        }
        let closed = try self.visit(row)
        try tell(ProactiveVisitClosed(visit: visit.id, state: state), of: closed, row, by: act, in: transaction)
        return closed
    }

    /// What a person said it wants; nil while it has said nothing.
    func choice(of person: Identifier, in snapshot: Snapshot) throws -> ProactiveChoice? {
        try snapshot.row("SELECT choice FROM age_friendly_choice WHERE person = ?", person)?.get("choice")
    }

    /// The acting person says whether it wants to be visited.
    func choose(_ choice: ProactiveChoice, by act: Act, in transaction: Transaction) throws {
        guard act.actor.kind == .person, let person = act.actor.person else { throw Problem.forbidden }
        try choose(choice, of: person, by: act, in: transaction)
    }

    /// Whoever wants none is taken off the list at once.
    private func choose(
        _ choice: ProactiveChoice, of person: Identifier, by act: Act, in transaction: Transaction
    ) throws {
        let row = try transaction.row(
            """
            INSERT INTO age_friendly_choice (person, choice, since) VALUES (?, ?, ?)
            ON CONFLICT (person) DO UPDATE SET choice = excluded.choice, since = excluded.since \(choices.returning)
            """, person, choice, act.now)
        try events.record(
            [ProactiveChoiceMade(person: person, choice: choice)],
            to: StreamID(division: division, kind: choices.kind, id: person.text),
            state: try row.map { try choices.digest(of: $0) }, by: act, in: transaction)
        guard choice == .unwanted else { return }
        let open = try transaction.rows(
            "SELECT \(Self.columns) FROM age_friendly_proactive WHERE person = ? AND state = 'to_visit' ORDER BY id",
            person
        ).map(visit)
        for visit in open { try close(visit, as: .declined, note: "本人表示不要主动上门", by: act, in: transaction) }
    }
}
