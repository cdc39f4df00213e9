import Extension
public import Standards
public import Storage

/// Money that goes back (退费). Its identifier is the number under which the channel knows it, so that a try that is
/// made again pays back once.
public struct PaymentRefund: Sendable, Hashable {
    public let id: Identifier
    /// The attempt whose money it is.
    public let attempt: Identifier
    /// In fen.
    public let amount: Money
    public let ground: RefundGround
    public internal(set) var state: RefundState
    /// The account that asked for it; nil when a rule did.
    public let askedBy: Identifier?
    public let asked: Instant
    /// The second person who agreed or declined; nil while nobody did or where none is needed.
    public internal(set) var judgedBy: Identifier?
    public internal(set) var nextLook: Instant?
    public internal(set) var looks = 0
    public internal(set) var done: Instant?
    /// What the channel said was wrong; nil for nothing.
    public internal(set) var trouble: String?

    init(
        id: Identifier, attempt: Identifier, amount: Money, ground: RefundGround, state: RefundState,
        askedBy: Identifier?, asked: Instant
    ) {
        self.id = id
        self.attempt = attempt
        self.amount = amount
        self.ground = ground
        self.state = state
        self.askedBy = askedBy
        self.asked = asked
    }
}

/// Why money goes back.
public enum RefundGround: String, Sendable, Codable, CaseIterable, SQLConvertible {
    case refused, withdrawn, terminated
    /// It was paid though nothing was due any more.
    case surplus
    /// More was charged than the published tariff allows.
    case overcharged
    /// The item's own rules, such as a reduction that was proved later.
    case reduction

    /// The words that people read.
    public var chinese: String {
        switch self {
        case .refused: "事项未获批准，按规定退还"
        case .withdrawn: "申请已撤回，按规定退还"
        case .terminated: "办件已终止，按规定退还"
        case .surplus: "重复或逾期付款，原路退回"
        case .overcharged: "多收，退还差额"
        case .reduction: "补办减免，退还差额"
        }
    }

    init(_ ending: OrderEnding) {
        switch ending {
        case .refused: self = .refused
        case .withdrawn: self = .withdrawn
        case .terminated: self = .terminated
        }
    }
}

/// Where a refund stands.
public enum RefundState: String, Sendable, Codable, CaseIterable, SQLConvertible {
    /// A second person must agree.
    case waiting
    /// It is to be sent to the channel, or handed out at the window.
    case approved
    /// The channel works on it.
    case sent
    case done
    /// The second person declined.
    case declined
    /// The channel can't pay it back; somebody must look after it.
    case failed

    /// The word that people read.
    public var chinese: String {
        switch self {
        case .waiting: "待复核"
        case .approved: "待退回"
        case .sent: "退回中"
        case .done: "已退回"
        case .declined: "复核未同意"
        case .failed: "退回失败，待处理"
        }
    }

    /// Whether it still holds money back from other refunds.
    var isUnderWay: Bool { self == .waiting || self == .approved || self == .sent || self == .failed }
}
