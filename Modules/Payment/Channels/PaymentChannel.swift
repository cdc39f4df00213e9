public import Extension
public import Standards
import Storage

/// A gateway through which money comes in (支付渠道), as payment knows it. Every call may be made again with the same
/// numbers and then means the same trade or refund.
public protocol PaymentChannel: Sendable {
    var id: ChannelID { get }
    /// How payers come to it here.
    var forms: [PayForm] { get }
    /// Whether no real money moves: the gateway is one for rehearsals on this machine.
    var isRehearsal: Bool { get }

    /// Makes a trade.
    ///
    /// - Returns: what leads the payer to it: the content of a QR code, or an address.
    /// - Throws: ``GatewayFailure``.
    func invite(_ ask: ChannelAsk, at now: Instant) async throws -> String

    /// What became of a trade.
    ///
    /// - Throws: ``GatewayFailure``.
    func standing(of number: String, at now: Instant) async throws -> ChannelStanding

    /// Lets nobody pay a trade any more. One that was paid meanwhile stays paid; ask for its standing.
    ///
    /// - Throws: ``GatewayFailure``.
    func close(_ number: String, at now: Instant) async throws

    /// Pays back.
    ///
    /// - Throws: ``GatewayFailure``.
    func refund(_ ask: ChannelRefundAsk, at now: Instant) async throws -> ChannelRefundStanding

    /// What became of a refund.
    ///
    /// - Throws: ``GatewayFailure``.
    func refundStanding(of ask: ChannelRefundAsk, at now: Instant) async throws -> ChannelRefundStanding

    /// Reads a notification and proves it.
    ///
    /// - Throws: ``PaymentError`` `unproven` for anything that is not the gateway's own word to this merchant now.
    func read(_ message: WireMessage, at now: Instant) throws -> ChannelNotice

    /// What the gateway wants to hear.
    func answer(isTaken: Bool) -> RawReply

    /// The bill of a day, as the gateway's own file.
    ///
    /// - Returns: the bytes of the file; nil when there is none yet.
    /// - Throws: ``GatewayFailure``.
    func bill(of day: LegalDay, at now: Instant) async throws -> [UInt8]?
}

/// A trade to be made.
public struct ChannelAsk: Sendable {
    /// The number of the attempt.
    public let number: String
    /// What the payer reads.
    public let title: String
    /// In fen.
    public let amount: Money
    public let form: PayForm
    public let expires: Instant
    /// The payer's network address, which some forms demand; empty where it is not known.
    public let payerAddress: String
    /// The payer's name for the merchant in the channel's own app; nil for other forms.
    public let payer: String?
    /// Where the payer comes back to.
    public let returnURL: String
}

/// A refund to be made.
public struct ChannelRefundAsk: Sendable {
    /// The number of the refund.
    public let refund: String
    /// The number of the attempt whose money it is.
    public let number: String
    /// What goes back, in fen.
    public let amount: Money
    /// What came in, in fen.
    public let total: Money
    public let reason: String
}

/// Where a trade stands with the gateway.
public enum ChannelStanding: Sendable, Hashable {
    /// The gateway knows no such trade.
    case unknown
    case waiting
    case paid(ChannelReceipt)
    case closed
}

/// Where a refund stands with the gateway.
public enum ChannelRefundStanding: Sendable, Hashable {
    case unknown
    case working
    case done
    case failed(String)
}

/// What a notification tells.
public enum ChannelNotice: Sendable, Hashable {
    case paid(ChannelReceipt)
    /// Something happened to a refund; it is asked for.
    case refund(String)
    /// Nothing that matters here.
    case other
}

/// Why a gateway could not be asked.
public struct GatewayFailure: Error, Sendable, Hashable {
    /// What happened in a word, as it is kept: `timeout`, or the gateway's own code.
    public let reason: String
    /// Whether another try may succeed.
    public let isPassing: Bool

    public init(_ reason: String, isPassing: Bool) {
        self.reason = reason
        self.isPassing = isPassing
    }
}
