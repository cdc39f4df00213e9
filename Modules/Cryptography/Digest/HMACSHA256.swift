import CLibCrypto

/// Message authentication with SHA-256 (HMAC, RFC 2104, FIPS 180-4), for partners whose interfaces demand it.
public enum HMACSHA256 {
    /// Length of a code, in bytes.
    public static let length = 32

    /// The authentication code of `bytes` under `key`: 32 bytes.
    public static func authenticate(_ bytes: [UInt8], key: [UInt8]) -> [UInt8] {
        [UInt8](unsafeUninitializedCapacity: length) { code, count in
            let done = EVP_Q_mac(
                nil, "HMAC", nil, "SHA256", nil, key, key.count, bytes, bytes.count, code.baseAddress, length, &count)
            LibCrypto.require(done == nil ? 0 : 1, "EVP_Q_mac(HMAC-SHA256)")
        }
    }

    /// Whether `code` is the authentication code of `bytes`; compares in constant time.
    public static func isValid(_ code: [UInt8], for bytes: [UInt8], key: [UInt8]) -> Bool {
        ConstantTime.equal(code, authenticate(bytes, key: key))
    }
}

/// The SHA-256 hash algorithm (FIPS 180-4), for partners whose interfaces demand it.
public enum SHA256 {
    /// The digest of `bytes`: 32 bytes.
    public static func hash(_ bytes: [UInt8]) -> [UInt8] {
        [UInt8](unsafeUninitializedCapacity: 32) { digest, count in
            count = 32
            let done = EVP_Q_digest(nil, "SHA256", nil, bytes, bytes.count, digest.baseAddress, &count)
            LibCrypto.require(done, "EVP_Q_digest(SHA-256)")
        }
    }
}

/// SHA-1 (FIPS 180-4), for the check sums of partners' files alone; it protects nothing against an attacker.
public enum SHA1 {
    /// The digest of `bytes`: 20 bytes.
    public static func hash(_ bytes: [UInt8]) -> [UInt8] {
        [UInt8](unsafeUninitializedCapacity: 20) { digest, count in
            count = 20
            let done = EVP_Q_digest(nil, "SHA1", nil, bytes, bytes.count, digest.baseAddress, &count)
            LibCrypto.require(done, "EVP_Q_digest(SHA-1)")
        }
    }
}
