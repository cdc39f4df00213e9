public import Extension
import Foundation
public import Standards
import Storage

extension PaymentService {
    /// Reconciles a day on a channel (对账): the channel's bill with the attempts and refunds, and both with the ledger.
    ///
    /// It may be run again: lines and open differences are found anew, and what two people closed stays closed. It reads
    /// and writes a thousand lines at a time, so that a bill of any length takes the same memory.
    ///
    /// - Parameters:
    ///   - path: the bill's file; nil to fetch it from the channel.
    ///   - progress: told of the lines so far.
    /// - Throws: ``PaymentError`` `bill` when there is no bill or it can't be read.
    public func reconcile(
        _ channel: ChannelID, day: LegalDay, file path: String? = nil, by act: Act,
        progress: @Sendable (_ lines: Int) -> Void = { _ in }
    ) async throws -> ReconciliationReport {
        var report = ReconciliationReport(channel: channel, day: day)
        try await database.write { transaction in
            try transaction.send("DELETE FROM payment_bill_line WHERE channel = ? AND day = ?", channel, day)
            try transaction.send(
                "DELETE FROM payment_difference WHERE channel = ? AND day = ? AND closed_at IS NULL", channel, day)
        }
        let fetched = try await path == nil ? fetch(channel, day: day, at: act.now) : nil
        defer { if let fetched { try? FileManager.default.removeItem(atPath: fetched) } }
        guard let source = path ?? fetched else { throw PaymentError.noBill(channel, day) }
        report.lines = try await load(source, channel, day, progress)
        try await compareLines(&report, at: act.now)
        try await compareBooks(&report, at: act.now)
        let (done, found) = (report, report.differences.values.reduce(0, +))
        try await database.write { [self] transaction in
            try transaction.send(
                """
                INSERT INTO payment_reconciliation (division, channel, day, lines, equal, differences, done_at)
                VALUES (?, ?, ?, ?, ?, ?, ?)
                ON CONFLICT (channel, day) DO UPDATE SET lines = excluded.lines, equal = excluded.equal,
                    differences = excluded.differences, done_at = excluded.done_at
                """, division, channel, day, done.lines, done.equal, found, act.now)
            try events.record(
                [PaymentReconciled(channel: channel, day: day.text, lines: done.lines, differences: found)],
                to: StreamID(division: division, kind: "payment.bill", id: "\(channel.rawValue).\(day.text)"), by: act,
                in: transaction)
        }
        return report
    }

    /// Reconciles yesterday on every channel once its bill is there, which is in the course of the morning (T+1).
    func reconcileYesterday(by act: Act) async throws {
        let day = act.now.day.adding(days: -1)
        guard act.now - act.now.day.start >= .seconds(10 * 3600) else { return }
        for channel in onlineChannels {
            let isDone = try await database.read { snapshot in
                try snapshot.row("SELECT day FROM payment_reconciliation WHERE channel = ? AND day = ?", channel, day)
                    != nil
            }
            if isDone { continue }
            do {
                _ = try await reconcile(channel, day: day, by: act.part("reconcile/\(channel)"))
            } catch let error as PaymentError where error.status == 404 || error.code == .channel {
                // No bill yet; the next turn looks again.
            }
        }
    }

    /// Fetches a bill into a file of its own.
    private func fetch(_ channel: ChannelID, day: LegalDay, at now: Instant) async throws -> String? {
        let bytes: [UInt8]?
        do { bytes = try await self.channel(channel).bill(of: day, at: now) } catch let failure as GatewayFailure {
            throw PaymentError(
                .channel, status: 502, "账单取不到",
                "\(channel.chinese)的账单暂时取不到（\(failure.reason)）。请过一会儿再试，或从商户平台下载后用 --file 对账。")
        }
        guard let bytes else { return nil }
        let text = try BillUnpacking.text(bytes)
        let path = FileManager.default.temporaryDirectory.appending(path: "yiciban-bill-\(UUID().uuidString)")
            .path(percentEncoded: false)
        guard
            FileManager.default.createFile(
                atPath: path, contents: Data(text), attributes: [.posixPermissions: 0o600])
        else { throw PaymentError(.bill, status: 500, "账单存不下来", "临时目录写不进去，请检查磁盘空间和权限。") }
        return path
    }

    private func load(
        _ path: String, _ channel: ChannelID, _ day: LegalDay, _ progress: @Sendable (Int) -> Void
    ) async throws -> Int {
        var count = 0
        var reader = BillReader(channel)
        let pages = try BillPages(path)
        while let lines = try pages.next(&reader) {
            try await database.write { transaction in
                let rows = Array(repeating: "(?, ?, ?, ?, ?, ?, ?, ?)", count: lines.count).joined(separator: ", ")
                try transaction.send(
                    """
                    INSERT INTO payment_bill_line (channel, day, key, order_id, position, is_refund, gateway_number, fen)
                    VALUES \(rows) ON CONFLICT (channel, day, key) DO NOTHING
                    """,
                    arguments: lines.flatMap { line -> [SQLValue] in
                        let own = PaymentAttempt.parse(line.number)
                        return [
                            channel.sql, day.sql, .text(line.key), own?.order.sql ?? .null,
                            own?.position.sql ?? .null, (line.refund == nil ? 0 : 1).sql, .text(line.gatewayNumber),
                            line.amount.fen.sql,
                        ]
                    })
            }
            count += lines.count
            progress(count)
        }
        return count
    }

    /// What the bill says, held against the books.
    private func compareLines(_ report: inout ReconciliationReport, at now: Instant) async throws {
        let (channel, day) = (report.channel, report.day)
        var last = ""
        while true {
            let verdicts = try await database.read { [last] snapshot in
                try snapshot.rows(
                    """
                    SELECT l.key, l.fen, l.is_refund, a.id AS attempt, a.fen AS attempt_fen, a.state AS attempt_state,
                        a.channel AS attempt_channel, a.paid_day, r.fen AS refund_fen, r.state AS refund_state,
                        r.done_day, e.fen AS entry_fen
                    FROM payment_bill_line l
                    LEFT JOIN payment_attempt a ON a.order_id = l.order_id AND a.position = l.position
                    LEFT JOIN payment_refund r ON l.is_refund = 1 AND r.id = l.key
                    LEFT JOIN payment_entry e ON e.reference = CASE WHEN l.is_refund = 1 THEN r.id ELSE a.id END
                        AND e.kind IN ('paid', 'surplus', 'refunded')
                    WHERE l.channel = ? AND l.day = ? AND l.key > ? ORDER BY l.key LIMIT 500
                    """, channel, day, last
                ).map { try LineVerdict($0, channel: channel, day: day) }
            }
            guard let end = verdicts.last else { return }
            last = end.key
            for verdict in verdicts {
                report.billed = try report.billed + verdict.signedAmount
                if verdict.kind == nil { report.equal += 1 }
            }
            let wrong = verdicts.filter { $0.kind != nil }
            let crossed = verdicts.filter { $0.kind == nil && $0.otherDay != nil }
            let (kept, explained) = try await database.write { [self] transaction in
                var kept: [Difference.Kind] = []
                for verdict in wrong {
                    guard let kind = verdict.kind else { continue }
                    let isOpen = try keep(
                        kind, key: verdict.key, channel, day, billed: verdict.amount.fen, booked: verdict.booked?.fen,
                        at: now, in: transaction)
                    if isOpen { kept.append(kind) }
                    // Asked for at once: money that a gateway has is booked, or sent back, by the ordinary way.
                    if let attempt = verdict.unpaidAttempt {
                        try transaction.send(
                            "UPDATE payment_attempt SET next_look = ? WHERE id = ? AND state IN ('opening', 'open')",
                            now, attempt)
                    }
                }
                let explained = try crossed.reduce(0) { count, verdict in
                    count
                        + (try transaction.execute(
                            """
                            DELETE FROM payment_difference WHERE channel = ? AND key = ? AND kind = 'short'
                                AND closed_at IS NULL
                            """, channel, verdict.key))
                }
                return (kept, explained)
            }
            for kind in kept { report.differences[kind, default: 0] += 1 }
            report.explained += explained
        }
    }

    /// What the books say of the day and no bill does.
    private func compareBooks(_ report: inout ReconciliationReport, at now: Instant) async throws {
        let (channel, day) = (report.channel, report.day)
        for (table, dayColumn, key, states, sign) in [
            ("payment_attempt", "paid_day", "b.order_id || '_' || b.position", "'paid', 'surplus'", Int64(1)),
            ("payment_refund", "done_day", "b.id", "'done'", Int64(-1)),
        ] {
            var last = ""
            while true {
                let rows = try await database.read { [last] snapshot in
                    try snapshot.rows(
                        """
                        SELECT b.id, \(key) AS key, b.fen,
                            CASE WHEN EXISTS (SELECT 1 FROM payment_bill_line l
                                WHERE l.channel = b.channel AND l.key = \(key)) THEN 1 ELSE 0 END AS is_billed
                        FROM \(table) b WHERE b.channel = ? AND b.\(dayColumn) = ? AND b.state IN (\(states)) AND b.id > ?
                        ORDER BY b.id LIMIT 500
                        """, channel, day, last
                    ).map { row in
                        (
                            id: try row.get("id", as: String.self), key: try row.get("key", as: String.self),
                            fen: try row.get("fen", as: Int64.self), isBilled: try row.get("is_billed", as: Bool.self)
                        )
                    }
                }
                guard let end = rows.last else { break }
                last = end.id
                for row in rows { report.booked = try report.booked + Money(fen: sign * row.fen) }
                let short = rows.filter { !$0.isBilled }
                if short.isEmpty { continue }
                report.differences[.short, default: 0] += try await database.write { [self] transaction in
                    try short.filter { row in
                        try keep(
                            .short, key: row.key, channel, day, billed: nil, booked: row.fen, at: now, in: transaction)
                    }.count
                }
            }
        }
        report.differences = report.differences.filter { $0.value > 0 }
    }

    /// - Returns: whether it is open now; false for one that two people closed before.
    private func keep(
        _ kind: Difference.Kind, key: String, _ channel: ChannelID, _ day: LegalDay, billed: Int64?, booked: Int64?,
        at now: Instant, in transaction: Transaction
    ) throws -> Bool {
        try transaction.execute(
            """
            INSERT INTO payment_difference (division, channel, day, key, kind, billed, booked, found_at)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (channel, day, key) DO NOTHING
            """, division, channel, day, key, kind, billed, booked, now) == 1
    }
}

/// What a line of a bill comes to.
private struct LineVerdict: Sendable {
    let key: String
    let amount: Money
    let isRefund: Bool
    let booked: Money?
    /// How it differs; nil when it agrees.
    let kind: Difference.Kind?
    /// The day on which the books have it, where that is another.
    let otherDay: LegalDay?
    /// The attempt that the gateway holds to be paid and we don't.
    let unpaidAttempt: String?

    var signedAmount: Money { Money(fen: isRefund ? -amount.fen : amount.fen) }

    init(_ row: Row, channel: ChannelID, day: LegalDay) throws {
        key = try row.get("key")
        amount = Money(fen: try row.get("fen"))
        isRefund = try row.get("is_refund")
        let state: String? = try row.get(isRefund ? "refund_state" : "attempt_state")
        let fen: Int64? = try row.get(isRefund ? "refund_fen" : "attempt_fen")
        let entry: Int64? = try row.get("entry_fen")
        let bookedDay: LegalDay? = try row.get(isRefund ? "done_day" : "paid_day")
        booked = fen.map { Money(fen: $0) }
        let isDone = isRefund ? state == "done" : state == "paid" || state == "surplus"
        let attemptChannel: String? = try row.get("attempt_channel")
        let isSameChannel = isRefund || attemptChannel == channel.rawValue
        if fen == nil {
            kind = .long
        } else if fen != amount.fen {
            kind = .amount
        } else if !isDone || entry != amount.fen || !isSameChannel {
            kind = .state
        } else {
            kind = nil
        }
        otherDay = bookedDay == day ? nil : bookedDay
        unpaidAttempt = !isRefund && !isDone ? try row.get("attempt", as: String?.self) : nil
    }
}

extension PaymentError {
    static func noBill(_ channel: ChannelID, _ day: LegalDay) -> PaymentError {
        PaymentError(
            .bill, status: 404, "还没有账单", "\(channel.chinese)还没有\(day.chineseDate)的账单：当天没有交易，或者账单要到第二天上午才出。")
    }
}
