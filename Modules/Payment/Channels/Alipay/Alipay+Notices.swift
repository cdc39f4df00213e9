import Cryptography
public import Extension
public import Standards

extension Alipay {
    /// How old a notification may be: Alipay tries again for about 25 hours.
    private static let longestTries = 26 * 3600

    /// The fields in which a trade across a border names its currency; others have none and are in yuan.
    private static let currencies = ["trans_currency", "settle_currency"]

    public func read(_ message: WireMessage, at now: Instant) throws -> ChannelNotice {
        guard let text = String(validating: message.body, as: UTF8.self), let fields = GatewayText.form(text),
            fields["sign_type"] == "RSA2", let signature = fields["sign"].flatMap({ GatewayText.bytes(base64: $0) }),
            settings.gatewayKey.isValid(
                signature, for: AlipaySignature.text(of: fields, without: ["sign", "sign_type"])),
            fields["app_id"] == settings.appID, fields["seller_id"] == settings.seller,
            let told = fields["notify_time"].flatMap(GatewayText.instant(plain:)),
            told <= now.adding(.seconds(300)), told >= now.adding(.seconds(-Self.longestTries))
        else { throw PaymentError.unproven }
        // A refund is told with the trade's own state; it is asked for.
        if let refund = fields["out_biz_no"], fields["refund_fee"] != nil { return .refund(refund) }
        switch fields["trade_status"] {
        case "TRADE_SUCCESS", "TRADE_FINISHED":
            guard let number = fields["out_trade_no"], let gatewayNumber = fields["trade_no"], !gatewayNumber.isEmpty,
                Self.currencies.allSatisfy({ fields[$0] ?? "CNY" == "CNY" }),
                let amount = fields["total_amount"].flatMap({ try? Money(yuan: $0) }), amount > .zero,
                let paid = fields["gmt_payment"].flatMap(GatewayText.instant(plain:))
            else { throw PaymentError.unproven }
            return .paid(ChannelReceipt(number: number, gatewayNumber: gatewayNumber, amount: amount, paid: paid))
        default: return .other
        }
    }

    public func answer(isTaken: Bool) -> RawReply {
        RawReply(status: 200, contentType: "text/plain", body: Array((isTaken ? "success" : "fail").utf8))
    }
}
