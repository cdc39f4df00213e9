import Extension
public import Standards
import Storage

/// What `yiciban pay check` found.
public struct LedgerReport: Sendable, Hashable {
    /// How many orders were looked at.
    public var orders = 0
    /// What each account holds, debits less credits; those of nothing are left out.
    public var balances: [String: Money] = [:]
    /// What does not add up, in Chinese.
    public var faults: [String] = []

    /// The sum over all accounts, in fen; zero by the form of the table.
    public var sum: Int64 { balances.values.reduce(0) { $0 + $1.fen } }
    public var isSound: Bool { faults.isEmpty && sum == 0 }
}

extension PaymentService {
    /// Checks that the books agree with themselves, with the orders and with the drawers, reading a few hundred orders at
    /// a time.
    public func check(progress: @Sendable (_ orders: Int) -> Void = { _ in }) async throws -> LedgerReport {
        var report = LedgerReport()
        var (last, receivable, suspense) = ("", Int64(0), Int64(0))
        while true {
            let (page, files) = try await database.read { [store, last] snapshot in
                let ids = try snapshot.rows(
                    "SELECT id FROM payment_order WHERE id > ? ORDER BY id LIMIT 500", last
                ).map { try $0.get("id", as: Identifier.self) }
                return (ids, try ids.compactMap { try store.find($0, in: snapshot) })
            }
            for file in files {
                report.faults += file.faults.map { "缴费单 \(file.order.id)（办件 \(file.order.caseNumber)）：\($0)。" }
                if file.order.state == .due { receivable += file.order.due.fen }
                suspense += file.unreturnedSurplus
            }
            report.orders += files.count
            progress(report.orders)
            guard let id = page.last else { break }
            last = id.text
        }
        report.balances = try await database.read { try Self.balances(in: $0) }
        if report.sum != 0 { report.faults.append("全部科目合计不为零，差 \(Money(fen: report.sum).chinese)。") }
        // Orders may have moved while they were read page by page: only a difference that stays is one.
        if receivable != report.balances[LedgerAccount.receivable.text]?.fen ?? 0 {
            report.faults += try await recheck(.receivable, "应收科目与待缴费的缴费单合计不一致。")
        }
        if -suspense != report.balances[LedgerAccount.suspense.text]?.fen ?? 0 {
            report.faults += try await recheck(.suspense, "待退款项科目与多付未退的合计不一致。")
        }
        report.faults += try await drawerFaults()
        let strays = try await database.read { snapshot in
            try snapshot.row(
                """
                SELECT COUNT(*) AS n FROM payment_entry WHERE order_id IS NULL
                    AND (kind NOT IN ('deposited', 'difference') OR reference NOT IN (SELECT id FROM payment_drawer))
                """)?.get("n", as: Int.self) ?? 0
        }
        if strays > 0 { report.faults.append("有 \(strays) 条分录既不属于缴费单，也不属于钱箱。") }
        return report
    }

    /// What each account holds.
    static func balances(in snapshot: Snapshot) throws -> [String: Money] {
        var balances: [String: Int64] = [:]
        for (side, sign) in [("debit", Int64(1)), ("credit", Int64(-1))] {
            for row in try snapshot.rows(
                "SELECT \(side) AS account, CAST(SUM(fen) AS BIGINT) AS fen FROM payment_entry GROUP BY \(side)")
            {
                balances[try row.get("account"), default: 0] += sign * (try row.get("fen", as: Int64.self))
            }
        }
        return balances.filter { $0.value != 0 }.mapValues { Money(fen: $0) }
    }

    /// Compares an account with the orders in one view of the database.
    private func recheck(_ account: LedgerAccount, _ fault: String) async throws -> [String] {
        try await database.read { snapshot in
            let held = try Self.balances(in: snapshot)[account.text]?.fen ?? 0
            let sql =
                account == .receivable
                ? "SELECT CAST(COALESCE(SUM(due), 0) AS BIGINT) AS fen FROM payment_order WHERE state = 'due'"
                : """
                SELECT CAST(COALESCE(SUM(-fen), 0) AS BIGINT) AS fen FROM payment_attempt WHERE state = 'surplus'
                    AND id NOT IN (SELECT attempt_id FROM payment_refund WHERE state = 'done')
                """
            let expected: Int64 = try snapshot.row(sql)?.get("fen") ?? 0
            return held == expected ? [] : [fault]
        }
    }
}

extension OrderFile {
    /// What came in though nothing was due and has not gone back yet, in fen.
    var unreturnedSurplus: Int64 {
        attempts.filter { $0.state == .surplus }.reduce(0) { sum, attempt in
            sum + attempt.amount.fen
                - refunds.filter { $0.attempt == attempt.id && $0.state == .done }.reduce(0) { $0 + $1.amount.fen }
        }
    }
}
