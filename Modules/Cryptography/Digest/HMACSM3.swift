/// Message authentication with SM3 (HMAC, GB/T 15852.2-2012, RFC 2104).
public enum HMACSM3 {
    /// The authentication code of `bytes` under `key`: 32 bytes.
    public static func authenticate(_ bytes: [UInt8], key: Key) -> [UInt8] {
        bytes.withUnsafeBytes { authenticate($0, key: key) }
    }

    /// The authentication code of the bytes in `buffer`, without copying them: 32 bytes.
    public static func authenticate(_ buffer: UnsafeRawBufferPointer, key: Key) -> [UInt8] {
        key.authenticate { $0.update(buffer) }
    }

    /// The authentication code of `bytes` under a key that is used once; prefer ``Key`` for repeated use.
    public static func authenticate(_ bytes: [UInt8], key: [UInt8]) -> [UInt8] {
        authenticate(bytes, key: Key(key))
    }

    /// Whether `code` is the authentication code of `bytes`; compares in constant time.
    public static func isValid(_ code: [UInt8], for bytes: [UInt8], key: Key) -> Bool {
        ConstantTime.equal(code, authenticate(bytes, key: key))
    }

    /// Whether `code` is the authentication code of `bytes` under a key that is used once.
    public static func isValid(_ code: [UInt8], for bytes: [UInt8], key: [UInt8]) -> Bool {
        isValid(code, for: bytes, key: Key(key))
    }
}
