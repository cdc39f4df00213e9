public import Cryptography

/// Whom a verification trusts, and what it knows of revocations.
public struct TrustList: Sendable {
    /// The roots that are trusted (信任名单).
    public var roots: [Certificate]
    /// Authorities that may be needed in between.
    public var authorities: [Certificate]
    /// Lists of revoked certificates; one counts only under the signature of the authority that it names.
    public var revocationLists: [RevocationList]

    public init(roots: [Certificate], authorities: [Certificate] = [], revocationLists: [RevocationList] = []) {
        self.roots = roots
        self.authorities = authorities
        self.revocationLists = revocationLists
    }

    /// What is wrong with a certificate that is used for signing at a time.
    func failures(of certificate: Certificate, at time: Int64) -> [Failure] {
        guard
            let verified = try? CertificateChain.verify(
                leaf: certificate, intermediates: authorities, roots: roots, at: time, isStrict: false)
        else { return [Failure(kind: .invalid, message: "证书链不合规范，无法核验。请联系签发机构。")] }
        var failures = verified.failures.map { failure in
            let kind = Failure.Kind(failure.code)
            if kind == .untrusted { return Failure(kind: kind, message: "证书所属的根证书不在信任名单内，不能确认它的身份。请向用章单位核实。") }
            let whose = failure.depth == 0 ? "证书" : "第 \(failure.depth) 级签发机构的证书"
            return Failure(kind: kind, message: "\(whose)在签章时\(failure.code.message)。")
        }
        for (certificate, issuer) in zip(verified.chain, verified.chain.dropFirst()) {
            let revoked = revocationLists.filter { $0.isMade(by: issuer) }
                .compactMap { $0.revocation(of: certificate) }.min()
            // What was revoked after the signing was in force at the signing.
            if let revoked, revoked <= time {
                failures.append(Failure(kind: .revoked, message: "证书在签章之前已被签发机构吊销。请勿采信，并向用章单位核实。"))
            }
        }
        return failures
    }

    /// One failure of a chain.
    struct Failure {
        enum Kind {
            case untrusted, expired, notYet, revoked, usage, invalid

            init(_ code: CertificateChain.Code) {
                self =
                    switch code {
                    case .untrustedRoot, .issuerMissing: .untrusted
                    case .expired: .expired
                    case .notYetValid: .notYet
                    case .keyUsage: .usage
                    case .signature, .notAuthority, .pathLength, .criticalExtension, .malformed: .invalid
                    }
            }
        }

        let kind: Kind
        let message: String
    }
}
