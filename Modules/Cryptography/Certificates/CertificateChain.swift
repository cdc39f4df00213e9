/// Checks whether a certificate leads to a trusted root.
public enum CertificateChain {
    /// What the certificate is about to be used for.
    public enum Purpose: Sendable, Hashable {
        /// Anything; only the chain is checked.
        case any
        /// Signing documents, seals or messages: the key usage must permit digital signatures or non-repudiation.
        case signing
        /// Issuing certificates.
        case issuing
    }

    /// The outcome: the chain as far as it could be built, and everything that is wrong with it.
    public struct Verification: Sendable, Hashable {
        /// From the certificate itself up to the last issuer found.
        public let chain: [Certificate]
        /// All failures; empty if and only if the certificate is trusted.
        public let failures: [Failure]

        /// Whether nothing is wrong.
        public var isTrusted: Bool { failures.isEmpty }
    }

    /// Verifies a certificate.
    ///
    /// Signatures, names, key identifiers, validity, authority flags, path lengths and critical extensions are checked
    /// (RFC 5280 §6). Revocation is not: it is known to the service that owns the certificates.
    ///
    /// - Parameters:
    ///   - leaf: the certificate.
    ///   - intermediates: authorities that may be needed in between, in any order; they are not trusted by themselves.
    ///   - roots: the self-signed certificates that are trusted.
    ///   - time: the moment at which it must be valid, in milliseconds since 1970 (UTC).
    ///   - purpose: what it is to be used for.
    ///   - isStrict: whether also the form is held to RFC 5280, key identifiers included, which some authorities'
    ///     certificates lack.
    /// - Returns: the chain and all failures.
    /// - Throws: ``CryptographyError`` with `cryptography.library` if libcrypto can't run the check at all.
    public static func verify(
        leaf: Certificate, intermediates: [Certificate] = [], roots: [Certificate], at time: Int64,
        purpose: Purpose = .signing, isStrict: Bool = true
    ) throws -> Verification {
        var (chain, failures) = try ChainCheck.run(
            leaf: leaf, intermediates: intermediates, roots: roots, time: time, isStrict: isStrict)
        for (depth, certificate) in chain.enumerated() {
            if time < certificate.notBefore { failures.append(Failure(code: .notYetValid, depth: depth)) }
            // The last second counts in full (RFC 5280 §4.1.2.5), which libcrypto's own comparison does not honour.
            if time >= certificate.notAfter + 1000 { failures.append(Failure(code: .expired, depth: depth)) }
        }
        if !permits(leaf, purpose) {
            failures.append(Failure(code: .keyUsage, depth: 0))
        }
        return Verification(chain: chain, failures: failures)
    }

    private static func permits(_ leaf: Certificate, _ purpose: Purpose) -> Bool {
        switch purpose {
        case .any: true
        case .signing: leaf.keyUsage.map { !$0.isDisjoint(with: [.digitalSignature, .nonRepudiation]) } ?? false
        case .issuing: leaf.isCA
        }
    }

    /// Whole seconds since 1970, rounded down also before it.
    static func seconds(_ milliseconds: Int64) -> Int64 {
        let (quotient, remainder) = milliseconds.quotientAndRemainder(dividingBy: 1000)
        return remainder < 0 ? quotient - 1 : quotient
    }
}
