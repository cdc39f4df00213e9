import Cryptography
import Extension
import Standards

extension LicenceVerifier {
    /// The chain and its validity when the file was signed, and apart from it whether its root is trusted.
    func chainSteps(
        _ credentials: LicenceCredentials, signedAt: Instant, now: Instant
    ) -> (chain: LicenceVerificationStep, trust: LicenceVerificationStep) {
        guard let certificate = credentials.certificate, credentials.findings.isEmpty else {
            return (.skipped(.chain, after: .certificate), .skipped(.trust, after: .certificate))
        }
        var findings: [Finding] = []
        // A few minutes are allowed for clocks that don't agree.
        if signedAt > now.adding(.seconds(300)) {
            findings.append(finding(.chain, "signed_in_future", "签名时间 \(signedAt.chinaTime) 晚于现在，请核对本机时间。"))
        }
        do {
            let verification = try CertificateChain.verify(
                leaf: certificate, intermediates: credentials.chain, roots: trustedRoots,
                at: signedAt.milliseconds, purpose: .signing)
            let untrusted = verification.failures.filter { $0.code == .untrustedRoot }
            findings += verification.failures.filter { $0.code != .untrustedRoot }.map { failure in
                let name = failure.code.rawValue.split(separator: ".").last.map(String.init) ?? "malformed"
                return finding(.chain, name, "第 \(failure.depth + 1) 级证书在签名时\(failure.code.message)。")
            }
            return (
                LicenceVerificationStep(.chain, findings: findings),
                LicenceVerificationStep(
                    .trust,
                    findings: untrusted.isEmpty
                        ? [] : [finding(.trust, "untrusted", "演练·无法律效力：签名证书的根证书不在信任名单内。")])
            )
        } catch {
            findings.append(finding(.chain, "malformed", "证书链不合规范，无法核验。"))
            return (LicenceVerificationStep(.chain, findings: findings), .skipped(.trust, after: .chain))
        }
    }

    func signatureStep(
        _ file: LicenceFile, _ document: JSONValue, _ credentials: LicenceCredentials
    ) -> LicenceVerificationStep {
        guard let certificate = credentials.certificate else { return .skipped(.signature, after: .certificate) }
        guard let signature = StrictBase64.decode(file.signature), (try? SM2.Signature(der: signature)) != nil else {
            return LicenceVerificationStep(
                .signature, findings: [finding(.signature, "encoding", "签名值的编码不规范，文件可能被改动过。")])
        }
        let holds = certificate.publicKey.verify(signature, for: LicenceFile.signedBytes(of: document))
        return LicenceVerificationStep(
            .signature, findings: holds ? [] : [finding(.signature, "mismatch", "签名与内容不符，文件在签发后被改动过，请勿采信。")])
    }

    func identifierStep(_ licence: LicenceStatement) -> LicenceVerificationStep {
        guard let text = licence.identifier else {
            return LicenceVerificationStep(
                .identifier, findings: [finding(.identifier, "missing", "文件里没有电子证照标识。")])
        }
        do {
            let identifier = try LicenceIdentifier(text)
            var findings: [Finding] = []
            if identifier.text != text {
                findings.append(finding(.identifier, "form", "电子证照标识的写法不规范。"))
            }
            if let code = licence.issuer.creditCode?.text, identifier.issuer != code {
                findings.append(finding(.identifier, "issuer", "电子证照标识里的颁发机构与证照所写的颁发机构不一致。"))
            }
            return LicenceVerificationStep(.identifier, findings: findings)
        } catch {
            return LicenceVerificationStep(
                .identifier, findings: [finding(.identifier, "check", error.message)])
        }
    }

    func validityStep(_ file: LicenceFile, now: Instant) -> LicenceVerificationStep {
        var findings: [Finding] = []
        if let last = file.licence.validUntil, now.day > last {
            findings.append(finding(.validity, "expired", "证照已于 \(last.chineseDate) 到期，请持证人换发。"))
        }
        if file.licence.issuedOn > file.signedAt.day {
            findings.append(finding(.validity, "issued_after_signing", "颁发日期晚于签名时间，请向颁发机构核实。"))
        }
        return LicenceVerificationStep(.validity, findings: findings)
    }

    func statusStep(_ registered: Registered) -> LicenceVerificationStep {
        switch registered {
        case .notAsked: LicenceVerificationStep(.status, .skipped, note: "没有连接证照库，未核验是否已被撤销或换发。")
        case .unknown(isOurs: false): LicenceVerificationStep(.status, .skipped, note: "这份证照不在本地证照库中，请到颁发地查询状态。")
        case .unknown(isOurs: true):
            LicenceVerificationStep(
                .status, findings: [finding(.status, "unknown", "本地证照库里没有这份证照，虽有本地签名也请勿采信，并告知管理员。")])
        case .status(.valid): LicenceVerificationStep(.status, findings: [])
        case .status(.revoked):
            LicenceVerificationStep(.status, findings: [finding(.status, "revoked", "证照已被撤销或注销，不能再使用。")])
        case .status(.suspended):
            LicenceVerificationStep(.status, findings: [finding(.status, "suspended", "证照已被暂扣，现在不能使用。")])
        case .status(.superseded):
            LicenceVerificationStep(.status, findings: [finding(.status, "superseded", "证照已换发，请使用新的证照。")])
        }
    }
}
