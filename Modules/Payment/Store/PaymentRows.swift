import Extension
import Standards
import Storage

extension Row {
    fileprivate func money(_ column: String) throws -> Money { Money(fen: try get(column)) }
}

extension PaymentOrder {
    init(_ row: Row) throws {
        self.init(
            id: try row.get("id"), division: try row.get("division"), caseID: try row.get("case_id"),
            caseNumber: try row.get("case_number"), item: try row.get("item"), title: try row.get("title"),
            party: try row.get("party"), person: try row.get("person"), due: try row.money("due"),
            refundRule: RefundRule(rawValue: try row.get("refund_rule")), created: try row.get("created_at"))
        paid = try row.money("paid")
        reserved = try row.money("reserved")
        refunded = try row.money("refunded")
        state = try row.get("state")
        settled = try row.get("settled_at")
        ending = try row.get("ending")
        attempts = try row.get("attempts")
        version = try row.get("version")
    }
}

extension OrderLine {
    init(_ row: Row) throws {
        self.init(
            position: try row.get("position"), tariff: try row.get("tariff"), title: try row.get("title"),
            amount: try row.money("fen"))
    }
}

extension PaymentAttempt {
    init(_ row: Row) throws {
        self.init(
            id: try row.get("id"), position: try row.get("position"), channel: try row.get("channel"),
            form: try row.get("form"), amount: try row.money("fen"), opened: try row.get("opened_at"),
            expires: try row.get("expires_at"))
        state = try row.get("state")
        invitation = try row.get("invitation")
        nextLook = try row.get("next_look")
        looks = try row.get("looks")
        paid = try row.get("paid_at")
        gatewayNumber = try row.get("gateway_number")
        drawer = try row.get("drawer")
        trouble = try row.get("trouble")
    }
}

extension PaymentRefund {
    init(_ row: Row) throws {
        self.init(
            id: try row.get("id"), attempt: try row.get("attempt_id"), amount: try row.money("fen"),
            ground: try row.get("ground"), state: try row.get("state"), askedBy: try row.get("asked_by"),
            asked: try row.get("asked_at"))
        judgedBy = try row.get("judged_by")
        nextLook = try row.get("next_look")
        looks = try row.get("looks")
        done = try row.get("done_at")
        trouble = try row.get("trouble")
    }
}

extension LedgerEntry {
    init(_ row: Row) throws {
        self.init(
            id: try row.get("id"), kind: try row.get("kind"), reference: try row.get("reference"),
            debit: try row.get("debit"), credit: try row.get("credit"), amount: try row.money("fen"),
            at: try row.get("at"))
    }
}
