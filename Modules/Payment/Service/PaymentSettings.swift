public import Extension
public import Standards

/// Settings of payment (`payment`).
public struct PaymentSettings: PluginSettings {
    /// For how many minutes a QR code can be paid.
    public var attemptMinutes = 15
    /// Above this amount, in fen, a second person must agree to a refund that somebody asks for.
    public var secondPersonAbove = Money(fen: 50_000)
    /// The site's address as channels reach it, such as `https://ycb.example.gov.cn`; empty without online channels.
    public var address = ""
    /// The merchant at WeChat Pay; nil for none.
    public var wechat: WeChatSettings?
    /// The merchant at Alipay; nil for none.
    public var alipay: AlipaySettings?

    public init() {}

    /// The gateways of the merchants that are set.
    ///
    /// - Throws: ``PaymentError`` for an address that can't be used; reading the settings has found it before.
    public var channels: [any PaymentChannel] {
        get throws {
            let site = GatewayAddress(address)?.text ?? ""
            return try [
                wechat.map { try WeChatPay($0, site: site) as any PaymentChannel },
                alipay.map { try Alipay($0, site: site) as any PaymentChannel },
            ].compactMap { $0 }
        }
    }

    public init(from reader: SettingsReader) throws {
        attemptMinutes = try reader.int("attemptMinutes", default: 15, in: 2...120, doc: "付款二维码几分钟内有效")
        let limit = try reader.int(
            "secondPersonAbove", default: 500, in: 0...1_000_000, doc: "退费超过多少元须由另一人复核")
        secondPersonAbove = Money(fen: Int64(limit) * 100)
        address = try reader.text(
            "address", default: "", doc: "本站对外的网址，支付渠道向它发送通知，例如 https://ycb.example.gov.cn；开通网上支付必填")
        wechat = try Self.merchant(reader, "wechat", doc: "微信支付商户", WeChatSettings.init)
        alipay = try Self.merchant(reader, "alipay", doc: "支付宝商户", AlipaySettings.init)
        if wechat != nil || alipay != nil, GatewayAddress(address) == nil {
            reader.report(
                Finding(
                    reader.place("address"), "settings.required",
                    "开通网上支付时必须设置 address，写 https:// 开头的网址；http:// 只能用于本机演练。"))
        }
    }

    private static func merchant<M>(
        _ reader: SettingsReader, _ key: String, doc: String, _ make: (SettingsReader) throws -> M?
    ) throws -> M? {
        try make(reader.section(key, doc: doc))
    }
}

/// An address of a gateway or of this site: `https://`, or `http://` on this very machine for rehearsals; without a final
/// slash.
struct GatewayAddress: Sendable, Hashable {
    let text: String

    init?(_ text: String) {
        let trimmed = text.hasSuffix("/") ? String(text.dropLast()) : text
        if trimmed.hasPrefix("https://"), trimmed.utf8.count > 8 {
            self.text = trimmed
            return
        }
        let local = ["http://127.0.0.1", "http://localhost", "http://[::1]"]
        guard local.contains(where: { trimmed == $0 || trimmed.hasPrefix("\($0):") || trimmed.hasPrefix("\($0)/") })
        else { return nil }
        self.text = trimmed
    }
}
