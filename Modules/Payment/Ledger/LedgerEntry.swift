import Extension
public import Standards
public import Storage

/// One transfer between two accounts (复式分录): a debit and a credit in one row, so that the sum over all accounts is
/// zero whatever rows there are (decision 0042).
public struct LedgerEntry: Sendable, Hashable {
    public let id: Identifier
    public let kind: Kind
    /// What it stands for: the order, an attempt or a refund. One thing has one entry of a kind.
    public let reference: Identifier
    public let debit: LedgerAccount
    public let credit: LedgerAccount
    /// In fen, more than nothing.
    public let amount: Money
    public let at: Instant

    /// What happened.
    public enum Kind: String, Sendable, Codable, CaseIterable, SQLConvertible {
        /// A fee became due.
        case charged
        /// Nothing is due any more.
        case cancelled
        /// Money paid the order.
        case paid
        /// Money came though nothing was due.
        case surplus
        /// Money went back.
        case refunded
        /// A drawer was closed out: what was in it is handed on.
        case deposited
        /// A drawer held other money than it should.
        case difference

        /// The word that people read.
        public var chinese: String {
            switch self {
            case .charged: "应收"
            case .cancelled: "应收冲销"
            case .paid: "收款"
            case .surplus: "多付"
            case .refunded: "退款"
            case .deposited: "交款"
            case .difference: "长短款"
            }
        }
    }
}

/// An account of the ledger (科目).
public enum LedgerAccount: Sendable, Hashable, SQLConvertible {
    /// What payers owe.
    case receivable
    /// Non-tax revenue that belongs to the treasury, by item.
    case revenue(item: String)
    /// Money that lies with a channel until it is settled.
    case channel(ChannelID)
    /// Cash in a clerk's drawer.
    case drawer(Identifier)
    /// Money that nothing was due for, until it is paid back.
    case suspense
    /// Cash that was handed on from the drawers.
    case vault
    /// What drawers held too little or too much.
    case difference

    /// The account's name in the tables.
    public var text: String {
        switch self {
        case .receivable: "receivable"
        case .revenue(let item): "revenue:\(item)"
        case .channel(let channel): "channel:\(channel.rawValue)"
        case .drawer(let drawer): "drawer:\(drawer.text)"
        case .suspense: "suspense"
        case .vault: "vault"
        case .difference: "difference"
        }
    }

    public var sql: SQLValue { .text(text) }

    public init?(sql: SQLValue) {
        guard case .text(let text) = sql else { return nil }
        let parts = text.split(separator: ":", maxSplits: 1).map(String.init)
        switch (parts.first, parts.count > 1 ? parts[1] : nil) {
        case ("receivable", nil): self = .receivable
        case ("suspense", nil): self = .suspense
        case ("vault", nil): self = .vault
        case ("difference", nil): self = .difference
        case ("revenue", let item?): self = .revenue(item: item)
        case ("channel", let channel?):
            guard let channel = ChannelID(rawValue: channel) else { return nil }
            self = .channel(channel)
        case ("drawer", let drawer?):
            guard let drawer = try? Identifier(drawer) else { return nil }
            self = .drawer(drawer)
        default: return nil
        }
    }

    /// The words that people read.
    public var chinese: String {
        switch self {
        case .receivable: "应收"
        case .revenue(let item): "非税收入（\(item)）"
        case .channel(let channel): "\(channel.chinese)待结算"
        case .drawer: "窗口钱箱"
        case .suspense: "待退款项"
        case .vault: "已交款"
        case .difference: "长短款"
        }
    }
}
