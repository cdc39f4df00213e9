import CLibCrypto

/// The memory-hard password function scrypt (RFC 7914).
enum Scrypt {
    /// The cost of one computation.
    struct Cost: Sendable, Hashable {
        /// Binary logarithm of the number of blocks N.
        let logN: Int
        /// Block size r.
        let r: Int
        /// Parallelisation p.
        let p: Int

        /// Memory in bytes: N blocks, p working blocks and libcrypto's scratch space.
        var memory: Int { 128 * r * (1 << logN + p + 2) + 1024 }
    }

    /// Derives `length` bytes.
    ///
    /// - Throws: ``CryptographyError`` with `cryptography.password.hash` if memory is lacking.
    static func derive(_ password: String, salt: [UInt8], cost: Cost, length: Int) throws -> [UInt8] {
        var output = [UInt8](repeating: 0, count: length)
        let secret = Array(password.utf8CString)
        try LibCrypto.check(
            EVP_PBE_scrypt(
                secret, secret.count - 1, salt, salt.count, 1 << UInt64(cost.logN), UInt64(cost.r), UInt64(cost.p),
                UInt64(cost.memory), &output, length),
            "EVP_PBE_scrypt", code: .passwordHash)
        return output
    }
}
