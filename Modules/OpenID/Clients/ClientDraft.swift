public import Cryptography
import Extension

/// An application that is to be registered.
public struct ClientDraft: Sendable, Hashable {
    public var name = ""
    public var audience = OpenIDClient.Audience.person
    public var scopes: Set<OpenIDScope> = [.openid, .profile]
    public var redirects: [String] = []
    public var logoutRedirects: [String] = []
    public var backchannel: String?
    /// Shared with other systems of the same department; the host of the redirects when it is nil.
    public var sector: String?
    /// Its public keys; none means that it gets a secret.
    public var keys: [JSONWebKey] = []
    public var algorithm = JOSE.Algorithm.rs256

    public init() {}

    var method: OpenIDClient.Method { keys.isEmpty ? .secret : .key }

    /// The sector, which must not depend on which of several hosts was named first.
    var ownSector: String { sector ?? WebAddress.host(of: redirects.first ?? "") }

    /// Everything that is wrong with it.
    var findings: [Finding] {
        var findings: [Finding] = []
        func add(_ field: String, _ message: String) { findings.append(Finding(field, "openid.client", message)) }
        if !(2...40).contains(name.count) { add("name", "名称应为 2 到 40 个字，办事人在授权页上会看到它。") }
        if redirects.isEmpty { add("redirect", "至少要有一个登录后返回的网址。") }
        if redirects.count > 20 || logoutRedirects.count > 20 { add("redirect", "返回的网址最多 20 个。") }
        for (field, addresses) in [
            ("redirect", redirects), ("logout-redirect", logoutRedirects),
            ("backchannel", backchannel.map { [$0] } ?? []),
        ] {
            for address in addresses {
                if let fault = WebAddress.fault(address) { add(field, "\(address)：\(fault)") }
            }
        }
        if sector == nil, Set(redirects.map(WebAddress.host)).count > 1 {
            add("sector", "返回的网址在几个不同的主机上，请用 --sector 写明一个共用的名称。")
        }
        if let sector, !(1...100).contains(sector.utf8.count) || !sector.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F }) {
            add("sector", "sector 应为 1 到 100 个英文字符。")
        }
        if scopes.contains(.staff), audience == .person { add("scope", "staff 这一项只给工作人员使用的系统。") }
        return findings
    }
}
