/// A list of revoked certificates (CRL v2 signed with SM2 and SM3; RFC 5280 §5, GB/T 20518-2018 §6).
public struct RevocationList: Sendable, Hashable {
    /// One revoked certificate.
    public struct Entry: Sendable, Hashable {
        /// Big endian, without leading zeros.
        public let serialNumber: [UInt8]
        /// When it was revoked, in milliseconds since 1970 (UTC).
        public let revokedAt: Int64

        public init(serialNumber: [UInt8], revokedAt: Int64) {
            self.serialNumber = serialNumber
            self.revokedAt = revokedAt
        }
    }

    public let der: [UInt8]
    /// The issuer's name in DER.
    let issuerName: [UInt8]
    /// When it was made, in milliseconds since 1970 (UTC).
    public let madeAt: Int64
    /// When the next one is due, in milliseconds since 1970 (UTC); nil when it doesn't say.
    public let nextAt: Int64?
    public let entries: [Entry]
    private let signedBytes: [UInt8]
    private let signature: [UInt8]

    static let signatureAlgorithm = DER.sequence([DER.identifier("1.2.156.10197.1.501")])

    /// The list as PEM text.
    public var pem: String { PEM(label: "X509 CRL", bytes: der).text }

    /// A list from PEM text: the first `X509 CRL` block.
    ///
    /// - Throws: ``CryptographyError`` with `cryptography.pem.format` or `cryptography.crl.format`.
    public init(pem: String) throws {
        guard let block = try PEM.blocks(in: pem).first(where: { $0.label == "X509 CRL" }) else {
            throw CryptographyError(.pemFormat, operation: "RevocationList.init(pem:)", detail: "no X509 CRL block")
        }
        try self.init(der: block.bytes)
    }

    /// A list from DER.
    ///
    /// - Throws: ``CryptographyError`` with `cryptography.crl.format`.
    public init(der: [UInt8]) throws {
        do throws(DERError) {
            var reader = DERReader(der)
            var list = try reader.sequence("CertificateList")
            try reader.end("CertificateList")
            let signed = try list.element(DERTag.sequence, "tbsCertList")
            var fields = DERReader(signed)
            if fields.nextTag == DERTag.integer { _ = try fields.integer("version") }
            let algorithm = try fields.element(DERTag.sequence, "signature")
            issuerName = Array(try fields.element(DERTag.sequence, "issuer").bytes)
            madeAt = try fields.time("thisUpdate")
            let hasNext = [DERTag.utcTime, DERTag.generalizedTime].contains(fields.nextTag)
            nextAt = hasNext ? try fields.time("nextUpdate") : nil
            var entries: [Entry] = []
            if fields.nextTag == DERTag.sequence {
                var revoked = try fields.sequence("revokedCertificates")
                while !revoked.isAtEnd {
                    var entry = try revoked.sequence("revokedCertificates")
                    let number = try entry.serialNumber("userCertificate")
                    entries.append(Entry(serialNumber: number, revokedAt: try entry.time("revocationDate")))
                }
            }
            self.entries = entries
            guard Array(algorithm.bytes) == Self.signatureAlgorithm else {
                throw fields.failure(.content, "signature")
            }
            _ = try list.element(DERTag.sequence, "signatureAlgorithm")
            signature = try list.bits("signatureValue")
            try list.end("CertificateList")
            signedBytes = Array(signed.bytes)
            self.der = der
        } catch {
            throw CryptographyError(.revocationList, operation: "RevocationList.init(der:)", detail: "\(error)")
        }
    }

    /// Whether an authority made this list.
    public func isMade(by authority: Certificate) -> Bool {
        authority.subjectName == issuerName && authority.publicKey.verify(signature, for: signedBytes)
    }

    /// When a certificate of the same issuer was revoked; nil when it was not.
    public func revocation(of certificate: Certificate) -> Int64? {
        guard certificate.issuerName == issuerName else { return nil }
        return entries.first { $0.serialNumber == certificate.serialNumber }?.revokedAt
    }

    /// Makes a list.
    ///
    /// - Parameters:
    ///   - entries: all that the authority has revoked.
    ///   - authority: the issuer's certificate.
    ///   - key: its key.
    ///   - number: goes up with every list.
    ///   - time: when it is made, in milliseconds since 1970 (UTC).
    ///   - next: when the next one is due at the latest.
    /// - Throws: ``CryptographyError`` with `cryptography.certificate.request` when the key is not the authority's.
    public static func made(
        _ entries: [Entry], by authority: Certificate, key: SM2.PrivateKey, number: Int, at time: Int64, next: Int64
    ) throws -> RevocationList {
        guard authority.isCA, authority.publicKey == key.publicKey else {
            throw CryptographyError(
                .certificateRequest, operation: "RevocationList.made", detail: "the key is not the authority's")
        }
        let revoked = entries.map { entry in
            DER.sequence([DER.integer(magnitude: entry.serialNumber), DER.certificateTime(entry.revokedAt)])
        }
        func isExtension(_ identifier: String, _ value: [UInt8]) -> [UInt8] {
            DER.sequence([DER.identifier(identifier), DER.octets(value)])
        }
        let keyIdentifier = Array(SM3.hash(authority.publicKey.point).prefix(20))
        let extensions = DER.sequence([
            isExtension("2.5.29.35", DER.sequence([DER.element(0x80, keyIdentifier)])),
            isExtension("2.5.29.20", DER.integer(number)),
        ])
        let signed = DER.sequence(
            [
                DER.integer(1), signatureAlgorithm, authority.subjectName, DER.certificateTime(time),
                DER.certificateTime(next),
            ]
                + (revoked.isEmpty ? [] : [DER.sequence(revoked)]) + [DER.element(DERTag.context(0), extensions)])
        return try RevocationList(
            der: DER.sequence([signed, signatureAlgorithm, DER.bits(try key.sign(signed))]))
    }
}

extension Certificate {
    /// The subject's whole name in DER.
    var subjectName: [UInt8] { names.subject }

    /// The issuer's whole name in DER.
    var issuerName: [UInt8] { names.issuer }

    /// libcrypto has read the certificate already, so that this can't fail on what is one.
    private var names: (issuer: [UInt8], subject: [UInt8]) {
        var reader = DERReader(der)
        guard var whole = try? reader.sequence("Certificate"), var fields = try? whole.sequence("tbsCertificate") else {
            return ([], [])
        }
        if fields.nextTag == DERTag.context(0) { _ = try? fields.element("version") }
        _ = try? fields.element("serialNumber")
        _ = try? fields.element("signature")
        let issuer = try? fields.element("issuer")
        _ = try? fields.element("validity")
        let subject = try? fields.element("subject")
        return (issuer.map { Array($0.bytes) } ?? [], subject.map { Array($0.bytes) } ?? [])
    }
}
