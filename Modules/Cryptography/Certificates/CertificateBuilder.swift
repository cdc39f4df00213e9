/// Makes SM2 certificates signed with SM3: a root, an issuing authority, or one for an end entity.
public struct CertificateBuilder: Sendable {
    /// What the certificate is for.
    public enum Profile: Sendable, Hashable {
        /// An authority that certifies itself; `pathLength` is how many authorities may follow below it.
        case root(pathLength: Int? = nil)
        /// An authority under another one.
        case issuing(pathLength: Int? = 0)
        /// A person, an organisation's seal, or a system.
        case endEntity(KeyUsage = [.digitalSignature, .nonRepudiation])
    }

    /// Whose key it certifies.
    public var subject: DistinguishedName
    /// What it is for.
    public var profile: Profile
    /// Begin of validity, in milliseconds since 1970 (UTC); cut to the second.
    public var notBefore: Int64
    /// Last second of validity, in milliseconds since 1970 (UTC); cut to the second.
    public var notAfter: Int64
    /// The serial number: 1 to 20 bytes, big endian, positive (RFC 5280 §4.1.2.2).
    public var serialNumber: [UInt8]

    /// Creates a builder.
    ///
    /// - Parameters:
    ///   - subject: whose key it certifies.
    ///   - profile: what it is for.
    ///   - notBefore: begin of validity, in milliseconds since 1970 (UTC).
    ///   - notAfter: last second of validity, in milliseconds since 1970 (UTC).
    ///   - serialNumber: the serial number; a random one of 126 bits when left out.
    public init(
        subject: DistinguishedName, profile: Profile, notBefore: Int64, notAfter: Int64, serialNumber: [UInt8]? = nil
    ) {
        self.subject = subject
        self.profile = profile
        self.notBefore = notBefore
        self.notAfter = notAfter
        self.serialNumber = serialNumber ?? Self.randomSerialNumber()
    }

    /// Makes a root that signs itself.
    ///
    /// - Throws: ``CryptographyError`` with `cryptography.certificate.request`, all findings in its detail.
    public func selfSigned(by key: SM2.PrivateKey) throws -> Certificate {
        var findings = findings
        if case .root = profile {
        } else {
            findings.append("only a root signs itself")
        }
        try Self.refuse(findings)
        return try assemble(for: key.publicKey, issuer: nil, signedBy: key)
    }

    /// Makes a certificate for another's key.
    ///
    /// - Parameters:
    ///   - publicKey: the key to certify.
    ///   - issuer: the issuing authority's certificate.
    ///   - key: the issuing authority's key.
    /// - Throws: ``CryptographyError`` with `cryptography.certificate.request`, all findings in its detail.
    public func signed(
        for publicKey: SM2.PublicKey, issuer: Certificate, by key: SM2.PrivateKey
    ) throws -> Certificate {
        var findings = findings
        if case .root = profile { findings.append("a root signs itself") }
        if !issuer.isCA { findings.append("the issuer is not an authority") }
        if issuer.publicKey != key.publicKey { findings.append("the key is not the issuer's") }
        let ends = (CertificateChain.seconds(notBefore) * 1000, CertificateChain.seconds(notAfter) * 1000)
        if ends.0 < issuer.notBefore || ends.1 > issuer.notAfter {
            findings.append("validity exceeds the issuer's")
        }
        try Self.refuse(findings)
        return try assemble(for: publicKey, issuer: issuer, signedBy: key)
    }

    private var findings: [String] {
        var findings: [String] = []
        if (subject.commonName ?? "").isEmpty { findings.append("no common name") }
        if notBefore >= notAfter { findings.append("validity is empty") }
        if !(1...20).contains(serialNumber.count) || serialNumber.allSatisfy({ $0 == 0 })
            || serialNumber.first.map({ $0 >= 0x80 }) == true
        {
            findings.append("serial number is not positive with at most 20 bytes")
        }
        switch profile {
        case .root(let pathLength?), .issuing(let pathLength?):
            if pathLength < 0 { findings.append("path length is negative") }
        case .endEntity(let usage):
            if usage.isEmpty || !usage.isDisjoint(with: [.keyCertSign, .crlSign]) {
                findings.append("an end entity needs a key usage and signs neither certificates nor lists")
            }
        case .root, .issuing: break
        }
        return findings
    }

    private static func refuse(_ findings: [String]) throws {
        guard !findings.isEmpty else { return }
        throw CryptographyError(
            .certificateRequest, operation: "CertificateBuilder", detail: findings.joined(separator: "; "))
    }

    private static func randomSerialNumber() -> [UInt8] {
        var bytes = SecureRandom.bytes(16)
        // The highest bit clear makes it positive, the next one set gives it a constant length.
        bytes[0] = bytes[0] & 0x3F | 0x40
        return bytes
    }
}
