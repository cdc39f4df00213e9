/// An SM2 certificate signed with SM3 (X.509 v3, GB/T 20518-2018). A value: two are equal when their DER is.
public struct Certificate: Sendable {
    /// The certificate itself.
    public let der: [UInt8]
    /// Whose key it certifies.
    public let subject: DistinguishedName
    /// Who issued it.
    public let issuer: DistinguishedName
    /// The serial number, big endian, without leading zeros.
    public let serialNumber: [UInt8]
    /// Begin of validity, in milliseconds since 1970 (UTC).
    public let notBefore: Int64
    /// Last second of validity, in milliseconds since 1970 (UTC).
    public let notAfter: Int64
    /// The certified key.
    public let publicKey: SM2.PublicKey
    /// What the key may be used for; `nil` if the certificate doesn't say.
    public let keyUsage: KeyUsage?
    /// Whether it is an authority's: basic constraints say so and the key usage permits signing certificates.
    public let isCA: Bool
    /// Whether subject and issuer have the same whole name, as a root's have.
    public let isSelfIssued: Bool
    let object: SharedObject

    /// The SM3 digest of the DER: 32 bytes.
    public var fingerprint: [UInt8] { SM3.hash(der) }

    /// The certificate as PEM text.
    public var pem: String { PEM(label: "CERTIFICATE", bytes: der).text }

    /// A certificate from PEM text: the first `CERTIFICATE` block.
    ///
    /// - Throws: ``CryptographyError`` with `cryptography.pem.format`, `cryptography.certificate.format` or
    ///   `cryptography.certificate.algorithm`.
    public init(pem: String) throws {
        guard let block = try PEM.blocks(in: pem).first(where: { $0.label == "CERTIFICATE" }) else {
            throw CryptographyError(.pemFormat, operation: "Certificate.init(pem:)", detail: "no CERTIFICATE block")
        }
        try self.init(der: block.bytes)
    }

    /// Every certificate of a PEM text, in order; none is an empty array.
    ///
    /// - Throws: as ``init(pem:)``, for the first bad block.
    public static func all(inPEM text: String) throws -> [Certificate] {
        try PEM.blocks(in: text).filter { $0.label == "CERTIFICATE" }.map { try Certificate(der: $0.bytes) }
    }
}

extension Certificate: Hashable {
    public static func == (first: Certificate, second: Certificate) -> Bool {
        first.der == second.der
    }

    public func hash(into hasher: inout Hasher) {
        hasher.combine(der)
    }
}
