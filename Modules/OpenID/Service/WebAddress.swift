import Foundation

/// The addresses of other systems, judged once when they are registered and compared byte by byte afterwards.
enum WebAddress {
    /// What is wrong with an address, in Chinese; nil when it is sound.
    ///
    /// Sound is `https` with a host, `http` for this machine alone; nothing that readers of addresses disagree about: no
    /// user, no fragment, no wildcard, no backslash, no path that climbs, ASCII only.
    ///
    /// - Parameter isOrigin: allows neither path nor query.
    static func fault(_ text: String, isOrigin: Bool = false) -> String? {
        guard text.utf8.count <= 500, text.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F }) else {
            return "网址最多 500 个字符，只能用英文字符，不能有空格。"
        }
        if text.contains(where: { "\\*#<>\"`{}|^".contains($0) }) { return "网址里不能有 \\ * # 等字符。" }
        guard let parts = URLComponents(string: text), let scheme = parts.scheme, let host = parts.host, !host.isEmpty
        else { return "应当是完整的网址，例如 https://app.example.gov.cn/callback。" }
        guard text.hasPrefix("https://") || text.hasPrefix("http://"), ["http", "https"].contains(scheme) else {
            return "网址应当以 https:// 开头。"
        }
        if scheme == "http", !isLoopback(host) { return "除了本机调试，网址应当以 https:// 开头。" }
        if parts.user != nil || parts.password != nil
            || text.dropFirst(scheme.count + 3).prefix(while: { $0 != "/" }).contains("@")
        {
            return "网址里不能有用户名。"
        }
        if host != host.lowercased() { return "主机名请用小写。" }
        if parts.percentEncodedPath.split(separator: "/").contains(where: { $0 == ".." || $0 == "." }) {
            return "网址里不能有 . 或 .. 这样的路径。"
        }
        if isOrigin, !parts.path.isEmpty || parts.query != nil { return "只写到主机和端口，末尾不要斜线。" }
        return nil
    }

    /// Scheme, host and port, as browsers name an origin.
    static func origin(of text: String) -> String {
        guard let parts = URLComponents(string: text), let scheme = parts.scheme, let host = parts.host else {
            return ""
        }
        return "\(scheme)://\(host)" + (parts.port.map { ":\($0)" } ?? "")
    }

    /// The host without its port.
    static func host(of text: String) -> String { URLComponents(string: text)?.host ?? "" }

    /// Adds parameters to an address, which keeps the query that it has.
    static func adding(_ parameters: [(String, String)], to text: String) -> String {
        let pairs = parameters.map { "\(encode($0))=\(encode($1))" }.joined(separator: "&")
        if pairs.isEmpty { return text }
        return text + (text.contains("?") ? (text.hasSuffix("?") || text.hasSuffix("&") ? "" : "&") : "?") + pairs
    }

    private static func isLoopback(_ host: String) -> Bool {
        ["localhost", "127.0.0.1", "[::1]", "::1"].contains(host)
    }

    private static func encode(_ text: String) -> String {
        text.utf8.map { byte -> String in
            let character = Character(Unicode.Scalar(byte))
            if byte < 0x80, character.isLetter || character.isNumber || "-._~".contains(character) {
                return String(character)
            }
            let hex = String(byte, radix: 16, uppercase: true)
            return "%" + (hex.count == 1 ? "0" : "") + hex
        }.joined()
    }
}
