public import Cryptography
import Extension

/// The merchant at WeChat Pay (`payment.wechat`), as the merchant platform shows it.
public struct WeChatSettings: Sendable {
    /// The gateway's address.
    public let url: String
    public let appID: String
    /// 商户号
    public let merchant: String
    /// The serial of the merchant's certificate (证书序列号).
    public let serial: String
    let key: RSASHA256.PrivateKey
    /// The APIv3 key: 32 bytes.
    let secret: [UInt8]
    /// WeChat's public key and its identifier (微信支付公钥).
    let gatewayKeyID: String
    let gatewayKey: RSASHA256.PublicKey

    /// Reads the section; nil when it is empty. What is wrong becomes a finding.
    init?(_ reader: SettingsReader) throws {
        let url = try reader.text("url", default: "https://api.mch.weixin.qq.com", doc: "微信支付接口地址；演练时写演练网关的地址")
        let appID = try reader.text("appID", default: "", doc: "公众号或小程序的 AppID")
        let merchant = try reader.text("merchant", default: "", doc: "商户号")
        let serial = try reader.text("serial", default: "", doc: "商户 API 证书序列号")
        let key = try reader.text("key", default: "", doc: "商户 API 私钥（PEM）", secret: true)
        let secret = try reader.text("secret", default: "", doc: "APIv3 密钥，32 个字符", secret: true)
        let keyID = try reader.text("gatewayKeyID", default: "", doc: "微信支付公钥 ID，PUB_KEY_ID_ 开头")
        let gatewayKey = try reader.text("gatewayKey", default: "", doc: "微信支付公钥（PEM）")
        let values = [appID, merchant, serial, key, secret, keyID, gatewayKey]
        if values.allSatisfy(\.isEmpty) { return nil }
        self.init(
            reader, url: url, appID: appID, merchant: merchant, serial: serial, key: key, secret: secret, keyID: keyID,
            gatewayKey: gatewayKey)
    }

    private init?(
        _ reader: SettingsReader, url: String, appID: String, merchant: String, serial: String, key: String,
        secret: String, keyID: String, gatewayKey: String
    ) {
        func report(_ name: String, _ message: String) {
            reader.report(Finding(reader.place(name), "settings.malformed", message))
        }
        for (name, value) in [("appID", appID), ("merchant", merchant), ("serial", serial), ("gatewayKeyID", keyID)]
        where value.isEmpty {
            report(name, "开通微信支付必须设置 \(name)。")
        }
        let own = try? RSASHA256.PrivateKey(pem: key)
        let theirs = try? RSASHA256.PublicKey(pem: gatewayKey)
        if own == nil { report("key", "商户私钥读不出来，请贴上 apiclient_key.pem 的全部内容。") }
        if theirs == nil { report("gatewayKey", "微信支付公钥读不出来，请贴上 pub_key.pem 的全部内容。") }
        if secret.utf8.count != AES256GCM.keyLength { report("secret", "APIv3 密钥应当是 32 个字符。") }
        if GatewayAddress(url) == nil { report("url", "url 应当是 https:// 开头的地址；http:// 只能用于本机演练。") }
        guard let own, let theirs, secret.utf8.count == AES256GCM.keyLength else { return nil }
        self.init(
            url: url, appID: appID, merchant: merchant, serial: serial, key: own, secret: Array(secret.utf8),
            gatewayKeyID: keyID, gatewayKey: theirs)
    }

    /// Settings made by a program, such as a test.
    public init(
        url: String, appID: String, merchant: String, serial: String, key: RSASHA256.PrivateKey, secret: [UInt8],
        gatewayKeyID: String, gatewayKey: RSASHA256.PublicKey
    ) {
        self.url = url
        self.appID = appID
        self.merchant = merchant
        self.serial = serial
        self.key = key
        self.secret = secret
        self.gatewayKeyID = gatewayKeyID
        self.gatewayKey = gatewayKey
    }
}
