import Extension
public import Standards
public import Storage

/// What is to be paid for one item of a case (缴费单). It belongs to the case for good; who pays it, and how often
/// somebody tries, is a matter of its attempts.
public struct PaymentOrder: Sendable, Hashable {
    public let id: Identifier
    public let division: String
    public let caseID: Identifier
    public let caseNumber: String
    /// The item's key in its theme.
    public let item: String
    /// What the fee is for, as it is published.
    public let title: String
    /// In whose name the case is, and who applied.
    public let party: Identifier
    public let person: Identifier
    /// What is due, in fen; always more than nothing.
    public let due: Money
    /// What was paid: nothing, or exactly what is due.
    public internal(set) var paid = Money.zero
    /// What refunds that are under way will take back.
    public internal(set) var reserved = Money.zero
    /// What was paid back.
    public internal(set) var refunded = Money.zero
    public internal(set) var state = OrderState.due
    /// When money goes back by itself.
    public let refundRule: RefundRule
    public let created: Instant
    /// When it was paid or cancelled.
    public internal(set) var settled: Instant?
    /// Why it was cancelled.
    public internal(set) var ending: OrderEnding?
    /// How many attempts there were.
    public internal(set) var attempts = 0
    public internal(set) var version = 1

    init(
        id: Identifier, division: String, caseID: Identifier, caseNumber: String, item: String, title: String,
        party: Identifier, person: Identifier, due: Money, refundRule: RefundRule, created: Instant
    ) {
        self.id = id
        self.division = division
        self.caseID = caseID
        self.caseNumber = caseNumber
        self.item = item
        self.title = title
        self.party = party
        self.person = person
        self.due = due
        self.refundRule = refundRule
        self.created = created
    }

    /// What could still be paid back.
    public var refundable: Money {
        Money(fen: paid.fen - reserved.fen - refunded.fen)
    }
}

/// Where an order stands. Each state has one way on: what is due is paid or cancelled, what is paid is paid back.
public enum OrderState: String, Sendable, Codable, CaseIterable, SQLConvertible {
    case due, paid, refunded, cancelled

    /// The word that people read.
    public var chinese: String {
        switch self {
        case .due: "待缴费"
        case .paid: "已缴费"
        case .refunded: "已退费"
        case .cancelled: "不用再缴"
        }
    }
}

/// Why nothing is due any more.
public enum OrderEnding: String, Sendable, Codable, CaseIterable, SQLConvertible {
    /// The item was refused, or the case ended otherwise, before anybody paid.
    case refused, withdrawn, terminated

    /// The words that people read.
    public var chinese: String {
        switch self {
        case .refused: "事项未获批准"
        case .withdrawn: "申请已撤回"
        case .terminated: "办件已终止"
        }
    }
}

/// When money goes back without anybody asking for it (退费规则), as the item's fee says.
public struct RefundRule: OptionSet, Sendable, Hashable {
    public let rawValue: Int
    public init(rawValue: Int) { self.rawValue = rawValue }

    /// The item was refused (不予登记的，退还登记费).
    public static let refused = RefundRule(rawValue: 1)
    /// The applicant took the case back, or it was terminated, before the item was decided.
    public static let withdrawn = RefundRule(rawValue: 2)

    /// Whether an ending of the item pays back.
    public func holds(for ending: OrderEnding) -> Bool {
        switch ending {
        case .refused: contains(.refused)
        case .withdrawn, .terminated: contains(.withdrawn)
        }
    }
}
