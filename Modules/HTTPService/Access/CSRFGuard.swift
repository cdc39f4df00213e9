import HTTPTypes
import PluginKit

/// Protects people who are signed in by a cookie from forms on other sites (cross-site request forgery).
///
/// The token is a keyed digest of the session's token, or of a random visitor cookie before signing in, so nothing is
/// stored and a token is worth nothing in another session.
struct CSRFGuard: Sendable {
    let cipher: FieldCipher
    let cookies: CookieNames

    /// The token for pages and scripts of this caller; nil when the caller has neither session nor visitor cookie.
    func token(for exchange: Exchange) -> String? { secret(of: exchange).map(token(forSecret:)) }

    func token(forSecret secret: String) -> String {
        cipher.digest(Array(secret.utf8), purpose: "http.csrf").prefix(20).map { byte in
            String(byte >> 4, radix: 16) + String(byte & 15, radix: 16)
        }.joined()
    }

    /// Whether a token that came with a request is the caller's, compared in constant time.
    func accepts(_ token: String, from exchange: Exchange) -> Bool {
        // Browsers say where a request comes from; another site never has a reason to post to us.
        if let site = exchange.headers[.fetchSite], site == "cross-site" { return false }
        guard let expected = self.token(for: exchange), expected.utf8.count == token.utf8.count else { return false }
        return zip(expected.utf8, token.utf8).reduce(UInt8(0)) { $0 | ($1.0 ^ $1.1) } == 0
    }

    private func secret(of exchange: Exchange) -> String? {
        exchange.caller.credential == .cookie ? exchange.caller.token : exchange.cookie(cookies.visitor)
    }
}
