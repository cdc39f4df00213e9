public import Extension

/// A certificate authority of the deployment's own began (自建证书机构).
public struct AuthorityFounded: Event, Hashable {
    public static let name = "eseal.authority_founded"
    /// The root's SM3 fingerprint.
    public let root: String
}

/// A certificate was issued.
public struct CertificateIssued: Event, Hashable {
    public static let name = "eseal.certificate_issued"
    public let certificate: String
    public let role: String
}

/// Somebody else's certificate was taken over.
public struct CertificateImported: Event, Hashable {
    public static let name = "eseal.certificate_imported"
    public let certificate: String
}

/// A certificate was revoked.
public struct CertificateRevoked: Event, Hashable {
    public static let name = "eseal.certificate_revoked"
    public let certificate: String
}

/// A list of revoked certificates was made.
public struct RevocationListMade: Event, Hashable {
    public static let name = "eseal.revocation_list_made"
    public let issuer: String
    public let number: Int
    public let count: Int
}
