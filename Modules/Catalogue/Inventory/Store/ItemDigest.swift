import Cryptography

/// Digests of the catalogue: SM3 in hexadecimal.
enum ItemDigest {
    static func of(_ text: String) -> String { Hex.encode(SM3.hash(Array(text.utf8))) }
}
