public import Cryptography
import Extension
public import Standards

/// Verifies licence files. It needs nothing but the trust list, so that anyone can do it anywhere.
public struct LicenceVerifier: Sendable {
    /// What the register says of the licence in the file, where one is at hand.
    public enum Registered: Sendable, Hashable {
        /// No register was asked.
        case notAsked
        /// The register doesn't know it; `isOurs` when it should, since the signer's certificate is the register's own.
        case unknown(isOurs: Bool)
        case status(LicenceStatus)
    }

    /// The roots that are trusted (信任名单); empty for a deployment that is only for drills.
    public let trustedRoots: [Certificate]

    public init(trustedRoots: [Certificate]) { self.trustedRoots = trustedRoots }

    /// Verifies a file and reports every step, also those after a failure.
    ///
    /// - Parameters:
    ///   - bytes: the whole file; nothing about it is trusted.
    ///   - instant: the time of the check, UTC.
    ///   - registered: what the register says of a licence identifier; asked at most once.
    public func verify(
        _ bytes: [UInt8], at instant: Instant, registered: Registered = .notAsked
    ) -> LicenceVerification {
        let reading = LicenceReading(bytes)
        guard let file = reading.file, let document = reading.document else {
            let others = LicenceVerificationStep.Kind.allCases.dropFirst()
            return LicenceVerification(
                steps: [LicenceVerificationStep(.format, findings: reading.findings)]
                    + others.map { .skipped($0, after: .format) }, file: nil)
        }
        let credentials = LicenceCredentials(file)
        let isCanonical = document.canonical.utf8.elementsEqual(bytes)
        var steps = [
            LicenceVerificationStep(.format, findings: []),
            LicenceVerificationStep(
                .canonical,
                findings: isCanonical
                    ? [] : [finding(.canonical, "changed", "文件内容不是签发时的原样（多了空白、换了次序或写法），请使用原始文件。")]),
            LicenceVerificationStep(.certificate, findings: credentials.findings),
        ]
        let (chain, trust) = chainSteps(credentials, signedAt: file.signedAt, now: instant)
        steps += [
            chain, signatureStep(file, document, credentials), identifierStep(file.licence),
            validityStep(file, now: instant), statusStep(registered), trust,
        ]
        return LicenceVerification(steps: steps, file: file)
    }
}

/// A finding of a step: its field is the step, its code the step's with a name.
func finding(_ kind: LicenceVerificationStep.Kind, _ name: String, _ message: String) -> Finding {
    Finding(kind.rawValue, "\(kind.rawValue).\(name)", message)
}
