import Foundation
public import Extension

/// The settings of the sign-in for other systems (统一身份认证平台对接).
public struct OpenIDSettings: PluginSettings, Hashable {
    /// Our name towards applications: the portal's public address, without a slash at its end.
    public var issuer = ""
    /// How long an access token and an ID token live.
    public var tokenLifetime: Duration = .seconds(600)
    /// How long an application may refresh after the sign-in.
    public var grantLifetime: Duration = .seconds(12 * 3600)
    /// How old a signing key grows before the next one is made.
    public var keyLifetime: Duration = .seconds(90 * 24 * 3600)

    /// The defaults.
    public init() {}

    /// Reads `issuer`, `tokenMinutes`, `grantHours`, `keyDays`.
    public init(from reader: SettingsReader) throws {
        issuer = try reader.text(
            "issuer", default: "", doc: "门户对外的网址，例如 https://ywtb.example.gov.cn；不写就用 http://localhost:端口")
        tokenLifetime = .seconds(60 * (try reader.int("tokenMinutes", default: 10, in: 1...60, doc: "访问令牌有效多少分钟")))
        grantLifetime = .seconds(
            3600 * (try reader.int("grantHours", default: 12, in: 1...24, doc: "登录后其他系统最长可续期多少小时")))
        keyLifetime = .seconds(86_400 * (try reader.int("keyDays", default: 90, in: 2...366, doc: "签名密钥多少天更换一次")))
        if !issuer.isEmpty, let fault = WebAddress.fault(issuer, isOrigin: true) {
            reader.report(Finding(reader.place("issuer"), "settings.issuer", "issuer 不对：\(fault)"))
        }
    }
}
