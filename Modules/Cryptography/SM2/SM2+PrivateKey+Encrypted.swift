import CLibCrypto

extension SM2.PrivateKey {
    /// A key from encrypted PKCS#8 in DER.
    ///
    /// - Throws: ``CryptographyError`` with `cryptography.key.format` if the bytes are not encrypted PKCS#8, or with
    ///   `cryptography.key.passphrase` if the passphrase does not open them.
    public convenience init(encryptedDER der: [UInt8], passphrase: String) throws {
        let operation = "SM2.PrivateKey.init(encryptedDER:)"
        let envelope = try LibCrypto.check(
            LibCrypto.decode(der, free: X509_SIG_free) { d2i_X509_SIG(nil, $0, $1) }, operation,
            code: .keyFormat)
        defer { X509_SIG_free(envelope) }
        let secret = Array(passphrase.utf8CString)
        let info = try LibCrypto.check(
            PKCS8_decrypt(envelope, secret, Int32(secret.count - 1)), operation, code: .keyPassphrase)
        defer { PKCS8_PRIV_KEY_INFO_free(info) }
        try self.init(object: KeyObject.adopt(EVP_PKCS82PKEY(info), isPrivate: true, operation: operation))
    }

    /// The key pair as encrypted PKCS#8 in PEM text (`ENCRYPTED PRIVATE KEY`): PBES2 with scrypt and SM4-CBC.
    ///
    /// scrypt runs with N = 2¹⁴, the most that libcrypto's memory limit lets it read back.
    ///
    /// - Throws: ``CryptographyError`` with `cryptography.library` if libcrypto fails.
    public func pkcs8(passphrase: String) throws -> String {
        let operation = "SM2.PrivateKey.pkcs8"
        let info = try LibCrypto.check(EVP_PKEY2PKCS8(object.pointer), operation)
        defer { PKCS8_PRIV_KEY_INFO_free(info) }
        var salt = SecureRandom.bytes(16)
        var nonce = SecureRandom.bytes(16)
        let scheme = PKCS5_pbe2_set_scrypt(
            Algorithms.sm4CBC.pointer, &salt, Int32(salt.count), &nonce, 1 << 14, 8, 1)
        guard let scheme else { throw LibCrypto.failure(operation, code: .library) }
        let secret = Array(passphrase.utf8CString)
        guard let envelope = PKCS8_set0_pbe(secret, Int32(secret.count - 1), info, scheme) else {
            X509_ALGOR_free(scheme)
            throw LibCrypto.failure(operation, code: .library)
        }
        defer { X509_SIG_free(envelope) }
        return PEM(
            label: "ENCRYPTED PRIVATE KEY", bytes: try LibCrypto.encode(operation) { i2d_X509_SIG(envelope, $0) }
        )
        .text
    }
}
