public import Extension
public import Standards
public import Storage

/// Something that a channel's bill and our books see otherwise (对账差异).
public struct Difference: Sendable, Hashable {
    public let channel: ChannelID
    public let day: LegalDay
    /// The number of the attempt or refund that it is about.
    public let key: String
    public let kind: Kind
    /// What the bill says, in fen; nil where it says nothing.
    public let billed: Money?
    /// What the books say, in fen; nil where they say nothing.
    public let booked: Money?
    /// Who said first that it is looked after; nil while nobody did.
    public let proposedBy: Identifier?
    /// Who agreed; nil while it is open.
    public let closedBy: Identifier?

    /// How they differ.
    public enum Kind: String, Sendable, Codable, CaseIterable, SQLConvertible {
        /// The channel has it and we lack it (长款).
        case long
        /// We have it and the channel lacks it (短款).
        case short
        case amount
        /// The order, the ledger and the bill are not of one mind.
        case state

        /// The words that people read.
        public var chinese: String {
            switch self {
            case .long: "长款：渠道有，账上没有"
            case .short: "短款：账上有，渠道没有"
            case .amount: "金额不符"
            case .state: "状态不符"
            }
        }
    }
}

/// What reconciling a day on a channel found.
public struct ReconciliationReport: Sendable, Hashable {
    public let channel: ChannelID
    public let day: LegalDay
    /// How many lines the bill has.
    public internal(set) var lines = 0
    /// How many agree with the books.
    public internal(set) var equal = 0
    /// The sum of payments less refunds by the bill and by the books, in fen.
    public internal(set) var billed = Money.zero
    public internal(set) var booked = Money.zero
    /// The differences by kind.
    public internal(set) var differences: [Difference.Kind: Int] = [:]
    /// Those of the day before that today's bill explained (跨日).
    public internal(set) var explained = 0
}

/// A day was reconciled.
public struct PaymentReconciled: Event, Hashable {
    public static let name = "payment.reconciled"
    public let channel: ChannelID
    public let day: String
    public let lines: Int
    public let differences: Int
}

/// Two people looked after a difference.
public struct PaymentDifferenceClosed: Event, Hashable {
    public static let name = "payment.difference_closed"
    public let channel: ChannelID
    public let day: String
    public let key: String
}
