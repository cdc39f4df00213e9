import Catalogue
import Extension
import Standards
import Storage

/// Loads and saves cases. Every save is one transition: the sealed document, the columns for the lists, the journal
/// and the outbox in one transaction.
struct CaseStore: Sendable {
    let cipher: FieldCipher
    let events: EventLog
    let state: RowState

    init(cipher: FieldCipher, events: EventLog) {
        self.cipher = cipher
        self.events = events
        state = Self.state(cipher)
    }

    private static func context(_ division: String, _ id: Identifier) -> String { "case_file.body/\(division)/\(id)" }

    static let encryptedColumns = [
        EncryptedColumn(table: "case_file", keys: ["division", "id"], column: "body") { row in
            "case_file.body/\(try row.get("division", as: String.self))/\(try row.get("id", as: String.self))"
        },
        paperColumn,
    ]

    // MARK: Reading

    /// A case by its identifier; nil when there is none.
    func find(_ id: Identifier, in snapshot: Snapshot) throws -> CaseFile? {
        try snapshot.row("SELECT division, number, version, body FROM case_file WHERE id = ?", id)
            .map { try decode($0, id: id) }
    }

    /// The case with a number, for clerks and officers.
    func identifier(number: String, division: String, in snapshot: Snapshot) throws -> Identifier? {
        try snapshot.row("SELECT id FROM case_file WHERE division = ? AND number = ?", division, number)?.get("id")
    }

    /// A case from a row with its division, number, version and body.
    func decode(_ row: Row, id: Identifier) throws -> CaseFile {
        var file = try cipher.openDocument(
            CaseFile.self, try row.get("body"), context: Self.context(try row.get("division"), id))
        file.number = try row.get("number")
        file.version = try row.get("version")
        return file
    }

    // MARK: Writing

    /// Locks a case's row and loads it: the first statement of every write to a case, on both databases.
    ///
    /// - Throws: ``CaseworkError`` `not_found`, or `stale_version` when `expected` is another version.
    func lock(_ id: Identifier, expected: Int? = nil, in transaction: Transaction) throws -> CaseFile {
        guard
            let row = try transaction.row(
                "UPDATE case_file SET version = version + 1 WHERE id = ? RETURNING division, number, version, body", id)
        else { throw CaseworkError.notFound }
        let file = try decode(row, id: id)
        if let expected, expected != file.version - 1 { throw CaseworkError.staleVersion }
        return file
    }

    /// Gives a locked case back unchanged.
    func unlock(_ file: inout CaseFile, in transaction: Transaction) throws {
        try transaction.send(
            "UPDATE case_file SET version = version - 1 WHERE division = ? AND id = ?", file.division, file.id)
        file.version -= 1
    }

    /// Takes the events out of a case.
    ///
    /// - Returns: what the journal is to hold of them.
    func entries(of file: inout CaseFile, by act: Act) throws -> [JournalEntry] {
        defer { file.pendingEvents = [] }
        return try EventLog.entries(of: file.pendingEvents, by: act)
    }

    /// Writes a new case.
    ///
    /// - Parameter entries: what the journal is to hold of the events that were taken out of it before.
    func insert(
        _ file: inout CaseFile, after entries: [JournalEntry], by act: Act, in transaction: Transaction
    ) throws {
        let document = try document(of: file, by: act)
        try transaction.send(
            """
            INSERT INTO case_file (division, id, number, theme, state, version, party, accept_by, due, submitted_at,
                updated_at, body) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """,
            file.division, file.id, file.number, file.theme.id, file.state.rawValue, file.version,
            file.applicant.party, file.acceptBy?.day, file.due?.day, file.times.submitted, act.now, document.sealed)
        try involve(
            file.applicant.person, for: file.applicant.isEnterprise ? file.applicant.party : nil, as: "applicant",
            in: file, transaction)
        if let assistance = file.assistance {
            try involve(assistance.account, as: Self.assistantRole, in: file, transaction)
        }
        try saveTasks(of: file, before: [:], in: transaction)
        try tell(&file, document, after: entries, isNew: true, by: act, in: transaction)
    }

    /// Writes a case that was locked in this transaction.
    ///
    /// - Parameter before: where its items stood in the lists when it was loaded, so that only what changed is written.
    func save(
        _ file: inout CaseFile, before: [String: TaskListing], by act: Act, in transaction: Transaction
    ) throws {
        let document = try document(of: file, by: act)
        try transaction.send(
            """
            UPDATE case_file SET number = ?, theme = ?, state = ?, accept_by = ?, due = ?, submitted_at = ?,
                updated_at = ?, body = ? WHERE division = ? AND id = ?
            """,
            file.number, file.theme.id, file.state.rawValue, file.acceptBy?.day, file.due?.day,
            file.times.submitted, act.now, document.sealed, file.division, file.id)
        try saveTasks(of: file, before: before, in: transaction)
        try saveDelivery(of: file, at: act.now, in: transaction)
        if file.state.isClosed {
            try transaction.send(
                "DELETE FROM case_duplicate WHERE division = ? AND case_id = ?", file.division, file.id)
        }
        try tell(&file, document, by: act, in: transaction)
    }

    /// The role in which a member of staff finds again what it recorded for others.
    static let assistantRole = "assistant"

    /// Notes that a person has to do with a case, so that it is found among that person's cases.
    ///
    /// - Parameter party: the enterprise for which it acts, if it sees the case only then.
    func involve(
        _ person: Identifier, for party: Identifier? = nil, as role: String, in file: CaseFile,
        _ transaction: Transaction
    ) throws {
        try transaction.send(
            """
            INSERT INTO case_involved (person, division, case_id, role, party) VALUES (?, ?, ?, ?, ?)
            ON CONFLICT (person, case_id, role) DO UPDATE SET party = excluded.party
            """, person, file.division, file.id, role, party)
    }

    private func saveTasks(of file: CaseFile, before: [String: TaskListing], in transaction: Transaction) throws {
        let changed = file.items.map { (task: $0, listing: TaskListing($0, in: file)) }
            .filter { before[$0.task.id] != $0.listing }
        if changed.isEmpty { return }
        let rows = Array(repeating: "(?, ?, ?, ?, ?, ?, ?, ?)", count: changed.count).joined(separator: ", ")
        try transaction.send(
            """
            INSERT INTO case_task (division, case_id, item, agency, state, due, number, theme) VALUES \(rows)
            ON CONFLICT (division, case_id, item) DO UPDATE SET agency = excluded.agency, state = excluded.state,
                due = excluded.due
            """,
            arguments: changed.flatMap { task, listing -> [SQLValue] in
                [
                    .text(file.division), file.id.sql, .text(task.id), task.agency.sql, .text(listing.state),
                    listing.due.sql, .text(file.number ?? ""), .text(file.theme.id),
                ]
            })
    }

    /// A case as it is stored: what its digest covers, and the same sealed.
    private struct Document {
        let plain: [UInt8]
        let sealed: [UInt8]
    }

    private func document(of file: CaseFile, by act: Act) throws -> Document {
        let plain = try CompactCoding.encode(file)
        return Document(
            plain: plain,
            sealed: try cipher.seal(plain, context: Self.context(file.division, file.id), seed: act.seed))
    }

    private func tell(
        _ file: inout CaseFile, _ document: Document, after earlier: [JournalEntry] = [], isNew: Bool = false,
        by act: Act, in transaction: Transaction
    ) throws {
        let stream = StreamID(division: file.division, kind: "case", id: file.id.text)
        let digest = state.digest(of: Self.values(of: file, document.plain, at: act.now))
        let entries = try earlier + entries(of: &file, by: act)
        if !file.lawEvents.isEmpty {
            // What the law alone brought about is nobody's act, whoever's change came upon it.
            let law = Act(
                actor: .system("law"), now: act.now, seed: act.seed.derived("law"), requestID: act.requestID)
            try events.record(
                file.lawEvents, to: stream, state: entries.isEmpty ? digest : nil, by: law, in: transaction)
            file.lawEvents = []
        }
        try events.record(entries: entries, to: stream, isNew: isNew, state: digest, by: act, in: transaction)
    }

    // MARK: Numbers and duplicates

    /// The next serial of a theme's cases on a day.
    func nextSerial(theme: String, division: String, day: LegalDay, in transaction: Transaction) throws -> Int {
        guard
            let row = try transaction.row(
                """
                INSERT INTO case_serial (division, theme, day, last) VALUES (?, ?, ?, 1)
                ON CONFLICT (division, theme, day) DO UPDATE SET last = case_serial.last + 1 RETURNING last
                """, division, theme, day)
        else { throw CaseworkError.notFound }
        return try row.get("last")
    }

    /// A value as it is compared: spaces and the dots inside names make no other person.
    private static func plain(_ value: String) -> String {
        value.filter { !$0.isWhitespace && !"·•・‧".contains($0) }
    }

    /// The key by which a second open case of the same thing is found.
    func uniqueKey(of file: CaseFile, rule: DuplicateRule) -> [UInt8] {
        let values = rule.fields.map { element in
            DuplicateRule.parts(of: element)
                .map { $0 == "applicant" ? file.applicant.party.text : Self.plain(file.form[$0] ?? "") }
                .sorted().joined(separator: "+")
        }
        return cipher.blindIndex(
            ([file.theme.id] + values).joined(separator: "\u{1F}"), purpose: "casework.duplicate")
    }

    /// Claims such a key.
    ///
    /// - Throws: ``CaseworkError`` `duplicate` when another open case has it.
    func claim(_ key: [UInt8], for file: CaseFile, in transaction: Transaction) throws {
        let claimed = try transaction.row(
            """
            INSERT INTO case_duplicate (division, digest, case_id) VALUES (?, ?, ?)
            ON CONFLICT (division, digest) DO NOTHING RETURNING case_id
            """, file.division, key, file.id)
        if claimed == nil {
            throw CaseworkError(
                .duplicate, "已有一件在办", "同一件事已经提交过，正在办理中，不需要重复申请。请查看原来那一件的进度。")
        }
    }
}
