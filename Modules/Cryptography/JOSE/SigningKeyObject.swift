import CLibCrypto

/// libcrypto's `EVP_PKEY`, checked to be a key of P-256 or RSA.
enum SigningKeyObject {
    static func malformed(_ detail: String) -> CryptographyError {
        CryptographyError(.signingKey, operation: "JOSE key", detail: detail)
    }

    /// Takes ownership of a decoded key if it is sound.
    ///
    /// - Throws: ``CryptographyError`` with `cryptography.key.signing`.
    static func adopt(_ key: OpaquePointer?, isPrivate: Bool, operation: String) throws -> SharedObject {
        let owned = SharedObject(try LibCrypto.check(key, operation, code: .signingKey)) { EVP_PKEY_free($0) }
        let context = try LibCrypto.check(EVP_PKEY_CTX_new_from_pkey(nil, owned.pointer, nil), operation)
        defer { EVP_PKEY_CTX_free(context) }
        // P-256 has cofactor 1, so the quick check suffices for it; for RSA both checks look at size and exponent.
        try LibCrypto.check(
            isPrivate ? EVP_PKEY_pairwise_check(context) : EVP_PKEY_public_check_quick(context), operation,
            code: .signingKey)
        _ = try describe(owned.pointer)
        return owned
    }

    /// The key's algorithm and numbers; refuses other curves and weak or outsized RSA keys.
    static func describe(_ key: OpaquePointer) throws -> (JOSE.Algorithm, JOSE.Parameters) {
        if EVP_PKEY_is_a(key, "EC") == 1 {
            var name = [CChar](repeating: 0, count: 64)
            var length = 0
            guard EVP_PKEY_get_group_name(key, &name, name.count, &length) == 1,
                String(decoding: name.prefix(length).map { UInt8(bitPattern: $0) }, as: UTF8.self) == "prime256v1"
            else { throw malformed("not on the curve P-256") }
            let x = try number("qx", of: key, count: JOSE.coordinateLength)
            let y = try number("qy", of: key, count: JOSE.coordinateLength)
            return (.es256, .point(x: x, y: y))
        }
        guard EVP_PKEY_is_a(key, "RSA") == 1 else { throw malformed("neither EC nor RSA") }
        guard JOSE.modulusBits.contains(EVP_PKEY_get_bits(key)) else {
            throw malformed("a modulus of \(EVP_PKEY_get_bits(key)) bits")
        }
        let e = try number("e", of: key)
        let value = e.count <= 4 ? e.reduce(0) { $0 << 8 | Int($1) } : 0
        guard value >= 65537, value & 1 == 1 else { throw malformed("an unsuitable exponent") }
        return (.rs256, .modulus(n: try number("n", of: key), e: e))
    }

    /// A number of the key; with leading zeros to `count` bytes, else without any.
    private static func number(_ name: String, of key: OpaquePointer, count: Int? = nil) throws -> [UInt8] {
        var number: OpaquePointer?
        try LibCrypto.check(EVP_PKEY_get_bn_param(key, name, &number), "EVP_PKEY_get_bn_param", code: .signingKey)
        defer { BN_free(number) }
        let length = count ?? Int(BN_num_bits(number) + 7) / 8
        var bytes = [UInt8](repeating: 0, count: length)
        let written = BN_bn2binpad(number, &bytes, Int32(length))
        guard written == Int32(length) else { throw LibCrypto.failure("BN_bn2binpad", code: .signingKey) }
        return bytes
    }
}
