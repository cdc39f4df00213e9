/// One cookie to set: always `HttpOnly`, `SameSite=Lax`, for the whole site.
public struct CookieValue: Sendable {
    let name: String
    let value: String
    let maximumAge: Int?
    let isSecure: Bool
    let isReadableByScripts: Bool

    /// - Parameters:
    ///   - name: letters, digits, hyphens and underscores.
    ///   - value: visible ASCII without separators, such as a token.
    ///   - maximumAge: in seconds; nil until the browser closes, 0 to forget the cookie.
    ///   - isSecure: whether the browser sends it over TLS only.
    ///   - isReadableByScripts: leaves `HttpOnly` out, for a choice that is no secret.
    public init(
        _ name: String, _ value: String, maximumAge: Int? = nil, isSecure: Bool, isReadableByScripts: Bool = false
    ) {
        self.name = name
        self.value = value
        self.maximumAge = maximumAge
        self.isSecure = isSecure
        self.isReadableByScripts = isReadableByScripts
    }

    var header: String {
        var text = "\(Self.clean(name))=\(Self.clean(value)); Path=/; SameSite=Lax"
        if let maximumAge { text += "; Max-Age=\(maximumAge)" }
        if isSecure { text += "; Secure" }
        if !isReadableByScripts { text += "; HttpOnly" }
        return text
    }

    private static func clean(_ text: String) -> String {
        String(decoding: text.utf8.filter { $0 > 0x20 && $0 < 0x7F && !Self.separators.contains($0) }, as: UTF8.self)
    }

    private static let separators = Set(";,\"\\".utf8)
}

/// The names of our cookies; over TLS with the prefix `__Host-`, which browsers bind to this host and to TLS.
struct CookieNames: Sendable {
    let session: String
    let visitor: String

    init(isSecure: Bool) {
        let prefix = isSecure ? "__Host-" : ""
        session = prefix + "yiciban-session"
        visitor = prefix + "yiciban-visitor"
    }
}

/// Finds a cookie in a `Cookie` header (RFC 6265 §4.2) without building a table of all of them.
///
/// - Returns: nil when it is missing; the first when it was sent twice.
func cookie(_ name: String, in header: String) -> String? {
    for pair in header.utf8.split(separator: UInt8(ascii: ";")) {
        let pair = pair.drop { $0 == UInt8(ascii: " ") }
        guard pair.starts(with: name.utf8) else { continue }
        let rest = pair.dropFirst(name.utf8.count)
        if rest.first == UInt8(ascii: "=") { return String(Substring(rest.dropFirst())) }
    }
    return nil
}
