import Cryptography
public import Standards

/// 32 random bytes made before a write closure, from which everything random inside the closure is derived.
///
/// A write closure may run twice, so it must not draw random bytes itself: with a seed the second run makes the same
/// identifiers. A label names each use; two uses with one label give the same bytes.
public struct Seed: Sendable {
    private let key: HMACSM3.Key

    /// Length of a seed, in bytes.
    public static let length = 32

    /// A seed from 32 bytes, for tests and for seeds that are themselves derived.
    public init(bytes: [UInt8]) {
        precondition(bytes.count == Self.length, "a seed has 32 bytes")
        key = HMACSM3.Key(bytes)
    }

    /// A new seed from the system's random generator.
    public static func random() -> Seed { Seed(bytes: SecureRandom.bytes(length)) }

    /// A seed of its own for a part of the work, so that its labels can't meet those of another part.
    public func derived(_ label: String) -> Seed { Seed(bytes: block(.child, 0, label)) }

    /// `count` bytes for the use named by the label.
    public func bytes(_ label: String, count: Int) -> [UInt8] {
        var output: [UInt8] = []
        var counter: UInt32 = 0
        while output.count < count {
            output += block(.bytes, counter, label)
            counter += 1
        }
        return Array(output.prefix(count))
    }

    /// An identifier for the use named by the label.
    public func identifier(_ label: String, at instant: Instant) -> Identifier {
        Identifier(at: instant, random: Array(block(.identifier, 0, label).prefix(Identifier.randomLength)))
    }

    /// A 16-byte nonce for a text: a keyed digest of label and text (a synthetic IV, as in RFC 5297).
    ///
    /// A closure that runs again with other content gets another nonce, so that no nonce ever serves two texts.
    public func nonce(_ label: String, for plain: [UInt8]) -> [UInt8] {
        var message = CanonicalBytes()
        message.append(Use.nonce.rawValue)
        message.append(label)
        message.append(plain)
        return Array(HMACSM3.authenticate(message.bytes, key: key).prefix(SM4.nonceLength))
    }

    private enum Use: String {
        case child, bytes, identifier, nonce
    }

    private func block(_ use: Use, _ counter: UInt32, _ label: String) -> [UInt8] {
        var message = CanonicalBytes()
        message.append(use.rawValue)
        message.append(label)
        message.append(Int64(counter))
        return HMACSM3.authenticate(message.bytes, key: key)
    }
}
