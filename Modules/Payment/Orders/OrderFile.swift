import Extension
import Standards
import Storage

/// An order with everything that hangs on it, as one value. Transitions are pure: they change it and note entries and
/// events; the store writes all of it in one transaction.
struct OrderFile: Sendable, Hashable {
    var order: PaymentOrder
    /// What the published tariff says is due, line by line.
    var lines: [OrderLine]
    var attempts: [PaymentAttempt] = []
    var refunds: [PaymentRefund] = []
    /// The order's entries in the ledger.
    var entries: [LedgerEntry] = []

    /// What happened since it was loaded.
    var pendingEvents: [any PaymentEvent] = []

    static func == (first: OrderFile, second: OrderFile) -> Bool {
        first.order == second.order && first.lines == second.lines && first.attempts == second.attempts
            && first.refunds == second.refunds && first.entries == second.entries
    }

    func hash(into hasher: inout Hasher) { hasher.combine(order.id) }

    func attempt(_ position: Int) -> PaymentAttempt? { attempts.first { $0.position == position } }

    mutating func note(_ event: any PaymentEvent) { pendingEvents.append(event) }

    /// Writes a transfer; one thing has one of a kind, so its identifier follows from both.
    mutating func transfer(
        _ kind: LedgerEntry.Kind, for reference: Identifier, from credit: LedgerAccount, to debit: LedgerAccount,
        _ amount: Money, by act: Act
    ) {
        entries.append(
            LedgerEntry(
                id: act.identifier("entry/\(kind.rawValue)/\(reference)"), kind: kind, reference: reference,
                debit: debit, credit: credit, amount: amount, at: act.now))
    }

    /// Where the money of an attempt lies.
    func account(of attempt: PaymentAttempt) -> LedgerAccount {
        attempt.drawer.map(LedgerAccount.drawer) ?? .channel(attempt.channel)
    }
}

/// A line of an order: an amount of the published tariff.
struct OrderLine: Sendable, Hashable {
    let position: Int
    /// The published tariff's identifier.
    let tariff: String
    let title: String
    let amount: Money
}
