public import Cryptography
public import Standards
public import Storage

/// What a certificate is for in this deployment.
public enum CertificateRole: String, Sendable, CaseIterable, SQLConvertible {
    /// 根证书
    case root
    /// 签发证书
    case issuing
    /// 制章人证书: signs seals.
    case maker
    /// 签章人证书: signs documents with a seal.
    case signer
    /// 导入的他人证书: an authority of somebody else's.
    case imported

    /// The role for people.
    public var title: String {
        switch self {
        case .root: "根证书"
        case .issuing: "签发机构"
        case .maker: "制章人"
        case .signer: "签章人"
        case .imported: "导入的机构证书"
        }
    }
}

/// A certificate that this deployment keeps.
public struct StoredCertificate: Sendable, Hashable {
    /// The SM3 fingerprint in hexadecimal.
    public let id: String
    public let role: CertificateRole
    public let certificate: Certificate
    /// The key, where it is this deployment's own.
    public let key: Identifier?
    /// When it was revoked; nil when it was not.
    public let revokedAt: Instant?

    static let columns = "id, role, key, der, revoked_at"

    init(_ row: Row) throws {
        id = try row.get("id")
        role = try row.get("role")
        key = try row.get("key")
        certificate = try Certificate(der: try row.get("der"))
        revokedAt = try row.get("revoked_at")
    }
}
