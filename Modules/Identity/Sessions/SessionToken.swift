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

}
