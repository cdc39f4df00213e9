import PluginKit

/// A message of one side about a case.
struct CrossMessage: Sendable {
    let partner: String
    let caseID: String
    /// Its place in its sender's line about the case, from 1.
    let number: Int
    let id: String
    let kind: String
    let digest: String
    let text: [UInt8]
}

/// Where a message of ours or of a partner is.
enum MessageState: String, SQLConvertible, CaseIterable {
    /// Ours: no receipt yet. A partner's: waits for its predecessor.
    case open = "未决"
    case taken = "已生效"
    case refused = "已拒收"
}

enum Direction: String, SQLConvertible { case out, incoming = "in" }

/// Messages and their lines in the tables: each side numbers what it says about a case, one after the other.
struct MessageLog: Sendable {
    let cipher: FieldCipher
    let cases: CaseBook

    static let encryptedColumns = [
        EncryptedColumn(
            table: "cross_region_message", keys: ["direction", "partner", "id"], column: "body"
        ) { row in context(try row.get("direction"), try row.get("partner"), try row.get("id")) }
    ]

    private static func context(_ direction: String, _ partner: String, _ id: String) -> String {
        "cross_region_message.body/\(direction)/\(partner)/\(id)"
    }

    /// What is known of a message besides its text.
    struct Note: Sendable {
        let id: String
        let partner: String
        let caseID: String
        let number: Int
        let kind: String
        let digest: String
        let state: MessageState
        let code: String
        let receipt: String
        let tries: Int
        let madeAt: Instant

        init(_ row: Row) throws {
            id = try row.get("id")
            partner = try row.get("partner")
            caseID = try row.get("case_id")
            number = try row.get("number")
            kind = try row.get("kind")
            digest = try row.get("digest")
            state = try row.get("state")
            code = try row.get("code")
            receipt = try row.get("receipt")
            tries = try row.get("tries")
            madeAt = try row.get("made_at")
        }
    }

    private static let columns =
        "id, partner, case_id, number, kind, digest, state, code, receipt, tries, made_at"

    /// Where the next messages of both sides stand; holds the line until the end of the transaction.
    func line(_ partner: String, _ caseID: String, in transaction: Transaction) throws -> (nextIn: Int, nextOut: Int) {
        try transaction.execute(
            """
            INSERT INTO cross_region_line (partner, case_id, next_in, next_out) VALUES (?, ?, 1, 1)
            ON CONFLICT (partner, case_id) DO NOTHING
            """, partner, caseID)
        let row = try transaction.row(
            """
            UPDATE cross_region_line SET next_in = next_in WHERE partner = ? AND case_id = ?
            RETURNING next_in, next_out
            """, partner, caseID)
        guard let row else { throw Problem.notFound("这条往来") }
        return (try row.get("next_in"), try row.get("next_out"))
    }

    /// Writes a message to a partner, in the transaction of the change that it tells of; it is sent afterwards.
    func write(_ body: MessageBody, about value: CrossCase, by act: Act, in transaction: Transaction) throws {
        let (partner, caseID) = (value.partner, value.id.text)
        let number = try line(partner, caseID, in: transaction).nextOut
        let label = "message/\(partner)/\(caseID)/\(number)"
        let id = act.identifier(label).text
        let text = try body.text(salt: act.seed.bytes("salt/\(label)", count: 16))
        let digest = PeerDigest.of(text)
        let box = try cipher.seal(
            text, context: Self.context(Direction.out.rawValue, partner, id), seed: act.seed)
        try transaction.execute(
            """
            INSERT INTO cross_region_message (direction, partner, id, case_id, number, kind, digest, state, code, body,
                receipt, tries, made_at, settled_at)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, '', ?, '', 0, ?, NULL)
            """, Direction.out, partner, id, caseID, number, body.kind.rawValue, digest, MessageState.open, box, act.now
        )
        try transaction.execute(
            "UPDATE cross_region_line SET next_out = ? WHERE partner = ? AND case_id = ?", number + 1, partner, caseID)
        try cases.tell(
            [
                MessageWritten(
                    partner: partner, caseID: caseID, message: id, number: number, kind: body.kind.rawValue,
                    digest: digest)
            ], caseID, division: value.division, by: act, in: transaction)
    }

    /// Keeps a partner's message until it is settled.
    func keep(_ message: CrossMessage, by act: Act, in transaction: Transaction) throws {
        let box = try cipher.seal(
            message.text, context: Self.context(Direction.incoming.rawValue, message.partner, message.id),
            seed: act.seed)
        try transaction.execute(
            """
            INSERT INTO cross_region_message (direction, partner, id, case_id, number, kind, digest, state, code, body,
                receipt, tries, made_at, settled_at)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, '', ?, '', 0, ?, NULL)
            """, Direction.incoming, message.partner, message.id, message.caseID, message.number, message.kind,
            message.digest, MessageState.open, box, act.now)
    }

    func note(_ direction: Direction, _ partner: String, _ id: String, in snapshot: Snapshot) throws -> Note? {
        try snapshot.row(
            "SELECT \(Self.columns) FROM cross_region_message WHERE direction = ? AND partner = ? AND id = ?",
            direction, partner, id
        ).map(Note.init)
    }

    /// The message at a place of a line.
    func note(
        _ direction: Direction, _ partner: String, _ caseID: String, number: Int, in snapshot: Snapshot
    ) throws -> Note? {
        try snapshot.row(
            """
            SELECT \(Self.columns) FROM cross_region_message
            WHERE direction = ? AND partner = ? AND case_id = ? AND number = ?
            """, direction, partner, caseID, number
        ).map(Note.init)
    }

    /// All messages about a case, in the order of their lines.
    func notes(_ direction: Direction, _ partner: String, _ caseID: String, in snapshot: Snapshot) throws -> [Note] {
        try snapshot.rows(
            """
            SELECT \(Self.columns) FROM cross_region_message WHERE direction = ? AND partner = ? AND case_id = ?
            ORDER BY number
            """, direction, partner, caseID
        ).map(Note.init)
    }

    /// Our messages without a receipt that were written before a moment, oldest first.
    func open(before: Instant, limit: Int, in snapshot: Snapshot) throws -> [Note] {
        try snapshot.rows(
            """
            SELECT \(Self.columns) FROM cross_region_message WHERE state = ? AND direction = ? AND made_at <= ?
            ORDER BY made_at, case_id, number LIMIT ?
            """, MessageState.open, Direction.out, before, limit
        ).map(Note.init)
    }

    func text(_ direction: Direction, _ note: Note, in snapshot: Snapshot) throws -> [UInt8] {
        let row = try snapshot.row(
            "SELECT body FROM cross_region_message WHERE direction = ? AND partner = ? AND id = ?", direction,
            note.partner, note.id)
        guard let box = try row?.get("body", as: [UInt8]?.self) else { return [] }
        return try cipher.open(box, context: Self.context(direction.rawValue, note.partner, note.id))
    }

    /// Marks what became of a message; what a paper carried lies with the case now.
    func settle(
        _ direction: Direction, _ partner: String, _ id: String, kind: String, as state: MessageState, code: String,
        receipt: String, at now: Instant, in transaction: Transaction
    ) throws {
        try transaction.execute(
            """
            UPDATE cross_region_message SET state = ?, code = ?, receipt = ?, settled_at = ?,
                body = CASE WHEN ? = 'paper' THEN NULL ELSE body END
            WHERE direction = ? AND partner = ? AND id = ?
            """, state, code, receipt, now, kind, direction, partner, id)
    }
}
