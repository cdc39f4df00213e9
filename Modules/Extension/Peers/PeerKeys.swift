import Cryptography

/// The keys with which this deployment speaks to others (对端密钥): one SM2 pair signs, the other reads.
///
/// They are apart from the deployment's own signing key, so that nothing said to a peer is ever taken for a document,
/// a checkpoint or a licence. Whoever uses them keeps ``secret`` sealed.
public struct PeerKeys: Sendable {
    private let signing: SM2.PrivateKey
    private let reading: SM2.PrivateKey
    /// What peers are given.
    public let card: PeerCard

    private init(signing: SM2.PrivateKey, reading: SM2.PrivateKey) {
        self.signing = signing
        self.reading = reading
        card = PeerCard(signing: signing.publicKey, reading: reading.publicKey)
    }

    /// New keys. Never call it inside a storage write closure, which may run more than once.
    public static func generate() throws -> PeerKeys {
        PeerKeys(signing: try .generate(), reading: try .generate())
    }

    /// The keys from what ``secret`` gave.
    ///
    /// - Throws: ``PeerFailure`` when it is anything else.
    public init(secret: [UInt8]) throws {
        guard let text = String(validating: secret, as: UTF8.self), let value = try? JSONValue(parsing: text),
            let signing = try? SM2.PrivateKey(pem: value["signing"]?.string ?? ""),
            let reading = try? SM2.PrivateKey(pem: value["reading"]?.string ?? "")
        else { throw PeerFailure.keys }
        self.init(signing: signing, reading: reading)
    }

    /// Both private keys, to be sealed before they are kept.
    public func secret() throws -> [UInt8] {
        let value: JSONValue = ["signing": .string(try signing.pem()), "reading": .string(try reading.pem())]
        return Array(value.canonical.utf8)
    }

    func sign(_ message: [UInt8]) throws -> [UInt8] { try signing.sign(message) }

    func decrypt(_ cipher: [UInt8]) throws -> [UInt8] { try reading.decrypt(cipher) }
}

/// The public halves of a peer's keys (对端名片).
public struct PeerCard: Sendable, Hashable {
    private let signingKey: SM2.PublicKey
    private let readingKey: SM2.PublicKey

    init(signing: SM2.PublicKey, reading: SM2.PublicKey) {
        signingKey = signing
        readingKey = reading
    }

    /// - Parameters:
    ///   - signing: the key that proves what the peer says, as PEM.
    ///   - reading: the key for which things are encrypted, as PEM.
    /// - Throws: ``PeerFailure`` when one of them is no SM2 key.
    public init(signing: String, reading: String) throws {
        guard let signing = try? SM2.PublicKey(pem: signing), let reading = try? SM2.PublicKey(pem: reading) else {
            throw PeerFailure.keys
        }
        self.init(signing: signing, reading: reading)
    }

    /// The key that proves what the peer says, as PEM.
    public var signing: String { signingKey.pem }
    /// The key for which things are encrypted, as PEM.
    public var reading: String { readingKey.pem }

    /// The first 128 bits of the digest of both keys, in groups of four, to be compared by telephone.
    public var fingerprint: String {
        let digits = Array(Hex.encode(SM3.hash(signingKey.spki + readingKey.spki).prefix(16)))
        return stride(from: 0, to: digits.count, by: 4).map { String(digits[$0..<$0 + 4]) }.joined(separator: " ")
    }

    func verifies(_ signature: [UInt8], of message: [UInt8]) -> Bool { signingKey.verify(signature, for: message) }

    func encrypt(_ secret: [UInt8]) throws -> [UInt8] { try readingKey.encrypt(secret) }
}

/// What a peer sent can't be read or is not proven; it never says more than a prober may know.
public enum PeerFailure: Error, Sendable, Hashable {
    /// The keys are no SM2 keys.
    case keys
    /// It is not in the form of letters and statements.
    case form
    /// The signature is not the peer's.
    case signature
    /// It was not encrypted for us, or was changed on the way.
    case sealed
}
