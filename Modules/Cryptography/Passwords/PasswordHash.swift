/// Password hashing with scrypt (RFC 7914), stored as `$scrypt$ln=15,r=8,p=1$salt$hash`.
///
/// One computation takes about a tenth of a second and 32 MiB by design: run it off the event loop, outside storage
/// closures, and behind a rate limit.
public enum PasswordHash {
    static let defaultCost = Scrypt.Cost(logN: 15, r: 8, p: 1)

    /// Hashes a password under a fresh random salt.
    ///
    /// - Throws: ``CryptographyError`` with `cryptography.password.hash` if memory is lacking.
    public static func hash(_ password: String) throws -> String {
        let salt = SecureRandom.bytes(16)
        let hash = try Scrypt.derive(password, salt: salt, cost: defaultCost, length: 32)
        return EncodedPasswordHash(cost: defaultCost, salt: salt, hash: hash).text
    }

    /// Whether a password belongs to a stored hash; compares in constant time.
    ///
    /// - Parameters:
    ///   - password: what the person typed.
    ///   - encoded: the stored text, or `nil` for an account that does not exist: the answer is then `false` after the
    ///     same work, so that the duration does not tell which accounts exist.
    /// - Returns: `false` also for a malformed text or one that asks for more work than is accepted.
    public static func verify(_ password: String, against encoded: String?) -> Bool {
        guard let encoded else {
            _ = try? Scrypt.derive(password, salt: [UInt8](repeating: 0, count: 16), cost: defaultCost, length: 32)
            return false
        }
        guard let stored = EncodedPasswordHash(encoded),
            let hash = try? Scrypt.derive(
                password, salt: stored.salt, cost: stored.cost, length: stored.hash.count)
        else { return false }
        return ConstantTime.equal(hash, stored.hash)
    }

    /// Whether a stored hash should be replaced at the next sign-in: malformed, or of another cost than new ones.
    public static func needsRehash(_ encoded: String) -> Bool {
        EncodedPasswordHash(encoded)?.cost != defaultCost
    }
}
