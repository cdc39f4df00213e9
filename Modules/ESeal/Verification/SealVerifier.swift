import Cryptography
import Standards

/// Verifies seals and signatures made with them; needs nothing but a trust list, so that anyone can do it anywhere.
///
/// Every step of GB/T 38540-2020 §6.3 and §7.3 is run, also after one has failed, and all findings are told.
public struct SealVerifier: Sendable {
    public let trust: TrustList
    public init(trust: TrustList) { self.trust = trust }

    /// Verifies a signature by itself.
    ///
    /// - Parameters:
    ///   - bytes: the encoding of `SES_Signature`.
    ///   - original: what was signed; nil when it isn't at hand.
    ///   - now: the time of the check, in milliseconds since 1970 (UTC).
    ///   - place: where the signature stands.
    public func verify(
        _ bytes: [UInt8], original: [UInt8]?, now: Int64, place: String = ""
    ) -> SealVerification {
        let signature: SealSignature
        do throws(DERError) {
            signature = try SealSignature(der: bytes)
        } catch {
            let others = SealStep.Kind.signatureSteps.dropFirst()
            return SealVerification(
                place: place,
                steps: [SealStep(.format, findings: [SealFinding(.format, "签章数据不合规范：\(error)。请向对方重新索取文件。")])]
                    + others.map { SealStep(skipped: $0, note: "签章数据读不出来，无法核验这一步。") },
                signature: nil)
        }
        let signer = try? Certificate(der: signature.signerCertificate)
        let maker = try? Certificate(der: signature.seal.makerCertificate)
        let steps = [
            formatStep(signature), signValueStep(signature, signer), signerInSealStep(signature),
            sealSignatureStep(signature.seal, maker), makerStep(maker, at: signature.signedAt),
            sealValidityStep(signature), SealState.notAsked.step(signedAt: signature.signedAt),
            signerStep(signer, at: signature.signedAt),
            signTimeStep(signature, now: now), dataHashStep(signature, original), timeStampStep(signature),
        ]
        return SealVerification(place: place, steps: steps, signature: signature)
    }
}

extension SealStep.Kind {
    /// The steps of a signature by itself; the others are those of a container.
    static let signatureSteps: [SealStep.Kind] = [
        .format, .signValue, .signerInSeal, .sealSignature, .makerCertificate, .sealValidity, .sealStatus,
        .signerCertificate, .signTime, .dataHash, .timeStamp,
    ]
}
