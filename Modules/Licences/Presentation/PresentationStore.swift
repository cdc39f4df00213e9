import Extension
import Standards
import Storage

/// The table of presentations.
struct PresentationStore: Sendable {
    let cipher: FieldCipher
    let state: RowState

    static let migration = Migration(
        "0004-presentation",
        """
        CREATE TABLE licence_presentation (
            division TEXT NOT NULL, id TEXT NOT NULL, party TEXT NOT NULL, code_digest BLOB NOT NULL,
            audience TEXT NOT NULL, uses_left BIGINT NOT NULL, created_at BIGINT NOT NULL, expires_at BIGINT NOT NULL,
            ended_at BIGINT, content BLOB NOT NULL, PRIMARY KEY (id));
        CREATE UNIQUE INDEX licence_presentation_code ON licence_presentation (code_digest);
        CREATE INDEX licence_presentation_party ON licence_presentation (party, id)
        """)

    static let encrypted = EncryptedColumn(table: "licence_presentation", keys: ["id"], column: "content") {
        context(try $0.get("id"))
    }

    init(cipher: FieldCipher) {
        self.cipher = cipher
        state = RowState(
            kind: "licence-presentation", title: "证照出示", table: "licence_presentation",
            columns: [
                "division", "id", "party", "code_digest", "audience", "uses_left", "created_at", "expires_at",
                "ended_at", "content",
            ],
            sealed: [Self.encrypted], begins: [PresentationBegun.name], cipher: cipher)
    }

    static func context(_ id: String) -> String { "licence_presentation.content/\(id)" }

    /// - Returns: the digest of the row, for the journal.
    func insert(
        _ presentation: Presentation, code: PresentationCode, division: String, by act: Act,
        in transaction: Transaction
    ) throws -> [UInt8] {
        let id = presentation.id.text
        let content = try cipher.sealDocument(presentation.content, context: Self.context(id), seed: act.seed)
        return try digest(
            transaction.row(
                """
                INSERT INTO licence_presentation (division, id, party, code_digest, audience, uses_left, created_at,
                                                  expires_at, ended_at, content)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, NULL, ?) \(state.returning)
                """, division, id, presentation.party, code.digest(cipher), presentation.audience.text,
                presentation.usesLeft, act.now, presentation.expires, content))
    }

    /// Counts one reading and binds it to an agency.
    ///
    /// - Returns: the digest of the row; nil when it was used up or stopped at this moment.
    func use(_ id: Identifier, boundTo audience: PresentationAudience, in transaction: Transaction) throws -> [UInt8]? {
        try transaction.row(
            """
            UPDATE licence_presentation SET uses_left = uses_left - 1, audience = ?
            WHERE id = ? AND uses_left > 0 AND ended_at IS NULL \(state.returning)
            """, audience.text, id
        ).map { try state.digest(of: $0) }
    }

    /// Stops one; nil when it is stopped already.
    func end(_ id: Identifier, at instant: Instant, in transaction: Transaction) throws -> [UInt8]? {
        try transaction.row(
            """
            UPDATE licence_presentation SET ended_at = ? WHERE id = ? AND ended_at IS NULL \(state.returning)
            """, instant, id
        ).map { try state.digest(of: $0) }
    }

    func find(code: PresentationCode, in snapshot: Snapshot) throws -> Presentation? {
        try snapshot.row(
            "SELECT \(Self.columns) FROM licence_presentation WHERE code_digest = ?", code.digest(cipher)
        ).map(presentation)
    }

    func find(_ id: Identifier, in snapshot: Snapshot) throws -> Presentation? {
        try snapshot.row("SELECT \(Self.columns) FROM licence_presentation WHERE id = ?", id).map(presentation)
    }

    /// Those of a party, newest first.
    func list(
        of party: Identifier, before cursor: Identifier?, limit: Int, in snapshot: Snapshot
    ) throws -> [Presentation] {
        try snapshot.rows(
            """
            SELECT \(Self.columns) FROM licence_presentation WHERE party = ? AND id < ? ORDER BY id DESC LIMIT ?
            """, party, cursor?.text ?? "~", limit
        ).map(presentation)
    }

    private static let columns = "id, party, audience, uses_left, expires_at, ended_at, content"

    private func presentation(_ row: Row) throws -> Presentation {
        let id: Identifier = try row.get("id")
        return Presentation(
            id: id, party: try row.get("party"),
            content: try cipher.openDocument(
                PresentationContent.self, try row.get("content"), context: Self.context(id.text)),
            audience: try PresentationAudience(try row.get("audience")), usesLeft: try row.get("uses_left"),
            expires: try row.get("expires_at"), ended: try row.get("ended_at"))
    }

    private func digest(_ row: Row?) throws -> [UInt8] {
        guard let row else { throw LicenceError.unknown }
        return try state.digest(of: row)
    }
}
