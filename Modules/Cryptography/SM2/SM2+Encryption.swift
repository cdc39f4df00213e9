import CLibCrypto

extension SM2.PublicKey {
    /// Encrypts a short secret, such as a key, so that only the holder of the private half reads it (GB/T 32918.4).
    ///
    /// It proves nothing about the sender: whoever sends it signs it too. Never call it inside a storage write closure,
    /// since every call draws a new random number.
    ///
    /// - Parameter plain: at least one byte; longer texts belong under a key of their own (数字信封).
    /// - Returns: the cipher text in DER (GB/T 35276-2017 §7.2).
    /// - Throws: ``CryptographyError`` with `cryptography.library` if libcrypto fails.
    public func encrypt(_ plain: [UInt8]) throws -> [UInt8] {
        let operation = "EVP_PKEY_encrypt"
        let context = try LibCrypto.check(EVP_PKEY_CTX_new_from_pkey(nil, object.pointer, nil), operation)
        defer { EVP_PKEY_CTX_free(context) }
        try LibCrypto.check(EVP_PKEY_encrypt_init(context), operation)
        var length = 0
        try LibCrypto.check(EVP_PKEY_encrypt(context, nil, &length, plain, plain.count), operation)
        var cipher = [UInt8](repeating: 0, count: length)
        try LibCrypto.check(EVP_PKEY_encrypt(context, &cipher, &length, plain, plain.count), operation)
        cipher.removeLast(cipher.count - length)
        return cipher
    }
}

extension SM2.PrivateKey {
    /// Reads what was encrypted for this key.
    ///
    /// - Throws: ``CryptographyError`` with `cryptography.box.open`, the same for every cause: a changed or cut text,
    ///   another key.
    public func decrypt(_ cipher: [UInt8]) throws -> [UInt8] {
        let operation = "EVP_PKEY_decrypt"
        let context = try LibCrypto.check(EVP_PKEY_CTX_new_from_pkey(nil, object.pointer, nil), operation)
        defer { EVP_PKEY_CTX_free(context) }
        try LibCrypto.check(EVP_PKEY_decrypt_init(context), operation)
        var length = 0
        try LibCrypto.check(
            EVP_PKEY_decrypt(context, nil, &length, cipher, cipher.count), operation, code: .boxOpen)
        var plain = [UInt8](repeating: 0, count: length)
        try LibCrypto.check(
            EVP_PKEY_decrypt(context, &plain, &length, cipher, cipher.count), operation, code: .boxOpen)
        plain.removeLast(plain.count - length)
        return plain
    }
}
