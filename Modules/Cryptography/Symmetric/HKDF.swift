/// Key derivation with HMAC-SM3 (HKDF, RFC 5869).
public enum HKDF {
    /// The longest output, in bytes (RFC 5869 §2.3).
    public static let maximumLength = 255 * SM3.digestLength

    /// Concentrates input that need not be uniform into a 32-byte pseudorandom key (RFC 5869 §2.2).
    public static func extract(_ input: [UInt8], salt: [UInt8] = []) -> [UInt8] {
        HMACSM3.authenticate(input, key: salt)
    }

    /// Expands a pseudorandom key into `length` bytes bound to `info` (RFC 5869 §2.3).
    ///
    /// - Precondition: `length` is between 0 and ``maximumLength``.
    public static func expand(_ key: HMACSM3.Key, info: [UInt8], length: Int) -> [UInt8] {
        precondition((0...maximumLength).contains(length), "HKDF can't give \(length) bytes")
        var output: [UInt8] = []
        output.reserveCapacity(length + SM3.digestLength)
        var block: [UInt8] = []
        var counter: UInt8 = 0
        while output.count < length {
            counter += 1
            block = key.authenticate { message in
                message.update(block)
                message.update(info)
                message.update([counter])
            }
            output += block
        }
        output.removeLast(output.count - length)
        return output
    }
}

/// Keys for separate purposes from one secret.
public enum KeyDerivation {
    /// `length` bytes for the purpose named by `label`; different labels give independent bytes.
    ///
    /// HKDF over SM3 with the key as input, no salt and the label as `info`.
    ///
    /// - Precondition: `length` is between 0 and ``HKDF/maximumLength``.
    public static func derive(from key: SymmetricKey, label: String, length: Int) -> [UInt8] {
        let extracted = key.withUnsafeBytes { HMACSM3.authenticate($0, key: HMACSM3.Key([])) }
        return HKDF.expand(HMACSM3.Key(extracted), info: Array(label.utf8), length: length)
    }
}
