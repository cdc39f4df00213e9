import CLibCrypto

/// AES-256 in Galois/counter mode (NIST SP 800-38D), for partners whose interfaces demand it: WeChat Pay encrypts its
/// notifications so. What we keep ourselves is sealed with ``SM4``.
public enum AES256GCM {
    /// Length of a key, in bytes.
    public static let keyLength = 32
    /// Length of a nonce, in bytes.
    public static let nonceLength = 12
    /// Length of the tag behind the cipher text, in bytes.
    public static let tagLength = 16

    /// Encrypts.
    ///
    /// - Parameters:
    ///   - plain: the text.
    ///   - key: 32 bytes.
    ///   - nonce: 12 bytes, never twice with one key.
    ///   - associated: authenticated along with it.
    /// - Returns: the cipher text with the tag behind it.
    /// - Throws: ``CryptographyError`` with `cryptography.key.length`, `cryptography.box.open` for another nonce length,
    ///   or `cryptography.library`.
    public static func seal(_ plain: [UInt8], key: [UInt8], nonce: [UInt8], associated: [UInt8]) throws -> [UInt8] {
        let operation = "AES256GCM.seal"
        let context = try begun(key: key, nonce: nonce, encrypts: true, operation)
        defer { EVP_CIPHER_CTX_free(context) }
        var output = [UInt8](repeating: 0, count: plain.count)
        var written: Int32 = 0
        try LibCrypto.check(
            EVP_CipherUpdate(context, nil, &written, associated, Int32(associated.count)), operation)
        try LibCrypto.check(EVP_CipherUpdate(context, &output, &written, plain, Int32(plain.count)), operation)
        var rest = [UInt8](repeating: 0, count: 16)
        try LibCrypto.check(EVP_CipherFinal_ex(context, &rest, &written), operation)
        var tag = [UInt8](repeating: 0, count: tagLength)
        try LibCrypto.check(
            EVP_CIPHER_CTX_ctrl(context, EVP_CTRL_AEAD_GET_TAG, Int32(tagLength), &tag), operation)
        return output + tag
    }

    /// Decrypts what ``seal(_:key:nonce:associated:)`` gives.
    ///
    /// - Throws: ``CryptographyError`` with `cryptography.box.open` when anything was changed or the key is another,
    ///   `cryptography.key.length` for a key of another length.
    public static func open(_ box: [UInt8], key: [UInt8], nonce: [UInt8], associated: [UInt8]) throws -> [UInt8] {
        let operation = "AES256GCM.open"
        guard box.count >= tagLength else {
            throw CryptographyError(.boxOpen, operation: operation, detail: "shorter than its tag")
        }
        let context = try begun(key: key, nonce: nonce, encrypts: false, operation)
        defer {
            EVP_CIPHER_CTX_free(context)
            ERR_clear_error()
        }
        let cipher = Array(box.dropLast(tagLength))
        var tag = Array(box.suffix(tagLength))
        var output = [UInt8](repeating: 0, count: cipher.count)
        var written: Int32 = 0
        try LibCrypto.check(
            EVP_CipherUpdate(context, nil, &written, associated, Int32(associated.count)), operation)
        try LibCrypto.check(EVP_CipherUpdate(context, &output, &written, cipher, Int32(cipher.count)), operation)
        try LibCrypto.check(
            EVP_CIPHER_CTX_ctrl(context, EVP_CTRL_AEAD_SET_TAG, Int32(tagLength), &tag), operation)
        var rest = [UInt8](repeating: 0, count: 16)
        guard EVP_CipherFinal_ex(context, &rest, &written) == 1 else {
            throw CryptographyError(.boxOpen, operation: operation, detail: "the tag does not fit")
        }
        return output
    }

    private static func begun(
        key: [UInt8], nonce: [UInt8], encrypts: Bool, _ operation: String
    ) throws -> OpaquePointer {
        guard key.count == keyLength else {
            throw CryptographyError(.keyLength, operation: operation, detail: "\(key.count) bytes given")
        }
        guard nonce.count == nonceLength else {
            throw CryptographyError(.boxOpen, operation: operation, detail: "a nonce of \(nonce.count) bytes")
        }
        let context = try LibCrypto.check(EVP_CIPHER_CTX_new(), operation)
        guard EVP_CipherInit_ex2(context, Algorithms.aes256GCM.pointer, key, nonce, encrypts ? 1 : 0, nil) == 1 else {
            EVP_CIPHER_CTX_free(context)
            throw LibCrypto.failure(operation, code: .library)
        }
        return context
    }
}
