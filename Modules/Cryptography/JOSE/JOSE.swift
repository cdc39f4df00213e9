/// Signatures for the web's tokens (JSON Object Signing and Encryption, RFC 7515, 7517, 7518) and for passkeys.
///
/// Exactly two algorithms, over libcrypto: no `none`, no HMAC, no encryption. A key knows its one algorithm, so that no
/// header of a message can choose another. JSON is read by the modules above, which own a strict parser.
public enum JOSE {
    /// An algorithm of signatures; the raw value is its name in the field `alg`.
    public enum Algorithm: String, Sendable, CaseIterable {
        /// ECDSA on P-256 with SHA-256 (RFC 7518 §3.4).
        case es256 = "ES256"
        /// RSASSA-PKCS1-v1_5 with SHA-256 (RFC 7518 §3.3), keys of 2048 to 4096 bits.
        case rs256 = "RS256"
    }

    /// Length of a coordinate, and of each half of an ES256 signature, in bytes.
    static let coordinateLength = 32
    /// The lengths of an RSA modulus that are accepted, in bits.
    static let modulusBits: ClosedRange<Int32> = 2048...4096
}
