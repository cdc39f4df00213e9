import Cryptography

/// 256 random bits that prove a session; only their SM3 hash is stored.
struct SessionToken: Sendable {
    private let bytes: [UInt8]

    init(bytes: [UInt8]) { self.bytes = bytes }

    /// Reads a token; nil for anything that can't be one.
    init?(_ text: String) {
        guard text.utf8.count == 43, let bytes = try? Base64URL.decode(text), bytes.count == 32 else { return nil }
        self.bytes = bytes
    }

    var text: String { Base64URL.encode(bytes) }

    /// What is stored.
    var hash: [UInt8] { SM3.hash(bytes) }

    /// The token of forms: an HMAC under the session token, so that it needs no storage and tells nothing about it.
    var csrf: String { Base64URL.encode(HMACSM3.authenticate(Array("yiciban.csrf".utf8), key: bytes)) }
}

extension IdentityService {
    /// The token that the forms of a session carry; nil for a text that is no session token.
    public static func csrfToken(forSession token: String) -> String? { SessionToken(token)?.csrf }

    /// Whether a form's token belongs to the session; compares in constant time.
    public static func isCSRFToken(_ candidate: String, ofSession token: String) -> Bool {
        guard let expected = SessionToken(token)?.csrf else { return false }
        return ConstantTime.equal(Array(candidate.utf8), Array(expected.utf8))
    }
}
