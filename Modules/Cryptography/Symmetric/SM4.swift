/// Authenticated encryption with the SM4 block cipher (分组密码算法, GB/T 32907-2016).
///
/// A box is `version (1) ‖ nonce (16) ‖ SM4-CTR text ‖ HMAC-SM3 code (32)`. The code covers
/// `version ‖ length of the associated text (8, big endian) ‖ associated text ‖ nonce ‖ SM4-CTR text`, and its key and the
/// cipher's key are derived separately. SM4-GCM is not used because OpenSSL 3.0 lacks it.
public enum SM4 {
    /// Length of a nonce, in bytes.
    public static let nonceLength = 16
    /// How much longer a box is than its plain text, in bytes.
    public static let overhead = 1 + nonceLength + SM3.digestLength

    /// Seals a text under a fresh random nonce.
    ///
    /// - Parameters:
    ///   - plain: the text.
    ///   - key: the key; for repeated use prefer ``Cipher``.
    ///   - associated: what the box belongs to, for example its table, column and row; needed again to open it.
    /// - Returns: the box.
    /// - Throws: ``CryptographyError`` with `cryptography.library` if libcrypto fails.
    public static func seal(_ plain: [UInt8], key: SymmetricKey, associated: [UInt8]) throws -> [UInt8] {
        try Cipher(key).seal(plain, associated: associated)
    }

    /// Seals a text under a given nonce, for code that may be retried and so must not draw random bytes.
    ///
    /// - Parameter nonce: 16 bytes from ``SecureRandom``, never used with the same key for another text.
    /// - Throws: ``CryptographyError`` with `cryptography.nonce.length` for a nonce of another length.
    public static func seal(
        _ plain: [UInt8], key: SymmetricKey, associated: [UInt8], nonce: [UInt8]
    ) throws -> [UInt8] {
        try Cipher(key).seal(plain, associated: associated, nonce: nonce)
    }

    /// Opens a box.
    ///
    /// - Throws: ``CryptographyError`` with `cryptography.box.open`, the same for every cause: a changed or cut box,
    ///   another key, another associated text.
    public static func open(_ box: [UInt8], key: SymmetricKey, associated: [UInt8]) throws -> [UInt8] {
        try Cipher(key).open(box, associated: associated)
    }
}
