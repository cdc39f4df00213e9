public import Extension
public import Standards
public import Storage

extension PaymentService {
    /// The clerk's open drawer; nil for none.
    public func openDrawer(of account: Identifier, in snapshot: Snapshot) throws -> Drawer? {
        try snapshot.row("SELECT * FROM payment_drawer WHERE account = ? AND closed_at IS NULL", account)
            .map(Drawer.init)
    }

    /// What is in a drawer by the ledger, in fen.
    public func content(of drawer: Identifier, in snapshot: Snapshot) throws -> Money {
        let account = LedgerAccount.drawer(drawer)
        var fen: Int64 = 0
        for (side, sign) in [("debit", Int64(1)), ("credit", Int64(-1))] {
            let sum: Int64? = try snapshot.row(
                "SELECT CAST(SUM(fen) AS BIGINT) AS fen FROM payment_entry WHERE \(side) = ?", account)?.get("fen")
            fen += sign * (sum ?? 0)
        }
        return Money(fen: fen)
    }

    /// Opens a drawer for the clerk who acts, or gives the one that is open.
    public func openDrawer(by act: Act, in transaction: Transaction) throws -> Drawer {
        guard let account = act.actor.account else { throw PaymentError.forbidden }
        let opened = try transaction.row(
            """
            INSERT INTO payment_drawer (division, id, account, opened_at, version) VALUES (?, ?, ?, ?, 1)
            ON CONFLICT (account) WHERE closed_at IS NULL DO NOTHING RETURNING *
            """, act.actor.post?.division ?? division, act.identifier("drawer"), account, act.now)
        guard let opened else {
            guard let drawer = try openDrawer(of: account, in: transaction) else { throw PaymentError.noDrawer }
            return drawer
        }
        let drawer = try Drawer(opened)
        try events.record(
            [PaymentDrawerOpened(drawer: drawer.id)], to: Self.stream(of: drawer),
            state: drawerState.digest(of: opened), by: act, in: transaction)
        return drawer
    }

    /// Closes out the clerk's drawer (交班轧账): what should be in it is handed on, and what is missing or too much is booked
    /// as such.
    ///
    /// - Parameter counted: what the clerk counted.
    public func closeDrawer(counted: Money, by act: Act, in transaction: Transaction) throws -> Drawer {
        guard let account = act.actor.account else { throw PaymentError.forbidden }
        guard counted >= .zero else {
            throw PaymentError(.amount, status: 422, "金额不对", "清点的金额不能是负数，请重新清点后填写。")
        }
        // Locks the drawer, so that no cash comes in while it is counted.
        guard
            let row = try transaction.row(
                """
                UPDATE payment_drawer SET version = version + 1 WHERE account = ? AND closed_at IS NULL RETURNING *
                """, account)
        else { throw PaymentError.noDrawer }
        let open = try Drawer(row)
        let expected = try content(of: open.id, in: transaction)
        let drawerAccount = LedgerAccount.drawer(open.id)
        let gap = counted.fen - expected.fen
        if gap != 0 {
            let entry = LedgerEntry(
                id: act.identifier("difference"), kind: .difference, reference: open.id,
                debit: gap > 0 ? drawerAccount : .difference, credit: gap > 0 ? .difference : drawerAccount,
                amount: Money(fen: abs(gap)), at: act.now)
            try store.insert(entry, of: nil, division: open.division, in: transaction)
        }
        if counted > .zero {
            let entry = LedgerEntry(
                id: act.identifier("deposit"), kind: .deposited, reference: open.id, debit: .vault,
                credit: drawerAccount,
                amount: counted, at: act.now)
            try store.insert(entry, of: nil, division: open.division, in: transaction)
        }
        guard
            let closed = try transaction.row(
                "UPDATE payment_drawer SET closed_at = ?, expected = ?, counted = ? WHERE id = ? RETURNING *", act.now,
                expected.fen, counted.fen, open.id)
        else { throw PaymentError.noDrawer }
        try events.record(
            [PaymentDrawerClosed(drawer: open.id, expected: expected, counted: counted)], to: Self.stream(of: open),
            state: drawerState.digest(of: closed), by: act, in: transaction)
        return try Drawer(closed)
    }

    /// Takes cash or a card at a window.
    ///
    /// - Parameter slip: the reference number on the card terminal's slip (检索参考号), which comes once a day; nil for cash.
    public func takeAtWindow(
        _ id: Identifier, on channel: ChannelID, slip: String? = nil, by act: Act, in transaction: Transaction
    ) throws -> PaymentOrder {
        guard channel == .cash || channel == .card else { throw PaymentError.noChannel(channel) }
        guard let account = act.actor.account else { throw PaymentError.forbidden }
        if channel == .card, slip?.isEmpty ?? true {
            throw PaymentError(
                .invalid, status: 422, "请填写参考号", "请填写 POS 签购单上的参考号，对账时要用。",
                findings: [Finding("slip", "field.required", "请填写 POS 签购单上的参考号。")])
        }
        var drawer: Drawer?
        if channel == .cash {
            // Locked, so that it is not closed out meanwhile; orders are always locked after drawers.
            let row = try transaction.row(
                """
                UPDATE payment_drawer SET version = version + 1 WHERE account = ? AND closed_at IS NULL RETURNING *
                """, account)
            guard let row else { throw PaymentError.noDrawer }
            drawer = try Drawer(row)
        }
        let (file, settlement) = try change(id, by: act, in: transaction) { file -> Settlement in
            guard file.order.state == .due else { throw PaymentError.wrongState(file.order, "收款") }
            file.order.attempts += 1
            let attempt = PaymentAttempt(
                id: act.identifier("attempt/\(file.order.attempts)"), position: file.order.attempts, channel: channel,
                form: .window, amount: file.order.due, opened: act.now, expires: act.now)
            file.attempts.append(attempt)
            return file.settle(
                attempt.position,
                ChannelReceipt(
                    number: attempt.number(of: id),
                    gatewayNumber: slip.map { "\(act.now.day.digits)/\($0)" } ?? attempt.number(of: id),
                    amount: file.order.due, paid: act.now), drawer: drawer?.id, by: act)
        }
        guard settlement == .paid else { throw PaymentError.wrongState(file.order, "收款") }
        return file.order
    }

    /// Hands a refund out at a window: cash out of the clerk's drawer, or back onto the card at the terminal.
    public func handOut(_ refund: Identifier, of order: Identifier, by act: Act, in transaction: Transaction) throws
        -> PaymentOrder
    {
        guard let account = act.actor.account else { throw PaymentError.forbidden }
        guard
            let known = try store.find(order, in: transaction)?.refunds.first(where: { $0.id == refund }),
            let attempt = try store.find(order, in: transaction)?.attempts.first(where: { $0.id == known.attempt }),
            !attempt.channel.isOnline, known.state == .approved
        else { throw PaymentError(.wrongState, "不能在窗口退", "这笔退费不在窗口办理，或者还没有通过复核。请刷新后再看。") }
        var drawer: Drawer?
        if attempt.channel == .cash {
            let row = try transaction.row(
                """
                UPDATE payment_drawer SET version = version + 1 WHERE account = ? AND closed_at IS NULL RETURNING *
                """, account)
            guard let row else { throw PaymentError.noDrawer }
            drawer = try Drawer(row)
            guard let held = drawer, try content(of: held.id, in: transaction) >= known.amount else {
                throw PaymentError(.drawer, "钱箱里的现金不够", "您的钱箱里现金不够退这一笔，请先向会计领取备用金或请其他窗口办理。")
            }
        }
        return try change(order, by: act, in: transaction) { file in
            file.refunded(refund, from: drawer?.id, by: act)
        }.file.order
    }

    /// What does not add up in the drawers, in Chinese: one that was closed out holds nothing any more.
    func drawerFaults() async throws -> [String] {
        try await database.read { snapshot in
            try snapshot.rows(
                """
                SELECT d.id FROM payment_drawer d JOIN (
                    SELECT account, SUM(fen) AS fen FROM (
                        SELECT debit AS account, fen FROM payment_entry WHERE debit LIKE 'drawer:%'
                        UNION ALL SELECT credit, -fen FROM payment_entry WHERE credit LIKE 'drawer:%') AS e
                    GROUP BY account) AS s ON s.account = 'drawer:' || d.id
                WHERE d.closed_at IS NOT NULL AND s.fen <> 0
                """
            ).map { "钱箱 \(try $0.get("id", as: String.self)) 已经交班，账上却还有余额。" }
        }
    }

    private static func stream(of drawer: Drawer) -> StreamID {
        StreamID(division: drawer.division, kind: "payment.drawer", id: drawer.id.text)
    }
}

extension PaymentError {
    /// The clerk has no open drawer.
    static let noDrawer = PaymentError(.drawer, "请先开钱箱", "收付现金前请先开自己的钱箱，下班时清点交款。")
}
