public import Extension
public import Standards
public import Storage

/// An event about an order; all carry their division, case and item, so that whoever handles the case can follow it.
public protocol PaymentEvent: Event {
    var division: String { get }
    var order: Identifier { get }
    var caseID: Identifier { get }
    var item: String { get }
}

/// A fee became due.
public struct PaymentDemanded: PaymentEvent, Hashable {
    public static let name = "payment.demanded"
    public let division: String
    public let order: Identifier
    public let caseID: Identifier
    public let item: String
    /// In fen.
    public let amount: Money
}

/// Somebody began to pay on a channel.
public struct PaymentAttemptOpened: PaymentEvent, Hashable {
    public static let name = "payment.attempt_opened"
    public let division: String
    public let order: Identifier
    public let caseID: Identifier
    public let item: String
    public let attempt: Int
    public let channel: ChannelID
}

/// The channel gave what leads the payer to it.
public struct PaymentAttemptReady: PaymentEvent, Hashable {
    public static let name = "payment.attempt_ready"
    public let division: String
    public let order: Identifier
    public let caseID: Identifier
    public let item: String
    public let attempt: Int
}

/// An attempt can't be paid any more.
public struct PaymentAttemptClosed: PaymentEvent, Hashable {
    public static let name = "payment.attempt_closed"
    public let division: String
    public let order: Identifier
    public let caseID: Identifier
    public let item: String
    public let attempt: Int
}

/// The order was paid.
public struct PaymentReceived: PaymentEvent, Hashable {
    public static let name = "payment.received"
    public let division: String
    public let order: Identifier
    public let caseID: Identifier
    public let item: String
    public let attempt: Int
    public let channel: ChannelID
    /// In fen.
    public let amount: Money
}

/// Money came though nothing was due any more; it goes back.
public struct PaymentSurplusReceived: PaymentEvent, Hashable {
    public static let name = "payment.surplus_received"
    public let division: String
    public let order: Identifier
    public let caseID: Identifier
    public let item: String
    public let attempt: Int
    /// In fen.
    public let amount: Money
}

/// A channel spoke of another amount than the attempt's; nothing was booked.
public struct PaymentAmountRefused: PaymentEvent, Hashable {
    public static let name = "payment.amount_refused"
    public let division: String
    public let order: Identifier
    public let caseID: Identifier
    public let item: String
    public let attempt: Int
    /// In fen.
    public let told: Money
}

/// Nothing is due any more.
public struct PaymentCancelled: PaymentEvent, Hashable {
    public static let name = "payment.cancelled"
    public let division: String
    public let order: Identifier
    public let caseID: Identifier
    public let item: String
    public let ending: OrderEnding
}

/// Money is to go back.
public struct PaymentRefundAsked: PaymentEvent, Hashable {
    public static let name = "payment.refund_asked"
    public let division: String
    public let order: Identifier
    public let caseID: Identifier
    public let item: String
    public let refund: Identifier
    /// In fen.
    public let amount: Money
    public let ground: RefundGround
    /// Whether a second person must agree.
    public let needsSecond: Bool
}

/// A second person agreed to a refund, or declined it.
public struct PaymentRefundJudged: PaymentEvent, Hashable {
    public static let name = "payment.refund_judged"
    public let division: String
    public let order: Identifier
    public let caseID: Identifier
    public let item: String
    public let refund: Identifier
    public let isApproved: Bool
}

/// The channel took a refund to work on it.
public struct PaymentRefundSent: PaymentEvent, Hashable {
    public static let name = "payment.refund_sent"
    public let division: String
    public let order: Identifier
    public let caseID: Identifier
    public let item: String
    public let refund: Identifier
}

/// Money went back.
public struct PaymentRefunded: PaymentEvent, Hashable {
    public static let name = "payment.refunded"
    public let division: String
    public let order: Identifier
    public let caseID: Identifier
    public let item: String
    public let refund: Identifier
    /// In fen.
    public let amount: Money
    public let ground: RefundGround
}

/// The channel could not pay back.
public struct PaymentRefundFailed: PaymentEvent, Hashable {
    public static let name = "payment.refund_failed"
    public let division: String
    public let order: Identifier
    public let caseID: Identifier
    public let item: String
    public let refund: Identifier
}
