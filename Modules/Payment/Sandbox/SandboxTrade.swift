import Standards

/// A trade at the rehearsal gateway.
struct SandboxTrade: Sendable {
    let number: String
    let channel: ChannelID
    let amount: Money
    let title: String
    let type: String
    let expires: Instant
    let notifyURL: String
    /// What the QR code holds, or the end of the cashier page's address.
    let code: String
    var isClosed = false
    var transaction = ""
    var paid: Instant?
    var refunds: [SandboxRefund] = []

    var refunded: Money { Money(fen: refunds.reduce(0) { $0 + $1.amount.fen }) }

    /// Whether it can still be paid.
    func isOpen(at now: Instant) -> Bool { !isClosed && paid == nil && now < expires }
}

/// A refund at the rehearsal gateway.
struct SandboxRefund: Sendable {
    let id: String
    let amount: Money
    let asked: Instant
    /// When it is done.
    let done: Instant
}

/// A notification that the rehearsal gateway is to send.
public struct SandboxNotice: Sendable {
    let id: Int
    let channel: ChannelID
    let number: String
    /// The amount that it names.
    let amount: Money
    /// The refund that it tells of; nil for a payment.
    let refund: String?
    var due: Instant
    var tries = 0

    /// After how many seconds it is tried again (15s/15s/30s/3m/10m/20m/30m…, both gateways alike for rehearsals).
    static let ladder = [15, 15, 30, 180, 600, 1200, 1800, 1800, 1800, 3600, 10_800, 10_800, 10_800, 21_600, 21_600]
}

/// A notification as it goes out.
public struct SandboxPost: Sendable {
    public let id: Int
    public let url: String
    public let headers: [String: String]
    public let body: [UInt8]
}
