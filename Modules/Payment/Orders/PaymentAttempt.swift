import Extension
public import Standards
public import Storage

/// One try to pay an order on one channel (支付尝试): what the channel knows as a trade.
public struct PaymentAttempt: Sendable, Hashable {
    public let id: Identifier
    /// Which attempt of the order it is, from 1.
    public let position: Int
    public let channel: ChannelID
    public let form: PayForm
    /// In fen.
    public let amount: Money
    public internal(set) var state = AttemptState.opening
    /// What leads the payer to the channel: the content of a QR code or an address; nil until the channel gave it.
    public internal(set) var invitation: String?
    public let opened: Instant
    /// After this nobody can pay it any more.
    public let expires: Instant
    /// When the channel is to be asked next, since no notification came; nil when nothing is open.
    public internal(set) var nextLook: Instant?
    /// How often it was asked.
    public internal(set) var looks = 0
    public internal(set) var paid: Instant?
    /// The channel's own number of the trade, or the slip's number of a card terminal.
    public internal(set) var gatewayNumber: String?
    /// The drawer into which cash went.
    public internal(set) var drawer: Identifier?
    /// What was wrong with what the channel said; nil for nothing.
    public internal(set) var trouble: String?

    /// The number under which the channel knows the attempt (商户订单号): 28 characters or a few more, of letters, digits
    /// and one low line, which every channel takes.
    public func number(of order: Identifier) -> String { "\(order.text)_\(position)" }

    /// Reads such a number; nil for any other text.
    public static func parse(_ number: String) -> (order: Identifier, position: Int)? {
        let parts = number.split(separator: "_", omittingEmptySubsequences: false)
        guard parts.count == 2, let order = try? Identifier(String(parts[0])), let position = Int(parts[1]),
            position > 0, String(position) == parts[1]
        else { return nil }
        return (order, position)
    }

    /// Whether somebody could still pay it.
    public var isLive: Bool { state == .opening || state == .open }
}

/// Where an attempt stands.
public enum AttemptState: String, Sendable, Codable, CaseIterable, SQLConvertible {
    /// The channel is being asked.
    case opening
    /// The payer may pay.
    case open
    /// It paid the order.
    case paid
    /// Money came though the order was not due any more; it goes back.
    case surplus
    /// The channel lets nobody pay it any more.
    case closed

    /// The word that people read.
    public var chinese: String {
        switch self {
        case .opening: "正在下单"
        case .open: "等待付款"
        case .paid: "已付款"
        case .surplus: "多付，退回中"
        case .closed: "已关闭"
        }
    }
}

/// What a channel says of money that came in.
public struct ChannelReceipt: Sendable, Hashable {
    /// The number of the attempt.
    public let number: String
    /// The channel's own number of the trade.
    public let gatewayNumber: String
    /// In fen.
    public let amount: Money
    public let paid: Instant

    public init(number: String, gatewayNumber: String, amount: Money, paid: Instant) {
        self.number = number
        self.gatewayNumber = gatewayNumber
        self.amount = amount
        self.paid = paid
    }
}
