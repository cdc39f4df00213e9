import Cryptography

/// A small hierarchy: root, issuing authority, signer; valid for ten years from the given instant.
struct CertificateFixture {
    /// 2026-01-01T00:00:00Z.
    static let start: Int64 = 1_767_225_600_000
    static let year: Int64 = 365 * 86_400_000
    /// A moment at which every certificate is valid.
    static let now = start + year / 2

    let rootKey: SM2.PrivateKey
    let issuingKey: SM2.PrivateKey
    let signerKey: SM2.PrivateKey
    let root: Certificate
    let issuing: Certificate
    let signer: Certificate

    init() throws {
        rootKey = try .generate()
        issuingKey = try .generate()
        signerKey = try .generate()
        root = try Self.builder("岳阳根", .root(), years: 20).selfSigned(by: rootKey)
        issuing = try Self.builder("岳阳签发", .issuing(), years: 10)
            .signed(for: issuingKey.publicKey, issuer: root, by: rootKey)
        signer = try Self.builder("岳阳市行政审批局", .endEntity(), years: 2)
            .signed(for: signerKey.publicKey, issuer: issuing, by: issuingKey)
    }

    static func builder(
        _ name: String, _ profile: CertificateBuilder.Profile, years: Int64 = 1
    ) -> CertificateBuilder {
        CertificateBuilder(
            subject: DistinguishedName(commonName: name, organization: "岳阳市"), profile: profile, notBefore: start,
            notAfter: start + years * year)
    }

    /// What is wrong with a certificate of this hierarchy, as codes.
    func failures(
        of leaf: Certificate? = nil, intermediates: [Certificate]? = nil, roots: [Certificate]? = nil,
        at time: Int64 = now,
        purpose: CertificateChain.Purpose = .signing
    ) throws -> [CertificateChain.Code] {
        try CertificateChain.verify(
            leaf: leaf ?? signer, intermediates: intermediates ?? [issuing], roots: roots ?? [root], at: time,
            purpose: purpose
        ).failures.map(\.code)
    }
}
