import Cryptography
import Extension
import Storage

/// 256 random bits that somebody bears: a code, an access token, a refresh token, a client's secret. Only their SM3 hash
/// is stored, which suffices for what nobody can guess.
struct SecretToken: Sendable {
    private let bytes: [UInt8]

    init(_ label: String, by act: Act) { bytes = act.seed.bytes(label, count: 32) }

    /// Reads a token; nil for anything that can't be one.
    init?(_ text: String) {
        guard text.utf8.count == 43, let bytes = try? Base64URL.decode(text), bytes.count == 32 else { return nil }
        self.bytes = bytes
    }

    var text: String { Base64URL.encode(bytes) }

    /// What is stored.
    var hash: [UInt8] { SM3.hash(bytes) }
}
