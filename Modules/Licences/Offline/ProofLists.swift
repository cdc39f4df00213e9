import Cryptography
public import Extension
public import Standards
import Synchronization

/// The keys with which proofs are signed, as they are published.
public struct ProofKeys: SchemaType {
    /// One key.
    public struct Key: SchemaType {
        /// Its name in proofs, in hex.
        public var name = ""
        /// The key in PEM (SubjectPublicKeyInfo).
        public var key = ""
        /// Whether what it signs has no legal force.
        public var isDemonstration = false

        public init() {}

        public static let schema = Schema<Key> {
            Field("name", \.name, .text(min: 16, max: 16), doc: "密钥的名称")
            Field("key", \.key, .text(min: 1, max: 1000, lines: true), doc: "SM2 公钥（PEM）")
            Field("is_demonstration", \.isDemonstration, .flag, doc: "是否只供演练")
        }
    }

    public var issuer = ""
    public var keys: [Key] = []

    public init() {}

    public static let schema = Schema<ProofKeys> {
        Field("issuer", \.issuer, .text(max: 200), doc: "谁的密钥：签名证书的主体")
        Field("keys", \.keys, .list(of: .object, max: 50), doc: "密钥")
    }

    /// The keys by their names.
    ///
    /// - Throws: ``LicenceError`` for a key that is none, or whose name is not its own.
    func byName() throws -> [[UInt8]: SM2.PublicKey] {
        try keys.reduce(into: [:]) { known, key in
            guard let publicKey = try? SM2.PublicKey(pem: key.key) else {
                throw LicenceError(.unreadable, "公钥清单里的密钥 \(key.name) 读不出来，请重新下载公钥清单。")
            }
            let name = OfflineProof.name(of: publicKey)
            guard Hex.encode(name) == key.name else {
                throw LicenceError(.unreadable, "公钥清单里的密钥 \(key.name) 与它的名称不符，请重新下载公钥清单。")
            }
            known[name] = publicKey
        }
    }
}

/// Which licences are not in force although a proof of them may still run, signed (失效清单).
public struct ProofRevocations: SchemaType {
    public var madeAt = Instant(milliseconds: 0)
    /// The references of the licences, sorted.
    public var references: [String] = []
    /// The name of the key that signed the list.
    public var key = ""
    /// SM2 with SM3 over the canonical list without this member: 64 bytes `r ‖ s` in hex.
    public var signature = ""

    public init() {}

    public static let schema = Schema<ProofRevocations> {
        Field("made_at", \.madeAt, .instant, doc: "什么时候的清单")
        Field(
            "references", \.references, .list(of: .text(min: 16, max: 16), max: ProofRevocations.maximumCount),
            doc: "不在有效状态的证照的指纹")
        Field("key", \.key, .text(min: 16, max: 16), doc: "签名密钥的名称")
        Field("signature", \.signature, .text(min: 128, max: 128), doc: "对去掉本项的清单的签名")
    }

    /// The most that one list holds; with more it is refused, never cut off.
    static let maximumCount = 300_000

    static func sign(_ references: [String], at instant: Instant, by signer: LicenceSigner) throws -> ProofRevocations {
        var list = ProofRevocations()
        list.madeAt = instant
        list.references = references.sorted()
        list.key = Hex.encode(OfflineProof.name(of: signer.certificate.publicKey))
        let signature = try SM2.Signature(der: signer.privateKey.sign(try list.signedBytes()))
        list.signature = Hex.encode(signature.raw)
        return list
    }

    /// Whether one of the keys signed it.
    func isSigned(by keys: [[UInt8]: SM2.PublicKey]) -> Bool {
        guard let name = try? Hex.decode(key), let key = keys[name], let raw = try? Hex.decode(signature),
            let signature = try? SM2.Signature(raw: raw), let bytes = try? signedBytes()
        else { return false }
        return key.verify(signature.der, for: bytes)
    }

    private func signedBytes() throws -> [UInt8] {
        guard case .object(var members) = try JSONParser.parse(json) else { return [] }
        members["signature"] = nil
        return Array(JSONValue.object(members).canonical.utf8)
    }
}

/// The newest list, kept for a minute: anybody may ask for it, and it is made by a signature.
final class ProofListCache: Sendable {
    private static let seconds = 60
    private let kept = Mutex<ProofRevocations?>(nil)

    /// The list as it was at most a minute ago.
    func list(at instant: Instant) -> ProofRevocations? {
        kept.withLock { list in
            list.flatMap { instant < $0.madeAt.adding(.seconds(Self.seconds)) && $0.madeAt <= instant ? $0 : nil }
        }
    }

    func keep(_ list: ProofRevocations) { kept.withLock { $0 = list } }
}
