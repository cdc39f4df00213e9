public import Extension
import Standards

/// The outcome of verifying a licence: the verdict, every step, and what the licence says if it could be read.
public struct LicenceVerification: Sendable, Hashable {
    /// The verdict in one word.
    public enum Verdict: String, Sendable, CaseIterable {
        /// Everything holds, and the signer is on the trust list.
        case valid
        /// Unchanged since it was signed, but under a certificate that nobody trusts: for drills, without legal force.
        case demonstration
        /// At least one step failed; the licence must not be relied on.
        case invalid
        /// Issued elsewhere and only recorded here, so that there is no signature of ours to verify.
        case elsewhere

        /// The verdict for people.
        public var title: String {
            switch self {
            case .valid: "真实有效"
            case .demonstration: "演练·无法律效力"
            case .invalid: "未通过核验"
            case .elsewhere: "外部签发，不由本系统核验"
            }
        }

        /// What follows from it.
        public var advice: String {
            switch self {
            case .valid: "签名有效，内容自签发后没有改动。"
            case .demonstration: "签名与内容相符，但签名证书不在信任名单内，只能用于演练，不能作为办事依据。"
            case .invalid: "请不要采信这份文件，可请持证人重新下载后再核验，或向颁发机构核实。"
            case .elsewhere: "本系统只登记了它的编号、日期和原件，没有加签，请到颁发机构的查验平台核验。"
            }
        }
    }

    public let verdict: Verdict
    /// Every step in order, passed or not.
    public let steps: [LicenceVerificationStep]
    /// What the file says, if it could be read; not to be relied on unless the verdict permits it.
    public let file: LicenceFile?

    /// All failures of all steps.
    public var failures: [Finding] { steps.flatMap(\.findings) }

    init(steps: [LicenceVerificationStep], file: LicenceFile?) {
        let failed = Set(steps.filter { $0.outcome == .failed }.map(\.kind))
        verdict = failed.isEmpty ? .valid : failed == [.trust] ? .demonstration : .invalid
        self.steps = steps
        self.file = file
    }

    private init(elsewhere statement: LicenceStatement) {
        verdict = .elsewhere
        steps = [
            LicenceVerificationStep(
                .format, .skipped, note: "由\(statement.issuer.name)签发，编号 \(statement.number)，不是本系统签名的电子证照。")
        ]
        file = nil
    }

    /// The outcome for a licence that was only recorded.
    static func elsewhere(_ statement: LicenceStatement) -> LicenceVerification {
        LicenceVerification(elsewhere: statement)
    }
}

/// One step of a verification.
public struct LicenceVerificationStep: Sendable, Hashable {
    /// The steps in the order in which they are told; the raw values are stable.
    public enum Kind: String, Sendable, CaseIterable {
        case format = "licence.format"
        case canonical = "licence.canonical"
        case certificate = "licence.certificate"
        case chain = "licence.chain"
        case signature = "licence.signature"
        case identifier = "licence.identifier"
        case validity = "licence.validity"
        case status = "licence.status"
        case trust = "licence.trust"

        /// The step for people.
        public var title: String {
            switch self {
            case .format: "文件格式"
            case .canonical: "规范编码"
            case .certificate: "签名证书"
            case .chain: "证书链与签名时的有效期"
            case .signature: "签名值"
            case .identifier: "电子证照标识"
            case .validity: "证照有效期"
            case .status: "证照状态"
            case .trust: "信任名单"
            }
        }
    }

    /// How a step went.
    public enum Outcome: String, Sendable, CaseIterable {
        case passed, failed
        /// It could not be asked; the note says why.
        case skipped

        /// The outcome for people.
        public var title: String {
            switch self {
            case .passed: "通过"
            case .failed: "未通过"
            case .skipped: "未核验"
            }
        }
    }

    public let kind: Kind
    public let outcome: Outcome
    /// What failed, with stable codes such as `licence.chain.expired`.
    public let findings: [Finding]
    /// Why it was skipped.
    public let note: String?

    init(_ kind: Kind, _ outcome: Outcome, note: String) {
        self.kind = kind
        self.outcome = outcome
        self.findings = []
        self.note = note
    }

    /// A step that passed unless something was found.
    init(_ kind: Kind, findings: [Finding]) {
        self.kind = kind
        self.outcome = findings.isEmpty ? .passed : .failed
        self.findings = findings
        self.note = nil
    }

    static func skipped(_ kind: Kind, after cause: Kind) -> LicenceVerificationStep {
        LicenceVerificationStep(kind, .skipped, note: "“\(cause.title)”未通过，无法核验这一步。")
    }
}
