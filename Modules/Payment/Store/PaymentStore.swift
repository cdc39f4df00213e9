import Cryptography
import Extension
import Standards
import Storage

/// Loads and saves orders. Every save is one transition: the order's row, its attempts, refunds and ledger entries, the
/// journal and the outbox in one transaction.
struct PaymentStore: Sendable {
    let cipher: FieldCipher
    let events: EventLog
    let state: RowState

    init(cipher: FieldCipher, events: EventLog) {
        self.cipher = cipher
        self.events = events
        state = Self.state(cipher)
    }

    static func stream(_ order: PaymentOrder) -> StreamID {
        StreamID(division: order.division, kind: "payment", id: order.id.text)
    }

    // MARK: Reading

    /// An order with what hangs on it; nil when there is none.
    func find(_ id: Identifier, in snapshot: Snapshot) throws -> OrderFile? {
        try snapshot.row("SELECT * FROM payment_order WHERE id = ?", id).map { try file($0, in: snapshot) }
    }

    /// The order of an item of a case; nil where none was made.
    func find(case caseID: Identifier, item: String, in snapshot: Snapshot) throws -> OrderFile? {
        try snapshot.row("SELECT * FROM payment_order WHERE case_id = ? AND item = ?", caseID, item)
            .map { try file($0, in: snapshot) }
    }

    /// The orders of a case.
    func orders(ofCase caseID: Identifier, in snapshot: Snapshot) throws -> [PaymentOrder] {
        try snapshot.rows("SELECT * FROM payment_order WHERE case_id = ? ORDER BY id", caseID)
            .map(PaymentOrder.init)
    }

    /// Locks an order's row and loads it: the first statement of every write to an order, on both databases.
    ///
    /// - Throws: ``PaymentError`` `not_found`.
    func lock(_ id: Identifier, in transaction: Transaction) throws -> OrderFile {
        guard
            let row = try transaction.row(
                "UPDATE payment_order SET version = version + 1 WHERE id = ? RETURNING *", id)
        else { throw PaymentError.notFound }
        return try file(row, in: transaction)
    }

    /// Gives a locked order back unchanged.
    func unlock(_ file: OrderFile, in transaction: Transaction) throws {
        try transaction.send("UPDATE payment_order SET version = version - 1 WHERE id = ?", file.order.id)
    }

    private func file(_ row: Row, in snapshot: Snapshot) throws -> OrderFile {
        let order = try PaymentOrder(row)
        return OrderFile(
            order: order,
            lines: try snapshot.rows("SELECT * FROM payment_line WHERE order_id = ? ORDER BY position", order.id)
                .map(OrderLine.init),
            attempts: try snapshot.rows(
                "SELECT * FROM payment_attempt WHERE order_id = ? ORDER BY position", order.id
            ).map(PaymentAttempt.init),
            refunds: try snapshot.rows("SELECT * FROM payment_refund WHERE order_id = ? ORDER BY id", order.id)
                .map(PaymentRefund.init),
            entries: try snapshot.rows("SELECT * FROM payment_entry WHERE order_id = ? ORDER BY id", order.id)
                .map(LedgerEntry.init))
    }

    // MARK: Writing

    /// Writes a new order.
    func insert(_ file: inout OrderFile, by act: Act, in transaction: Transaction) throws {
        let order = file.order
        try transaction.send(
            """
            INSERT INTO payment_order (division, id, case_id, case_number, item, title, party, person, due, paid, reserved,
                refunded, state, refund_rule, created_at, settled_at, ending, attempts, version, parts)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """,
            order.division, order.id, order.caseID, order.caseNumber, order.item, order.title, order.party,
            order.person, order.due.fen, order.paid.fen, order.reserved.fen, order.refunded.fen, order.state,
            order.refundRule.rawValue, order.created, order.settled, order.ending, order.attempts, order.version,
            file.digestOfParts)
        for line in file.lines {
            try transaction.send(
                "INSERT INTO payment_line (division, order_id, position, tariff, title, fen) VALUES (?, ?, ?, ?, ?, ?)",
                order.division, order.id, line.position, line.tariff, line.title, line.amount.fen)
        }
        try saveParts(file, before: nil, in: transaction)
        try tell(&file, by: act, in: transaction)
    }

    /// Writes an order that was locked in this transaction.
    ///
    /// - Parameter before: how it was loaded, so that only what changed is written.
    func save(_ file: inout OrderFile, before: OrderFile, by act: Act, in transaction: Transaction) throws {
        let order = file.order
        try transaction.send(
            """
            UPDATE payment_order SET paid = ?, reserved = ?, refunded = ?, state = ?, settled_at = ?, ending = ?,
                attempts = ?, parts = ? WHERE id = ?
            """,
            order.paid.fen, order.reserved.fen, order.refunded.fen, order.state, order.settled, order.ending,
            order.attempts, file.digestOfParts, order.id)
        try saveParts(file, before: before, in: transaction)
        try tell(&file, by: act, in: transaction)
    }

    private func tell(_ file: inout OrderFile, by act: Act, in transaction: Transaction) throws {
        let events = file.pendingEvents
        file.pendingEvents = []
        try self.events.record(
            events, to: Self.stream(file.order), state: state.digest(of: Self.values(of: file)), by: act,
            in: transaction)
    }

    private func saveParts(_ file: OrderFile, before: OrderFile?, in transaction: Transaction) throws {
        let order = file.order
        for attempt in file.attempts where before?.attempts.contains(attempt) != true {
            try save(attempt, of: order, in: transaction)
        }
        for refund in file.refunds where before?.refunds.contains(refund) != true {
            try save(refund, of: file, in: transaction)
        }
        for entry in file.entries where before?.entries.contains(entry) != true {
            try insert(entry, of: order.id, division: order.division, in: transaction)
        }
    }

    func insert(
        _ entry: LedgerEntry, of order: Identifier?, division: String, in transaction: Transaction
    ) throws {
        try transaction.send(
            """
            INSERT INTO payment_entry (division, id, order_id, kind, reference, debit, credit, fen, at)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
            """,
            division, entry.id, order, entry.kind, entry.reference, entry.debit, entry.credit, entry.amount.fen,
            entry.at)
    }

    private func save(_ attempt: PaymentAttempt, of order: PaymentOrder, in transaction: Transaction) throws {
        try transaction.send(
            """
            INSERT INTO payment_attempt (division, id, order_id, position, channel, form, fen, state, invitation,
                opened_at, expires_at, next_look, looks, paid_at, paid_day, gateway_number, drawer, trouble)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            ON CONFLICT (id) DO UPDATE SET state = excluded.state, invitation = excluded.invitation,
                next_look = excluded.next_look, looks = excluded.looks, paid_at = excluded.paid_at,
                paid_day = excluded.paid_day, gateway_number = excluded.gateway_number, drawer = excluded.drawer,
                trouble = excluded.trouble
            """,
            order.division, attempt.id, order.id, attempt.position, attempt.channel, attempt.form, attempt.amount.fen,
            attempt.state, attempt.invitation, attempt.opened, attempt.expires, attempt.nextLook, attempt.looks,
            attempt.paid, attempt.paid?.day, attempt.gatewayNumber, attempt.drawer, attempt.trouble)
    }

    private func save(_ refund: PaymentRefund, of file: OrderFile, in transaction: Transaction) throws {
        let channel = file.attempts.first { $0.id == refund.attempt }?.channel
        try transaction.send(
            """
            INSERT INTO payment_refund (division, id, order_id, attempt_id, channel, fen, ground, state, asked_by,
                asked_at, judged_by, next_look, looks, done_at, done_day, trouble)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            ON CONFLICT (id) DO UPDATE SET state = excluded.state, judged_by = excluded.judged_by,
                next_look = excluded.next_look, looks = excluded.looks, done_at = excluded.done_at,
                done_day = excluded.done_day, trouble = excluded.trouble
            """,
            file.order.division, refund.id, file.order.id, refund.attempt, channel, refund.amount.fen, refund.ground,
            refund.state, refund.askedBy, refund.asked, refund.judgedBy, refund.nextLook, refund.looks, refund.done,
            refund.done?.day, refund.trouble)
    }
}
