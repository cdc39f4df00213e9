import Cryptography

/// What an authenticator says of itself with each answer (WebAuthn §6.1).
struct AuthenticatorData: Sendable {
    /// A credential that was made just now.
    struct Made: Sendable {
        let id: [UInt8]
        let key: JOSE.PublicKey
    }

    let partyHash: [UInt8]
    let isUserPresent: Bool
    let isUserVerified: Bool
    let signCount: Int64
    let made: Made?

    /// Nil for anything that is not exactly that, or holds a key of an algorithm that we do not know.
    init?(_ bytes: [UInt8]) {
        guard bytes.count >= 37 else { return nil }
        partyHash = Array(bytes[0..<32])
        let flags = bytes[32]
        isUserPresent = flags & 0x01 != 0
        isUserVerified = flags & 0x04 != 0
        signCount = bytes[33..<37].reduce(0) { $0 << 8 | Int64($1) }
        var position = 37
        if flags & 0x40 != 0 {
            guard bytes.count >= 55 else { return nil }
            let length = Int(bytes[53]) << 8 | Int(bytes[54])
            guard (1...1023).contains(length), bytes.count > 55 + length else { return nil }
            let id = Array(bytes[55..<(55 + length)])
            var reader = CBORReader(bytes, from: 55 + length)
            guard let value = try? reader.value(), let key = Self.key(value) else { return nil }
            made = Made(id: id, key: key)
            position = reader.position
        } else {
            made = nil
        }
        if flags & 0x80 != 0 {
            var reader = CBORReader(bytes, from: position)
            guard (try? reader.value()) != nil else { return nil }
            position = reader.position
        }
        guard position == bytes.count else { return nil }
    }

    /// A key in COSE (RFC 9053): ES256 on P-256, or RS256.
    private static func key(_ value: CBORValue) -> JOSE.PublicKey? {
        switch (value[1], value[3]) {
        case (.integer(2), .integer(-7)):
            guard value[-1] == .integer(1), let x = value[-2]?.bytes, let y = value[-3]?.bytes else { return nil }
            return try? JOSE.PublicKey(.point(x: x, y: y))
        case (.integer(3), .integer(-257)):
            guard let n = value[-1]?.bytes, let e = value[-2]?.bytes else { return nil }
            return try? JOSE.PublicKey(.modulus(n: n, e: e))
        default: return nil
        }
    }
}
