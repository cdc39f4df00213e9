/// A 32-byte secret from which the keys of SM4 and HMAC-SM3 are derived.
///
/// It is wiped from memory with its last copy, is not `Codable`, and shows nothing when printed or dumped.
public struct SymmetricKey: Sendable, Equatable, CustomStringConvertible, CustomReflectable {
    /// Length of a key, in bytes.
    public static let length = 32

    private let secret: SecretBytes

    /// A key from 32 bytes.
    ///
    /// - Throws: ``CryptographyError`` with `cryptography.key.length` for another length.
    public init(bytes: [UInt8]) throws {
        guard bytes.count == Self.length else {
            throw CryptographyError(.keyLength, operation: "SymmetricKey.init", detail: "\(bytes.count) bytes given")
        }
        secret = SecretBytes(bytes)
    }

    init(secret: SecretBytes) {
        self.secret = secret
    }

    /// A new random key.
    public static func generate() -> SymmetricKey {
        SymmetricKey(secret: SecretBytes(count: length) { SecureRandom.fill($0) })
    }

    /// A key for one purpose, derived from this one; different labels give independent keys.
    public func derived(label: String) -> SymmetricKey {
        SymmetricKey(secret: SecretBytes(KeyDerivation.derive(from: self, label: label, length: Self.length)))
    }

    /// Lends the key's bytes, for example to seal them under another key; the pointer ends with the closure.
    public func withUnsafeBytes<Result>(_ body: (UnsafeRawBufferPointer) throws -> Result) rethrows -> Result {
        try body(secret.bytes)
    }

    /// Compares in constant time.
    public static func == (first: SymmetricKey, second: SymmetricKey) -> Bool {
        ConstantTime.equal(first.secret.bytes, second.secret.bytes)
    }

    public var description: String { "SymmetricKey(redacted)" }

    public var customMirror: Mirror { Mirror(self, children: []) }
}
