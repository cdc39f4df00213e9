import Cryptography

/// What request and report are signed with: HMAC-SHA256, in hexadecimal, over lines that say what it is about.
struct ProviderSignature: Sendable {
    private let key: [UInt8]

    init(secret: String) { key = Array(secret.utf8) }

    /// The signature of a request: method, path, time in milliseconds, nonce and SHA-256 of the body.
    func request(path: String, timestamp: String, nonce: String, body: [UInt8]) -> String {
        code(["POST", path, timestamp, nonce, Hex.encode(SHA256.hash(body))])
    }

    /// Whether a report's signature is right: the key of the message, what became of it, why, and when.
    func isValid(_ signature: String, ofReport fields: [String]) -> Bool {
        guard let given = try? Hex.decode(signature) else { return false }
        return HMACSHA256.isValid(given, for: Array(fields.joined(separator: "\n").utf8), key: key)
    }

    private func code(_ fields: [String]) -> String {
        Hex.encode(HMACSHA256.authenticate(Array(fields.joined(separator: "\n").utf8), key: key))
    }

    /// The signature of lines under a secret.
    static func code(_ fields: [String], secret: String) -> String { ProviderSignature(secret: secret).code(fields) }
}
