import Documents
import Extension
import Standards
import Storage

/// The register of seals: what each is, and where in its life it stands.
struct SealRegister: Sendable {
    let events: EventLog
    let division: String
    let state: RowState

    init(events: EventLog, cipher: FieldCipher, division: String) {
        self.events = events
        self.division = division
        state = RowState(
            kind: "eseal.seal", title: "印章", table: "eseal_seal",
            columns: [
                "division", "id", "agency", "kind", "organ", "purpose", "shape", "powers", "state", "replaces",
                "certificate", "key", "identifier", "seal", "valid_until", "ended_at", "version",
            ],
            begins: [SealApplied.name], cipher: cipher)
    }

    func find(_ id: Identifier, in snapshot: Snapshot) throws -> Seal? {
        try snapshot.row("SELECT \(Seal.columns) FROM eseal_seal WHERE id = ?", id).map(Seal.init)
    }

    /// A seal by the identifier inside of it.
    func find(identifier: String, in snapshot: Snapshot) throws -> Seal? {
        try snapshot.row("SELECT \(Seal.columns) FROM eseal_seal WHERE identifier = ?", identifier).map(Seal.init)
    }

    /// All seals, or those of an agency, the newest first.
    func list(agency: Identifier? = nil, in snapshot: Snapshot) throws -> [Seal] {
        let rows =
            if let agency {
                try snapshot.rows(
                    "SELECT \(Seal.columns) FROM eseal_seal WHERE division = ? AND agency = ? ORDER BY id DESC",
                    division,
                    agency)
            } else {
                try snapshot.rows(
                    "SELECT \(Seal.columns) FROM eseal_seal WHERE division = ? ORDER BY id DESC", division)
            }
        return try rows.map(Seal.init)
    }

    func insert(
        _ application: SealApplication, organ: String, by act: Act, in transaction: Transaction
    ) throws -> Identifier {
        let id = act.identifier("eseal.seal.\(application.agency).\(application.purpose)")
        let row = try transaction.row(
            """
            INSERT INTO eseal_seal (division, id, agency, kind, organ, purpose, shape, powers, state, applicant, replaces,
                                    created_at, version)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 1) \(state.returning)
            """, division, id, application.agency, application.kind, organ, application.purpose,
            application.shape.rawValue, Set(application.powers).sorted().joined(separator: "\n"),
            SealLifeState.applied, act.actor.account?.text ?? "", application.replaces, act.now)
        try events.record(
            [
                SealApplied(
                    seal: id, agency: application.agency, kind: application.kind.rawValue,
                    replaces: application.replaces)
            ], to: stream(id), isNew: true, state: try row.map { try state.digest(of: $0) }, by: act, in: transaction)
        return id
    }

    /// Takes a step; what a step sets besides goes by name.
    ///
    /// - Throws: ``SealError`` with `eseal.state` when somebody else has taken one meanwhile.
    func step(
        _ seal: Seal, to next: SealLifeState, setting values: [(column: String, value: SQLValue)] = [], by act: Act,
        in transaction: Transaction
    ) throws {
        let isEnd = [.suspended, .revoked, .replaced].contains(next)
        let all =
            [("state", next.sql), ("version", (seal.version + 1).sql)] + values
            + (isEnd ? [("ended_at", act.now.sql)] : next == .inForce ? [("ended_at", .null)] : [])
        let row = try transaction.rows(
            """
            UPDATE eseal_seal SET \(all.map { "\($0.0) = ?" }.joined(separator: ", "))
            WHERE id = ? AND version = ? \(state.returning)
            """, arguments: all.map(\.1) + [seal.id.sql, seal.version.sql]
        ).first
        guard let row else { throw SealError(.state, "这枚印章刚被别人办理过。请刷新后再看。") }
        try events.record(
            [SealStepped(seal: seal.id, from: seal.state.rawValue, to: next.rawValue)], to: stream(seal.id),
            state: try state.digest(of: row), by: act, in: transaction)
    }

    func stream(_ id: Identifier) -> StreamID { StreamID(division: division, kind: "eseal.seal", id: id.text) }
}
