import Cryptography
import Extension
public import Standards
import Storage

/// A signed statement about a licence that anybody can verify without a network (离线凭证): small enough for one QR code.
///
/// The text is `YCB1:` and base45 of
///
/// | bytes | what |
/// |---|---|
/// | 8 | the first bytes of SM3 over the signer's public point: which key |
/// | 64 | `r ‖ s` of SM2 with SM3 over `yiciban-proof/1`, those eight bytes and the rest |
/// | rest | canonical JSON with one-letter names, so that there is one text for one content |
public struct OfflineProof: Sendable, Hashable {
    /// What is told of the licence.
    public let content: Content
    /// Which key signed it.
    public let key: [UInt8]
    let signature: SM2.Signature
    let payload: [UInt8]

    public static let prefix = "YCB1:"
    /// The longest text, in characters.
    public static let maximumLength = 1024
    /// How many days a proof may be used.
    public static let maximumDays = 30
    private static let domain = Array("yiciban-proof/1".utf8)
    static let keyLength = 8
    static let referenceLength = 8

    public struct Content: Sendable, Hashable {
        /// Which licence, for the list of those not in force: the first eight bytes of SM3 over its identifier, in hex.
        public let reference: String
        public let title: String
        public let issuer: String
        /// The last day of the licence's validity; nil for 长期有效.
        public let validUntil: LegalDay?
        /// What the holder let be shown.
        public let fields: [LicenceField]
        /// When the proof was made, and from when on it is not to be accepted any more.
        public let made: Instant
        public let expires: Instant
        /// Whether the licence was issued elsewhere and is only recorded by the signer.
        public let isElsewhere: Bool
        /// Whether it is a rehearsal's (演练·无法律效力).
        public let isDemonstration: Bool
    }

    /// The reference of a licence.
    static func reference(_ licence: Identifier) -> String {
        Hex.encode(Array(SM3.hash(Array("licence/\(licence)".utf8)).prefix(referenceLength)))
    }

    /// The name of a key.
    static func name(of key: SM2.PublicKey) -> [UInt8] { Array(SM3.hash(key.point).prefix(keyLength)) }

    /// Signs a statement.
    static func sign(_ content: Content, by signer: LicenceSigner) throws -> OfflineProof {
        let key = name(of: signer.certificate.publicKey)
        let payload = Array(content.json.canonical.utf8)
        let signature = try SM2.Signature(der: signer.privateKey.sign(message(key, payload)))
        return OfflineProof(content: content, key: key, signature: signature, payload: payload)
    }

    private static func message(_ key: [UInt8], _ payload: [UInt8]) -> [UInt8] { domain + key + payload }

    /// As it stands in the code.
    public var text: String { Self.prefix + Base45.encode(key + signature.raw + payload) }

    private init(content: Content, key: [UInt8], signature: SM2.Signature, payload: [UInt8]) {
        (self.content, self.key, self.signature, self.payload) = (content, key, signature, payload)
    }

    /// Reads a scanned text; nil for anything that was not written so. It proves nothing yet.
    public init?(_ text: String) {
        guard text.utf8.count <= Self.maximumLength, text.hasPrefix(Self.prefix),
            let bytes = Base45.decode(String(text.dropFirst(Self.prefix.count))),
            bytes.count > Self.keyLength + 64
        else { return nil }
        let payload = Array(bytes[(Self.keyLength + 64)...])
        guard let signature = try? SM2.Signature(raw: Array(bytes[Self.keyLength..<Self.keyLength + 64])),
            let content = Content(payload)
        else { return nil }
        self.init(content: content, key: Array(bytes.prefix(Self.keyLength)), signature: signature, payload: payload)
    }

    /// Whether a key made it.
    func isSigned(by key: SM2.PublicKey) -> Bool {
        key.verify(signature.der, for: Self.message(self.key, payload))
    }
}
