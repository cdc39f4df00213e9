import Extension
import Standards
import Storage

/// Loads and saves notices and deliveries.
struct MessageStore: Sendable {
    let cipher: FieldCipher
    let state: RowState

    static let noticeColumn = EncryptedColumn(table: "message_notice", keys: ["division", "id"], column: "body") {
        noticeContext(try $0.get("id"))
    }
    static let deliveryColumn = EncryptedColumn(table: "message_delivery", keys: ["division", "id"], column: "body") {
        deliveryContext(try $0.get("id"))
    }

    private static func noticeContext(_ id: String) -> String { "message_notice.body/\(id)" }
    private static func deliveryContext(_ id: String) -> String { "message_delivery.body/\(id)" }

    init(cipher: FieldCipher) {
        self.cipher = cipher
        // Without the moment of reading, which the events tell.
        state = RowState(
            kind: "message", title: "通知", table: "message_notice",
            columns: [
                "division", "id", "kind", "weight", "party", "person", "subject", "occasion", "created_at", "body",
            ],
            sealed: [Self.noticeColumn], begins: [MessagePosted.name], cipher: cipher)
    }

    // MARK: Notices

    private static let noticeColumns = "division, id, kind, weight, party, person, subject, created_at, read_at, body"

    /// Writes a notice unless the same was told already.
    ///
    /// - Returns: the digest of its row; nil when it was told already.
    func insert(_ notice: Notice, occasion: String, by act: Act, in transaction: Transaction) throws -> [UInt8]? {
        try transaction.row(
            """
            INSERT INTO message_notice (division, id, kind, weight, party, person, subject, occasion, created_at, body)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (kind, party, subject, occasion) DO NOTHING
            \(state.returning)
            """, notice.division, notice.id, notice.kind, notice.weight.rawValue, notice.recipient.party,
            notice.recipient.person, notice.subject, occasion, notice.createdAt,
            try cipher.sealDocument(notice.content, context: Self.noticeContext(notice.id.text), seed: act.seed)
        ).map { try state.digest(of: $0) }
    }

    func notice(_ id: Identifier, in snapshot: Snapshot) throws -> Notice? {
        try snapshot.row("SELECT \(Self.noticeColumns) FROM message_notice WHERE id = ?", id).map(notice)
    }

    /// A party's notices, newest first.
    func inbox(of party: Identifier, before cursor: String?, limit: Int, in snapshot: Snapshot) throws -> [Notice] {
        try snapshot.rows(
            """
            SELECT \(Self.noticeColumns) FROM message_notice WHERE party = ? AND weight <> 'instant' AND id < ?
            ORDER BY id DESC LIMIT ?
            """, party, cursor ?? "~", limit
        ).map(notice)
    }

    /// All notices about one thing, oldest first.
    func notices(about subject: String, in snapshot: Snapshot) throws -> [Notice] {
        try snapshot.rows(
            "SELECT \(Self.noticeColumns) FROM message_notice WHERE subject = ? ORDER BY id LIMIT 200", subject
        ).map(notice)
    }

    /// How many notices a party has not opened, counted up to a limit.
    func unread(of party: Identifier, limit: Int, in snapshot: Snapshot) throws -> Int {
        try snapshot.row(
            """
            SELECT COUNT(*) AS n FROM (SELECT 1 AS one FROM message_notice
                WHERE party = ? AND read_at IS NULL AND weight <> 'instant' LIMIT ?) AS unread
            """, party, limit)?.get("n") ?? 0
    }

    /// Notes the first opening.
    ///
    /// - Returns: whether this was the first.
    func markRead(_ id: Identifier, at now: Instant, in transaction: Transaction) throws -> Bool {
        try transaction.execute("UPDATE message_notice SET read_at = ? WHERE id = ? AND read_at IS NULL", now, id) > 0
    }

    private func notice(_ row: Row) throws -> Notice {
        let id: Identifier = try row.get("id")
        return Notice(
            id: id, division: try row.get("division"), kind: try row.get("kind"),
            weight: NoticeKind.Weight(rawValue: try row.get("weight")) ?? .due,
            recipient: Recipient(party: try row.get("party"), person: try row.get("person")),
            subject: try row.get("subject"), createdAt: try row.get("created_at"), readAt: try row.get("read_at"),
            content: try cipher.openDocument(
                Notice.Content.self, try row.get("body"), context: Self.noticeContext(id.text)))
    }

    // MARK: Deliveries

    private static let deliveryColumns =
        "division, id, notice, route, state, due_at, attempts, attempted_at, reason, reference, number, created_at, updated_at, body"

    func insert(_ delivery: Delivery, paper: String?, by act: Act, in transaction: Transaction) throws {
        try transaction.send(
            """
            INSERT INTO message_delivery (division, id, notice, route, state, due_at, attempts, lease_until, phone_digest,
                reason, number, paper, created_at, updated_at, body)
            VALUES (?, ?, ?, ?, ?, ?, 0, 0, ?, ?, ?, ?, ?, ?, ?)
            """, delivery.division, delivery.id, delivery.notice, delivery.route.rawValue, delivery.state.rawValue,
            delivery.dueAt, delivery.content.phone.map(phoneDigest), delivery.reason, delivery.number, paper, act.now,
            act.now, try seal(delivery, act))
    }

    /// Locks a delivery and loads it.
    func lock(_ id: Identifier, in transaction: Transaction) throws -> Delivery {
        guard
            let row = try transaction.row(
                "UPDATE message_delivery SET updated_at = updated_at WHERE id = ? RETURNING \(Self.deliveryColumns)", id
            )
        else { throw MessagingError.notFound }
        return try delivery(row)
    }

    func save(_ delivery: Delivery, by act: Act, in transaction: Transaction) throws {
        try transaction.send(
            """
            UPDATE message_delivery SET state = ?, due_at = ?, attempts = ?, lease_until = 0, reason = ?, reference = ?,
                updated_at = ?, body = ? WHERE id = ?
            """, delivery.state.rawValue, delivery.dueAt, delivery.attempts, delivery.reason, delivery.reference,
            act.now,
            try seal(delivery, act), delivery.id)
    }

    func delivery(_ id: Identifier, in snapshot: Snapshot) throws -> Delivery? {
        try snapshot.row("SELECT \(Self.deliveryColumns) FROM message_delivery WHERE id = ?", id).map(delivery)
    }

    func deliveries(of notice: Identifier, in snapshot: Snapshot) throws -> [Delivery] {
        try snapshot.rows(
            "SELECT \(Self.deliveryColumns) FROM message_delivery WHERE notice = ? ORDER BY id", notice
        ).map(delivery)
    }

    /// The deliveries of a division in one state, oldest first.
    func list(
        division: String, state: Delivery.State, after cursor: String?, limit: Int, in snapshot: Snapshot
    ) throws -> [Delivery] {
        // As the partial index has it, or it would not serve.
        try snapshot.rows(
            """
            SELECT \(Self.deliveryColumns) FROM message_delivery
            WHERE division = ? AND state = ? AND state IN ('to-print', 'posted', 'undelivered', 'failed', 'waiting', 'sending')
                AND id > ? ORDER BY id LIMIT ?
            """, division, state.rawValue, cursor ?? "", limit
        ).map(delivery)
    }

    /// How many there are, counted up to a limit.
    func count(division: String, state: Delivery.State, limit: Int, in snapshot: Snapshot) throws -> Int {
        try snapshot.row(
            """
            SELECT COUNT(*) AS n FROM (SELECT 1 AS one FROM message_delivery
                WHERE division = ? AND state = ?
                    AND state IN ('to-print', 'posted', 'undelivered', 'failed', 'waiting', 'sending') LIMIT ?) AS found
            """, division, state.rawValue, limit)?.get("n") ?? 0
    }

    /// The open deliveries of a paper of legal force.
    func deliveries(ofPaper paper: Identifier, in snapshot: Snapshot) throws -> [Delivery] {
        try snapshot.rows("SELECT \(Self.deliveryColumns) FROM message_delivery WHERE paper = ? ORDER BY id", paper)
            .map(delivery)
    }

    // MARK: Sending

    /// The short messages that are due and that nobody is sending.
    func due(at now: Instant, limit: Int, in transaction: Transaction) throws -> [Delivery] {
        try transaction.rows(
            """
            SELECT \(Self.deliveryColumns) FROM message_delivery
            WHERE state IN ('waiting', 'sending') AND due_at <= ? AND lease_until <= ? ORDER BY due_at, id LIMIT ?
            """, now, now, limit
        ).map(delivery)
    }

    /// Takes a message for sending, so that nobody else does; after the lease it may be taken again.
    ///
    /// - Returns: false when somebody else took it.
    func claim(_ delivery: Delivery, until lease: Instant, at now: Instant, in transaction: Transaction) throws -> Bool
    {
        try transaction.execute(
            """
            UPDATE message_delivery SET state = 'sending', attempts = attempts + 1, attempted_at = ?, lease_until = ?
            WHERE id = ? AND state IN ('waiting', 'sending') AND lease_until <= ?
            """, now, lease, delivery.id, now) > 0
    }

    func postpone(
        _ delivery: Delivery, until instant: Instant, reason: String, in transaction: Transaction
    ) throws {
        try transaction.send(
            "UPDATE message_delivery SET due_at = ?, reason = ?, state = 'waiting' WHERE id = ?", instant, reason,
            delivery.id)
    }

    /// When the messages of a telephone were attempted since a moment, oldest first; without one delivery's own.
    func attempts(
        to phone: String, since start: Instant, except delivery: Identifier, in snapshot: Snapshot
    ) throws -> [Instant] {
        try snapshot.rows(
            """
            SELECT attempted_at FROM message_delivery WHERE phone_digest = ? AND attempted_at > ? AND id <> ?
            ORDER BY attempted_at
            """, phoneDigest(phone), start, delivery
        ).map { try $0.get("attempted_at") }
    }

    func phoneDigest(_ phone: String) -> [UInt8] { cipher.blindIndex(phone, purpose: "message.phone") }

    /// Draws the next number of a division's letters in a year.
    func nextSerial(division: String, year: Int, in transaction: Transaction) throws -> Int {
        guard
            let row = try transaction.row(
                """
                INSERT INTO message_serial (division, year, last) VALUES (?, ?, 1)
                ON CONFLICT (division, year) DO UPDATE SET last = message_serial.last + 1 RETURNING last
                """, division, year)
        else { throw MessagingError.notFound }
        return try row.get("last")
    }

    private func seal(_ delivery: Delivery, _ act: Act) throws -> [UInt8] {
        try cipher.sealDocument(
            delivery.content, context: Self.deliveryContext(delivery.id.text), seed: act.seed)
    }

    private func delivery(_ row: Row) throws -> Delivery {
        let id: Identifier = try row.get("id")
        return Delivery(
            id: id, division: try row.get("division"), notice: try row.get("notice"),
            route: Route(rawValue: try row.get("route")) ?? .staff,
            state: Delivery.State(rawValue: try row.get("state")) ?? .undelivered, dueAt: try row.get("due_at"),
            attempts: try row.get("attempts"), attemptedAt: try row.get("attempted_at"),
            reason: try row.get("reason"), reference: try row.get("reference"), number: try row.get("number"),
            createdAt: try row.get("created_at"), updatedAt: try row.get("updated_at"),
            content: try cipher.openDocument(
                Delivery.Content.self, try row.get("body"), context: Self.deliveryContext(id.text)))
    }
}
