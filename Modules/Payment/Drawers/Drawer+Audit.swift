import Extension
import Standards
import Storage

/// What the audit compares of drawers: each row with the digest in the journal, and what a close-out booked with what was
/// counted.
extension PaymentService {
    var drawerState: RowState {
        RowState(
            kind: "payment.drawer", title: "钱箱", table: "payment_drawer",
            columns: ["division", "id", "account", "opened_at", "closed_at", "expected", "counted"],
            begins: [PaymentDrawerOpened.name], cipher: cipher)
    }

    var drawerAudit: StateCheck {
        drawerState.check { matches, snapshot in
            var comparison = StateComparison()
            for (standing, row) in matches {
                let booked = try CloseOut(of: standing.id, in: snapshot)
                if try booked != CloseOut(row) {
                    comparison.deviations.append(
                        .changed(standing, "交班分录（表 payment_entry）和清点的金额不一致"))
                }
            }
            return comparison
        }
    }
}

/// What the close-out of a drawer books, in fen: what was handed on, and what was too much (or, below nothing, missing).
private struct CloseOut: Equatable {
    var deposited: Int64 = 0
    var gap: Int64 = 0

    /// By a drawer's row; nothing while it is open.
    init(_ row: Row) throws {
        guard let counted = try row.get("counted", as: Int64?.self) else { return }
        deposited = counted
        gap = counted - (try row.get("expected", as: Int64?.self) ?? 0)
    }

    /// By the ledger, where entries of a close-out belong to no order and so to no order's digest.
    init(of drawer: String, in snapshot: Snapshot) throws {
        let entries = try snapshot.rows(
            "SELECT kind, debit, credit, fen FROM payment_entry WHERE reference = ?", drawer)
        let own = "drawer:\(drawer)"
        for entry in entries {
            let fen = try entry.get("fen", as: Int64.self)
            let isDebit = try entry.get("debit", as: String.self) == own
            if try entry.get("kind", as: String.self) == "deposited" {
                deposited += isDebit ? -fen : fen
            } else {
                gap += isDebit ? fen : -fen
            }
        }
    }
}
