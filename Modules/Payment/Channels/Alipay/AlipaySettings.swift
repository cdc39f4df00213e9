public import Cryptography
import Extension

/// The merchant at Alipay (`payment.alipay`), as the open platform shows it.
public struct AlipaySettings: Sendable {
    /// The gateway's address, with its path.
    public let url: String
    public let appID: String
    /// The merchant's own number (卖家 PID), which notifications name.
    public let seller: String
    let key: RSASHA256.PrivateKey
    let gatewayKey: RSASHA256.PublicKey

    /// Reads the section; nil when it is empty. What is wrong becomes a finding.
    init?(_ reader: SettingsReader) throws {
        let url = try reader.text(
            "url", default: "https://openapi.alipay.com/gateway.do", doc: "支付宝网关地址；演练时写演练网关的地址")
        let appID = try reader.text("appID", default: "", doc: "应用的 AppID")
        let seller = try reader.text("seller", default: "", doc: "收款账号的 PID，2088 开头")
        let key = try reader.text("key", default: "", doc: "应用私钥", secret: true)
        let gatewayKey = try reader.text("gatewayKey", default: "", doc: "支付宝公钥")
        if [appID, seller, key, gatewayKey].allSatisfy(\.isEmpty) { return nil }
        func report(_ name: String, _ message: String) {
            reader.report(Finding(reader.place(name), "settings.malformed", message))
        }
        for (name, value) in [("appID", appID), ("seller", seller)] where value.isEmpty {
            report(name, "开通支付宝必须设置 \(name)。")
        }
        let own = try? RSASHA256.PrivateKey(pem: key)
        let theirs = try? RSASHA256.PublicKey(pem: gatewayKey)
        if own == nil { report("key", "应用私钥读不出来，请贴上密钥工具导出的全部内容。") }
        if theirs == nil { report("gatewayKey", "支付宝公钥读不出来，请从开放平台复制支付宝公钥（不是应用公钥）。") }
        if GatewayAddress(url) == nil { report("url", "url 应当是 https:// 开头的地址；http:// 只能用于本机演练。") }
        guard let own, let theirs else { return nil }
        self.init(url: url, appID: appID, seller: seller, key: own, gatewayKey: theirs)
    }

    /// Settings made by a program, such as a test.
    public init(
        url: String, appID: String, seller: String, key: RSASHA256.PrivateKey, gatewayKey: RSASHA256.PublicKey
    ) {
        self.url = url
        self.appID = appID
        self.seller = seller
        self.key = key
        self.gatewayKey = gatewayKey
    }
}
