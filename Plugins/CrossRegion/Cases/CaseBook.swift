import PluginKit

/// Cases and their papers, in the tables.
struct CaseBook: Sendable {
    let events: EventLog
    let cipher: FieldCipher
    let state: RowState

    static let columns = """
        id, division, bundle, side, partner, agreement, item, title, mode, scope, days, agency, state, person, \
        document, filed_at, due_on, decided_at, visits
        """

    init(_ host: PluginHost) {
        events = host.events
        cipher = host.cipher
        state = RowState(
            kind: "cross-region.case", title: "跨域办件", table: "cross_region_case",
            columns: Self.columns.split(separator: ", ").map(String.init), sealed: Self.encryptedColumns,
            begins: [CaseFiled.name, CaseReceived.name], cipher: host.cipher)
    }

    static let encryptedColumns = [
        EncryptedColumn(table: "cross_region_case", keys: ["id"], column: "document") { row in
            documentContext(try row.get("id"))
        },
        EncryptedColumn(table: "cross_region_paper", keys: ["case_id", "slot", "part"], column: "bytes") { row in
            paperContext(try row.get("case_id"), try row.get("slot"), try row.get("part"))
        },
    ]

    private static func documentContext(_ id: String) -> String { "cross_region_case.document/\(id)" }

    private static func paperContext(_ id: String, _ slot: String, _ part: Int) -> String {
        "cross_region_paper.bytes/\(id)/\(slot)/\(part)"
    }

    func find(_ id: String, in snapshot: Snapshot) throws -> CrossCase? {
        try snapshot.row("SELECT \(Self.columns) FROM cross_region_case WHERE id = ?", id).map(read)
    }

    /// Finds a case and holds its row until the end of the transaction.
    func lock(_ id: String, in transaction: Transaction) throws -> CrossCase? {
        try transaction.row(
            "UPDATE cross_region_case SET version = version + 1 WHERE id = ? RETURNING \(Self.columns)", id
        ).map(read)
    }

    func insert(_ new: CrossCase, _ told: [any Event], by act: Act, in transaction: Transaction) throws {
        let row = try transaction.row(
            """
            INSERT INTO cross_region_case (\(Self.columns), version)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 1) \(state.returning)
            """, new.id, new.division, new.bundle, new.side, new.partner, new.agreement, new.item, new.title, new.mode,
            new.scope, new.days, new.agency, new.state, new.person, try sealed(new, act), new.filedAt, new.dueOn,
            new.decidedAt, new.visits)
        try tell(told, new.id.text, new.division, row, isNew: true, by: act, in: transaction)
    }

    /// Writes what may change of a case, and what happened.
    func save(_ changed: CrossCase, _ told: [any Event], by act: Act, in transaction: Transaction) throws {
        let row = try transaction.row(
            """
            UPDATE cross_region_case SET state = ?, document = ?, due_on = ?, decided_at = ?, visits = ? WHERE id = ?
            \(state.returning)
            """, changed.state, try sealed(changed, act), changed.dueOn, changed.decidedAt, changed.visits, changed.id)
        try tell(told, changed.id.text, changed.division, row, by: act, in: transaction)
    }

    /// Records what happened around a case whose row stays as it is, or that has none.
    func tell(_ told: [any Event], _ id: String, division: String, by act: Act, in transaction: Transaction) throws {
        try events.record(
            told, to: StreamID(division: division, kind: state.kind, id: id), by: act, in: transaction)
    }

    private func tell(
        _ told: [any Event], _ id: String, _ division: String, _ row: Row?, isNew: Bool = false, by act: Act,
        in transaction: Transaction
    ) throws {
        try events.record(
            told, to: StreamID(division: division, kind: state.kind, id: id), isNew: isNew,
            state: try row.map(state.digest(of:)), by: act, in: transaction)
    }

    private func sealed(_ value: CrossCase, _ act: Act) throws -> [UInt8] {
        try cipher.sealDocument(value.document, context: Self.documentContext(value.id.text), seed: act.seed)
    }

    func read(_ row: Row) throws -> CrossCase {
        let id: Identifier = try row.get("id")
        return CrossCase(
            id: id, division: try row.get("division"), bundle: try row.get("bundle"), side: try row.get("side"),
            partner: try row.get("partner"), agreement: try row.get("agreement"), item: try row.get("item"),
            title: try row.get("title"), mode: try row.get("mode"), scope: try row.get("scope"),
            days: try row.get("days"), agency: try row.get("agency"), person: try row.get("person"),
            filedAt: try row.get("filed_at"), state: try row.get("state"),
            document: try cipher.openDocument(
                CaseDocument.self, try row.get("document"), context: Self.documentContext(id.text)),
            dueOn: try row.get("due_on"), decidedAt: try row.get("decided_at"), visits: try row.get("visits"))
    }

    // MARK: Papers

    func keep(_ bytes: [UInt8], of id: String, slot: String, part: Int, by act: Act, in transaction: Transaction) throws
    {
        let box = try cipher.seal(bytes, context: Self.paperContext(id, slot, part), seed: act.seed)
        try transaction.execute(
            """
            INSERT INTO cross_region_paper (case_id, slot, part, bytes) VALUES (?, ?, ?, ?)
            ON CONFLICT (case_id, slot, part) DO NOTHING
            """, id, slot, part, box)
    }

    /// The slots of a case whose parts are all here.
    func complete(_ notes: [PaperNote], of id: String, in snapshot: Snapshot) throws -> Set<String> {
        let counts = try snapshot.rows(
            "SELECT slot, count(*) AS parts FROM cross_region_paper WHERE case_id = ? GROUP BY slot", id
        ).reduce(into: [String: Int]()) { $0[try $1.get("slot")] = try $1.get("parts") }
        return Set(notes.filter { counts[$0.slot] == $0.parts.count }.map(\.slot))
    }

    /// A paper's bytes; nil while parts of it are on their way.
    func bytes(_ note: PaperNote, of id: String, in snapshot: Snapshot) throws -> [UInt8]? {
        let rows = try snapshot.rows(
            "SELECT part, bytes FROM cross_region_paper WHERE case_id = ? AND slot = ? ORDER BY part", id, note.slot)
        guard rows.count == note.parts.count else { return nil }
        return try rows.flatMap { row in
            try cipher.open(
                try row.get("bytes"), context: Self.paperContext(id, note.slot, try row.get("part", as: Int.self)))
        }
    }
}
