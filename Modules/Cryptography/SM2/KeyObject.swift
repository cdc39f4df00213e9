import CLibCrypto

/// libcrypto's `EVP_PKEY`, checked to be an SM2 key, and what both halves of a key pair do with it.
enum KeyObject {
    /// Takes ownership of a decoded key if it is a sound SM2 key.
    ///
    /// - Parameter isPrivate: whether the private half must be there, in range, and belong to the public half.
    /// - Throws: ``CryptographyError`` with `cryptography.key.format`.
    static func adopt(_ key: OpaquePointer?, isPrivate: Bool, operation: String) throws -> SharedObject {
        let owned = SharedObject(try LibCrypto.check(key, operation, code: .keyFormat)) { EVP_PKEY_free($0) }
        guard EVP_PKEY_is_a(owned.pointer, "SM2") == 1 else {
            throw CryptographyError(.keyFormat, operation: operation, detail: "not an SM2 key")
        }
        let context = try LibCrypto.check(EVP_PKEY_CTX_new_from_pkey(nil, owned.pointer, nil), operation)
        defer { EVP_PKEY_CTX_free(context) }
        // The curve's cofactor is 1, so every point on it but infinity has the right order: the quick check suffices.
        try LibCrypto.check(
            isPrivate ? EVP_PKEY_check(context) : EVP_PKEY_public_check_quick(context), operation, code: .keyFormat)
        return owned
    }

    /// The point `04 ‖ x ‖ y`, whichever form the key came in.
    static func point(of key: OpaquePointer) throws -> [UInt8] {
        try [0x04] + coordinate("qx", of: key) + coordinate("qy", of: key)
    }

    private static func coordinate(_ name: String, of key: OpaquePointer) throws -> [UInt8] {
        var number: OpaquePointer?
        try LibCrypto.check(EVP_PKEY_get_bn_param(key, name, &number), "EVP_PKEY_get_bn_param", code: .keyFormat)
        defer { BN_free(number) }
        var bytes = [UInt8](repeating: 0, count: SM2.scalarLength)
        let written = BN_bn2binpad(number, &bytes, Int32(bytes.count))
        try LibCrypto.check(written, "BN_bn2binpad", code: .keyFormat)
        return bytes
    }

    /// Lends a digest context that is bound to the key and the signer's identifier.
    ///
    /// The identifier is always set: libcrypto would otherwise sign with an empty one.
    static func withSigningContext<Result>(
        of key: OpaquePointer, id: String, _ body: (OpaquePointer) throws -> Result
    ) throws -> Result {
        let identifier = Array(id.utf8)
        guard identifier.count <= SM2.maximumIDLength else {
            throw CryptographyError(.identifierLength, operation: "SM2", detail: "\(identifier.count) bytes given")
        }
        let keyContext = try LibCrypto.check(EVP_PKEY_CTX_new_from_pkey(nil, key, nil), "EVP_PKEY_CTX_new_from_pkey")
        // Freed by us after the digest context, because EVP_MD_CTX_set_pkey_ctx only lends it.
        defer { EVP_PKEY_CTX_free(keyContext) }
        let context = try LibCrypto.check(EVP_MD_CTX_new(), "EVP_MD_CTX_new")
        defer { EVP_MD_CTX_free(context) }
        try LibCrypto.check(
            EVP_PKEY_CTX_set1_id(keyContext, identifier, Int32(identifier.count)), "EVP_PKEY_CTX_set1_id")
        EVP_MD_CTX_set_pkey_ctx(context, keyContext)
        return try body(context)
    }
}
