import Standards
import Storage

/// What the audit compares: each case's row, its sealed document, its item tasks and who is involved.
extension CaseStore {
    static func state(_ cipher: FieldCipher) -> RowState {
        RowState(
            kind: "case", title: "办件", table: "case_file",
            columns: [
                "division", "id", "number", "theme", "state", "version", "party", "accept_by", "due", "submitted_at",
                "updated_at", "body",
            ],
            sealed: encryptedColumns, begins: [CaseCreated.name], cipher: cipher)
    }

    /// The values of a row in the order of ``state``'s columns.
    static func values(of file: CaseFile, _ body: [UInt8], at now: Instant) -> [SQLValue] {
        columns(of: file).map(\.value) + [now.sql, .blob(body)]
    }

    private static func columns(of file: CaseFile) -> [(name: String, value: SQLValue)] {
        [
            ("division", .text(file.division)), ("id", file.id.sql), ("number", file.number.sql),
            ("theme", .text(file.theme.id)), ("state", .text(file.state.rawValue)), ("version", file.version.sql),
            ("party", file.applicant.party.sql), ("accept_by", (file.acceptBy?.day).sql),
            ("due", (file.due?.day).sql), ("submitted_at", file.times.submitted.sql),
        ]
    }

    var audit: StateCheck {
        state.check(dependents: ["case_task", "case_involved", "case_paper"]) { matches, snapshot in
            var comparison = StateComparison()
            let files = matches.compactMap { match -> (standing: StreamStanding, row: Row, file: CaseFile)? in
                // One that can't be opened is told of by the digest, which needs the plain text too.
                guard let id = try? Identifier(match.standing.id), let file = try? decode(match.row, id: id) else {
                    return nil
                }
                return (match.standing, match.row, file)
            }
            for (standing, row, file) in files {
                let wrong = Self.columns(of: file).filter { name, value in
                    (try? row.get(name, as: SQLValue.self)) != value
                }
                if !wrong.isEmpty {
                    let names = wrong.map(\.name).joined(separator: "、")
                    comparison.deviations.append(.changed(standing, "表 case_file 的列 \(names) 与密封的办件内容不一致"))
                }
            }
            try compareTasks(files.map { ($0.standing, $0.file) }, snapshot, &comparison)
            try comparePapers(files.map { ($0.standing, $0.file) }, snapshot, &comparison)
            try compareInvolved(files.map { ($0.standing, $0.file) }, snapshot, &comparison)
            return comparison
        }
    }

    private func compareTasks(
        _ files: [(StreamStanding, CaseFile)], _ snapshot: Snapshot, _ comparison: inout StateComparison
    ) throws {
        for (division, files) in Dictionary(grouping: files, by: { $0.1.division }) {
            let rows = try snapshot.rows(
                """
                SELECT case_id, item, agency, state, due, number, theme FROM case_task
                WHERE division = ? AND case_id IN (\(Self.marks(files.count)))
                """, arguments: [.text(division)] + files.map { $0.1.id.sql })
            let stored = Dictionary(
                grouping: try rows.map { row in
                    (
                        id: try row.get("case_id", as: String.self),
                        values: try ["item", "agency", "state", "due", "number", "theme"].map {
                            try row.get($0, as: SQLValue.self)
                        }
                    )
                }, by: \.id
            ).mapValues { Set($0.map(\.values)) }
            for (standing, file) in files {
                let found = stored[file.id.text, default: []]
                let expected = Set(file.items.map { Self.taskValues($0, of: file) })
                comparison.rows["case_task", default: 0] += found.count
                let wrong = found.symmetricDifference(expected).compactMap { $0.first.flatMap(String.init(sql:)) }
                if wrong.isEmpty { continue }
                let items = Set(wrong).sorted().joined(separator: "、")
                comparison.deviations.append(.changed(standing, "表 case_task 里的事项 \(items) 与密封的办件内容不一致"))
            }
        }
    }

    private static func taskValues(_ task: ItemTask, of file: CaseFile) -> [SQLValue] {
        let listing = TaskListing(task, in: file)
        return [
            .text(task.id), task.agency.sql, .text(listing.state), listing.due.sql,
            .text(file.number ?? ""), .text(file.theme.id),
        ]
    }

    private func compareInvolved(
        _ files: [(StreamStanding, CaseFile)], _ snapshot: Snapshot, _ comparison: inout StateComparison
    ) throws {
        let expected = files.map { standing, file in
            (
                standing,
                Set(
                    [Involved(file.applicant.person, file.id, "applicant")]
                        + (file.assistance.map { [Involved($0.account, file.id, Self.assistantRole)] } ?? [])
                        + file.consents.map { Involved($0.value.person, file.id, $0.key) })
            )
        }
        let persons = Set(expected.flatMap { $0.1.map(\.person) }).sorted()
        if persons.isEmpty { return }
        let rows = try snapshot.rows(
            """
            SELECT person, case_id, role FROM case_involved
            WHERE person IN (\(Self.marks(persons.count))) AND case_id IN (\(Self.marks(files.count)))
            """, arguments: persons.map { .text($0) } + files.map { $0.1.id.sql })
        let stored = Set(try rows.map(Involved.init))
        for (standing, involved) in expected {
            comparison.rows["case_involved", default: 0] += stored.intersection(involved).count
            for missing in involved.subtracting(stored).sorted(by: { $0.role < $1.role }) {
                comparison.deviations.append(.gone(standing, "表 case_involved 里少了角色 \(missing.role)"))
            }
        }
    }

    private struct Involved: Hashable {
        let person: String
        let id: String
        let role: String

        init(_ person: Identifier, _ id: Identifier, _ role: String) {
            self.person = person.text
            self.id = id.text
            self.role = role
        }

        init(_ row: Row) throws {
            person = try row.get("person")
            id = try row.get("case_id")
            role = try row.get("role")
        }
    }

    private static func marks(_ count: Int) -> String {
        Array(repeating: "?", count: count).joined(separator: ", ")
    }
}
