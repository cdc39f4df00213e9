import Cryptography
public import Extension
public import Standards

/// Verifies proofs with nothing but a list of keys and, where there is one, a list of licences not in force.
public struct OfflineProofVerifier: Sendable {
    private let keys: [[UInt8]: SM2.PublicKey]
    private let revoked: Set<String>
    /// When it was last looked up which licences are not in force; nil for never.
    private let listedAt: Instant?
    /// How far the clocks of signer and verifier may differ, in seconds.
    static let clockSkew = 300
    /// After how many days a list is told to be old.
    static let listDays = 7

    /// - Throws: ``LicenceError`` for a list that none of the keys signed, or keys that can't be read.
    public init(keys: ProofKeys, revocations: ProofRevocations? = nil) throws {
        self.keys = try keys.byName()
        if let revocations, !revocations.isSigned(by: self.keys) {
            throw LicenceError(.unreadable, "失效清单的签名不对，或者不是这些密钥签的。请重新下载失效清单和公钥清单。")
        }
        revoked = Set(revocations?.references ?? [])
        listedAt = revocations?.madeAt
    }

    /// For whoever has just looked up whether a licence is in force.
    init(keys: ProofKeys, revoked: Set<String>, at instant: Instant) throws {
        self.keys = try keys.byName()
        self.revoked = revoked
        listedAt = instant
    }

    /// What a scanned text proves, with everything that speaks against it.
    public func verify(_ text: String, at instant: Instant) -> ProofReading {
        var reading = ProofReading()
        guard let proof = OfflineProof(text) else {
            reading.findings = [.proof("format", "这不是离线凭证，或者没有扫全。请对着二维码再扫一次。")]
            return reading
        }
        if let key = keys[proof.key] {
            if !proof.isSigned(by: key) { reading.findings.append(.proof("signature", "签名不对：内容被改动过，或者是伪造的。")) }
        } else {
            reading.findings.append(.proof("key", "不认识签名的密钥。请更新公钥清单；更新后还不认识的，不要采信。"))
        }
        // What nobody vouches for is not shown as if it were a licence.
        guard reading.findings.isEmpty else { return reading }
        let content = proof.content
        if content.made > instant.adding(.seconds(Self.clockSkew)) {
            reading.findings.append(.proof("future", "凭证的时间在将来。请核对本机的时钟。"))
        }
        if content.expires <= instant {
            reading.findings.append(.proof("expired", "凭证已过期（\(content.expires.chinaTime)）。请持证人重新出具。"))
        }
        if let until = content.validUntil, until < instant.day {
            reading.findings.append(.proof("licence_expired", "证照已于\(until.chineseDate)到期。"))
        }
        if revoked.contains(content.reference) {
            reading.findings.append(.proof("revoked", "证照已暂扣、注销、撤销或换发，现在不能使用。"))
        }
        reading.tell(content, listedAt: listedAt, at: instant)
        return reading
    }
}

extension Finding {
    fileprivate static func proof(_ code: String, _ message: String) -> Finding {
        Finding("code", "licences.proof.\(code)", message)
    }
}

/// What a proof says, and whether it holds.
public struct ProofReading: SchemaType {
    public var isValid: Bool { findings.isEmpty }
    public var findings: [Finding] = []
    public var title = ""
    public var issuer = ""
    public var validUntil: LegalDay?
    public var fields: [LicenceField] = []
    public var madeAt: Instant?
    public var expiresAt: Instant?
    /// What whoever accepts it has to know.
    public var notes: [String] = []

    public init() {}

    mutating func tell(_ content: OfflineProof.Content, listedAt: Instant?, at instant: Instant) {
        (title, issuer, validUntil, fields) = (content.title, content.issuer, content.validUntil, content.fields)
        (madeAt, expiresAt) = (content.made, content.expires)
        if content.isElsewhere { notes.append("由\(content.issuer)签发，出具凭证的系统只作登记，以原件为准。") }
        if content.isDemonstration { notes.append("演练·无法律效力：签发方用的是演练证书。") }
        if let listedAt {
            let days = (instant.milliseconds - listedAt.milliseconds) / 86_400_000
            if days >= OfflineProofVerifier.listDays { notes.append("失效清单是 \(days) 天以前的，请联网更新。") }
        } else {
            notes.append("没有失效清单：\(content.made.chinaTime)以后暂扣、注销的，这里看不出来。")
        }
    }

    public static let schema = Schema<ProofReading> {
        Field("findings", \.messages, .list(of: .object), doc: "不能采信的原因；空的就是有效")
        Field("title", \.title, .text(max: 120), doc: "证照名称")
        Field("issuer", \.issuer, .text(max: 120), doc: "颁发机构")
        Field("valid_until", \.validUntil, .optional(.day), doc: "有效期至；没有的长期有效")
        Field("fields", \.fields, .list(of: .object, max: 200), doc: "持证人同意出示的内容")
        Field("made_at", \.madeAt, .optional(.instant), doc: "什么时候出具")
        Field("expires_at", \.expiresAt, .optional(.instant), doc: "凭证用到什么时候")
        Field("notes", \.notes, .list(of: .text(max: 200)), doc: "采信的人要知道的")
    }

    /// The findings as the interface gives them.
    private var messages: [LicenceFindingView] {
        get {
            findings.map { finding in
                var view = LicenceFindingView()
                (view.code, view.message) = (finding.code, finding.message)
                return view
            }
        }
        set { findings = newValue.map { Finding("code", $0.code, $0.message) } }
    }
}
