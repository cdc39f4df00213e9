import Cryptography
import Standards

extension SealVerifier {
    func formatStep(_ signature: SealSignature) -> SealStep {
        var findings: [SealFinding] = []
        if signature.algorithm != SealAlgorithm.signature || signature.seal.algorithm != SealAlgorithm.signature {
            findings.append(SealFinding(.format, "签名算法不是 SM2（\(SealAlgorithm.signature)），不合 GB/T 38540。"))
        }
        if let problem = SealPicture.problem(signature.seal.picture) {
            findings.append(SealFinding(.picture, problem))
        }
        // Vendors mark extensions critical that say nothing about the signature's force, so they are told, not refused.
        let unknown = (signature.extensions + signature.seal.extensions).map(\.identifier)
        return SealStep(
            .format, findings: findings,
            note: unknown.isEmpty ? nil : "带有扩展项 \(unknown.prefix(5).joined(separator: "、"))，本系统不识别其含义。")
    }

    func signValueStep(_ signature: SealSignature, _ signer: Certificate?) -> SealStep {
        guard let signer else { return SealStep(skipped: .signValue, note: "签章人证书读不出来，无法核验这一步。") }
        let holds = Self.verifies(signature.signature, signature.signedBytes, signer)
        return SealStep(
            .signValue,
            findings: holds ? [] : [SealFinding(.signValue, "签名值与签章内容、签章人证书不符：签章被改动过，或不是该证书的私钥所签。请勿采信。")])
    }

    func signerInSealStep(_ signature: SealSignature) -> SealStep {
        let certificate = signature.signerCertificate
        let isListed =
            switch signature.seal.signers {
            case .certificates(let all): all.contains(certificate)
            case .digests(let all):
                all.contains {
                    SealAlgorithm.digestNames.contains($0.algorithm.lowercased()) && $0.value == SM3.hash(certificate)
                }
            }
        return SealStep(
            .signerInSeal,
            findings: isListed ? [] : [SealFinding(.signerNotInSeal, "签章人的证书不在印章的签章人名单里，无权使用这枚印章。请勿采信。")])
    }

    func sealSignatureStep(_ seal: ElectronicSeal, _ maker: Certificate?) -> SealStep {
        guard let maker else { return SealStep(skipped: .sealSignature, note: "制章人证书读不出来，无法核验这一步。") }
        let holds = Self.verifies(seal.signature, seal.signedBytes, maker)
        return SealStep(
            .sealSignature,
            findings: holds ? [] : [SealFinding(.sealSignature, "印章的签名与制章人证书不符：印章被改动过，或是私刻的。请勿采信。")])
    }

    func makerStep(_ maker: Certificate?, at time: Int64) -> SealStep {
        guard let maker else {
            return SealStep(
                .makerCertificate,
                findings: [SealFinding(.makerInvalid, "制章人证书读不出来，或不是国密证书。请勿采信，并向制章单位核实。")])
        }
        return SealStep(
            .makerCertificate,
            findings: trust.failures(of: maker, at: time).map { failure in
                let code: SealCode =
                    switch failure.kind {
                    case .untrusted: .makerUntrusted
                    case .expired: .makerExpired
                    case .notYet: .makerNotYet
                    case .revoked: .makerRevoked
                    case .usage: .makerUsage
                    case .invalid: .makerInvalid
                    }
                return SealFinding(code, "制章人\(failure.message)")
            })
    }

    func signerStep(_ signer: Certificate?, at time: Int64) -> SealStep {
        guard let signer else {
            return SealStep(
                .signerCertificate,
                findings: [SealFinding(.signerInvalid, "签章人证书读不出来，或不是国密证书。请勿采信，并向用章单位核实。")])
        }
        return SealStep(
            .signerCertificate,
            findings: trust.failures(of: signer, at: time).map { failure in
                let code: SealCode =
                    switch failure.kind {
                    case .untrusted: .signerUntrusted
                    case .expired: .signerExpired
                    case .notYet: .signerNotYet
                    case .revoked: .signerRevoked
                    case .usage: .signerUsage
                    case .invalid: .signerInvalid
                    }
                return SealFinding(code, "签章人\(failure.message)")
            })
    }

    func sealValidityStep(_ signature: SealSignature) -> SealStep {
        let seal = signature.seal
        var findings: [SealFinding] = []
        if signature.signedAt < seal.validFrom {
            findings.append(
                SealFinding(.sealNotYet, "签章时印章还没有启用（\(Self.day(seal.validFrom))起有效）。请勿采信，并向用章单位核实。"))
        }
        if signature.signedAt > seal.validUntil {
            findings.append(
                SealFinding(.sealExpired, "签章时印章已过有效期（\(Self.day(seal.validUntil))止）。请勿采信，并向用章单位核实。"))
        }
        return SealStep(.sealValidity, findings: findings)
    }

    func signTimeStep(_ signature: SealSignature, now: Int64) -> SealStep {
        // A few minutes are allowed for clocks that don't agree.
        let isAhead = signature.signedAt > now + 300_000
        return SealStep(
            .signTime, findings: isAhead ? [SealFinding(.signTime, "签章时间晚于现在。请核对本机时间；时间无误的，请勿采信。")] : [])
    }

    func dataHashStep(_ signature: SealSignature, _ original: [UInt8]?) -> SealStep {
        guard let original else { return SealStep(skipped: .dataHash, note: "没有给出原文，未核验签章与原文是否相符。") }
        let holds = SM3.hash(original) == signature.dataHash
        return SealStep(
            .dataHash, findings: holds ? [] : [SealFinding(.dataHash, "原文与签章不符：签章之后原文被改动过。请勿采信。")])
    }

    func timeStampStep(_ signature: SealSignature) -> SealStep {
        guard let token = signature.timeStamp else { return SealStep(skipped: .timeStamp, note: "没有时间戳。") }
        let problem = TimeStampToken.problem(token, over: signature.signature, notBefore: signature.signedAt)
        if let problem { return SealStep(.timeStamp, findings: [SealFinding(.timeStamp, problem)]) }
        return SealStep(skipped: .timeStamp, note: "时间戳的摘要和时间与签章相符；未核验时间戳机构的签名。")
    }

    /// Verifies a signature value; one vendor writes 64 raw bytes where others write DER.
    private static func verifies(_ value: [UInt8], _ message: [UInt8], _ certificate: Certificate) -> Bool {
        let der = value.count == 64 ? (try? SM2.Signature(raw: value))?.der ?? value : value
        return certificate.publicKey.verify(der, for: message)
    }

    static func day(_ time: Int64) -> String { Instant(milliseconds: time).day.chineseDate }
}
