import CLibCrypto

/// Passwords that change every thirty seconds (TOTP, RFC 6238), as the common authenticator apps make them: HMAC with
/// SHA-1, which is sound here since only its keyed form is used.
public enum OneTimePassword {
    /// How long one password stands, in milliseconds.
    public static let step: Int64 = 30_000
    /// Length of a secret, in bytes (RFC 4226 §4: 160 bits).
    public static let secretLength = 20

    /// The number of the step in which a moment lies.
    ///
    /// - Parameter time: milliseconds since 1970 (UTC).
    public static func counter(at time: Int64) -> Int64 { time / step }

    /// The password of a step: `digits` decimal digits (RFC 4226 §5.3).
    public static func password(secret: [UInt8], counter: Int64, digits: Int = 6) -> String {
        let message = withUnsafeBytes(of: counter.bigEndian) { Array($0) }
        let code = [UInt8](unsafeUninitializedCapacity: 20) { code, count in
            let done = EVP_Q_mac(
                nil, "HMAC", nil, "SHA1", nil, secret, secret.count, message, message.count, code.baseAddress, 20,
                &count)
            LibCrypto.require(done == nil ? 0 : 1, "EVP_Q_mac(HMAC-SHA1)")
        }
        let offset = Int(code[19] & 0x0F)
        let number = code[offset..<(offset + 4)].reduce(UInt32(0)) { $0 << 8 | UInt32($1) } & 0x7FFF_FFFF
        let modulus = (0..<digits).reduce(UInt32(1)) { product, _ in product * 10 }
        let text = String(number % modulus)
        return String(repeating: "0", count: digits - text.utf8.count) + text
    }

    /// The step whose password was typed, among the one of a moment and its two neighbours, since clocks differ.
    ///
    /// - Parameters:
    ///   - typed: six digits.
    ///   - last: the newest step whose password was taken before; it and older ones are never taken again.
    /// - Returns: nil when none fits.
    public static func step(of typed: String, secret: [UInt8], at time: Int64, after last: Int64) -> Int64? {
        let now = counter(at: time)
        var found: Int64?
        // All three are computed, so that the duration tells nothing.
        for counter in (now - 1)...(now + 1) {
            let isRight = ConstantTime.equal(
                Array(typed.utf8), Array(password(secret: secret, counter: counter).utf8))
            if isRight, counter > last, found == nil { found = counter }
        }
        return found
    }
}
