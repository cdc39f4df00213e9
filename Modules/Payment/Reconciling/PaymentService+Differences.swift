public import Extension
public import Standards
public import Storage

extension Difference {
    init(_ row: Row) throws {
        self.init(
            channel: try row.get("channel"), day: try row.get("day"), key: try row.get("key"),
            kind: try row.get("kind"), billed: try row.get("billed", as: Int64?.self).map { Money(fen: $0) },
            booked: try row.get("booked", as: Int64?.self).map { Money(fen: $0) },
            proposedBy: try row.get("proposed_by"), closedBy: try row.get("closed_by"))
    }
}

extension PaymentService {
    /// The differences that nobody has closed, oldest first.
    ///
    /// - Parameter cursor: where the page begins, as the last page told; empty for the first.
    public func openDifferences(
        after cursor: String = "", limit: Int = 50, in snapshot: Snapshot
    ) throws -> (items: [Difference], next: String?) {
        let parts = cursor.split(separator: "~", omittingEmptySubsequences: false).map(String.init)
        let day = parts.count == 3 ? Int(parts[0]) ?? -1 : -1
        let rows = try snapshot.rows(
            """
            SELECT * FROM payment_difference WHERE closed_at IS NULL AND (day, channel, key) > (?, ?, ?)
            ORDER BY day, channel, key LIMIT ?
            """, day, parts.count == 3 ? parts[1] : "", parts.count == 3 ? parts[2] : "", limit + 1)
        let found = try rows.map(Difference.init)
        let items = Array(found.prefix(limit))
        let next = found.count > limit ? items.last.map { "\($0.day.ordinal)~\($0.channel.rawValue)~\($0.key)" } : nil
        return (items, next)
    }

    /// One person says that a difference is looked after, and another that it is (两人销号).
    ///
    /// - Returns: whether it is closed now; false while it waits for the second person.
    /// - Throws: ``PaymentError`` when there is no such difference, or when both are the same person.
    public func close(
        _ channel: ChannelID, _ day: LegalDay, _ key: String, by act: Act, in transaction: Transaction
    ) throws -> Bool {
        guard let account = act.actor.account, act.actor.holds(Self.books) else { throw PaymentError.forbidden }
        guard
            let row = try transaction.row(
                """
                UPDATE payment_difference SET found_at = found_at WHERE channel = ? AND day = ? AND key = ?
                    AND closed_at IS NULL RETURNING *
                """, channel, day, key)
        else { throw PaymentError.notFound }
        let difference = try Difference(row)
        guard let first = difference.proposedBy else {
            try transaction.send(
                "UPDATE payment_difference SET proposed_by = ? WHERE channel = ? AND day = ? AND key = ?", account,
                channel, day, key)
            return false
        }
        guard first != account else {
            throw PaymentError(
                .secondPerson, status: 403, "须由另一人销号", "这一条由您提出销号，要由另一位同事核对后销号。")
        }
        try transaction.send(
            "UPDATE payment_difference SET closed_by = ?, closed_at = ? WHERE channel = ? AND day = ? AND key = ?",
            account, act.now, channel, day, key)
        try events.record(
            [PaymentDifferenceClosed(channel: channel, day: day.text, key: key)],
            to: StreamID(division: division, kind: "payment.bill", id: "\(channel.rawValue).\(day.text)"), by: act,
            in: transaction)
        return true
    }

    /// Whether the books are looked after: differences that stay open, refunds that failed.
    var health: HealthCheck {
        HealthCheck("payment", title: "缴费和对账") { [database] _ in
            let (open, failed) = try await database.read { snapshot in
                (
                    try snapshot.row("SELECT COUNT(*) AS n FROM payment_difference WHERE closed_at IS NULL")?
                        .get("n", as: Int.self) ?? 0,
                    try snapshot.row("SELECT COUNT(*) AS n FROM payment_refund WHERE state = 'failed'")?
                        .get("n", as: Int.self) ?? 0
                )
            }
            if failed > 0 { return .fault("有 \(failed) 笔退费没有退成。", remedy: "请财务人员在“收费”里处理。") }
            if open > 0 { return .warning("有 \(open) 条对账差异没有销号。", remedy: "请财务人员在“对账”里处理。") }
            return .sound("没有未销号的差异，没有失败的退费")
        }
    }
}
