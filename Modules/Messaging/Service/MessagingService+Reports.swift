public import Extension
import Standards
import Storage

/// What a provider reports of a message (短信回执).
public struct DeliveryReport: SchemaType {
    /// What became of it.
    public enum Status: String, Sendable, CaseIterable {
        case delivered, failed
    }

    /// The key under which it was sent: the delivery's identifier.
    public var requestID = ""
    public var status = Status.delivered
    /// The provider's code for a failure.
    public var reason = ""
    /// When it was reported, in milliseconds since 1970.
    public var timestamp = 0
    /// HMAC-SHA256 in hexadecimal over request_id, status, reason and timestamp, each on a line.
    public var signature = ""

    public init() {}

    public static let schema = Schema<Self> {
        Field("request_id", \.requestID, .text(min: 1, max: 64), doc: "发送时的 request_id")
        Field("status", \.status, .choice, doc: "结果")
        Field("reason", \.reason, .text(max: 40).withDefault, doc: "没有到达的原因代码")
        Field("timestamp", \.timestamp, .integer(in: 0...9_007_199_254_740_991), doc: "回执时间（毫秒）")
        Field(
            "signature", \.signature, .text(min: 64, max: 64),
            doc: "签名：request_id、status、reason、timestamp 各占一行，用密钥做 HMAC-SHA256，写成十六进制")
    }
}

extension MessagingService {
    /// Takes in a provider's report. A report that comes twice, or late, changes nothing.
    ///
    /// - Throws: ``MessagingError`` `bad_signature`; `not_found` for a message that was never sent.
    func take(_ report: DeliveryReport, by act: Act) async throws {
        let fields = [report.requestID, report.status.rawValue, report.reason, "\(report.timestamp)"]
        guard !settings.sms.secret.isEmpty,
            ProviderSignature(secret: settings.sms.secret).isValid(report.signature, ofReport: fields)
        else { throw MessagingError.badSignature }
        guard let id = try? Identifier(report.requestID) else { throw MessagingError.notFound }
        let act = Act(
            actor: .system("messaging.report", terminal: .api), now: act.now, seed: act.seed, requestID: act.requestID)
        try await database.write { transaction in
            let delivery = try store.lock(id, in: transaction)
            // A report may overtake the answer to the request, then the message was sent all the same.
            guard delivery.state == .sent || delivery.state == .sending else { return }
            switch report.status {
            case .delivered:
                try arrive(
                    delivery, isDelivered: true, wasSent: delivery.state == .sending, by: act, in: transaction)
            case .failed:
                try fail(
                    delivery, reason: HTTPChannel.readable(report.reason) ?? "reported_failed", by: act,
                    in: transaction)
            }
        }
    }
}
