/// One step of verifying a signature, in the order of GB/T 38540-2020.
public struct SealStep: Sendable, Hashable {
    /// The steps in the order in which they are told; the raw values are stable.
    public enum Kind: String, Sendable, CaseIterable {
        case format, signValue, signerInSeal, sealSignature, makerCertificate, sealValidity, sealStatus
        case signerCertificate, signTime, dataHash, timeStamp, files, sealFile, coverage

        /// The step for people.
        public var title: String {
            switch self {
            case .format: "签章数据的格式"
            case .signValue: "签章人的签名值"
            case .signerInSeal: "签章人有权使用该印章"
            case .sealSignature: "印章的制章签名"
            case .makerCertificate: "制章人证书"
            case .sealValidity: "印章有效期"
            case .sealStatus: "印章状态"
            case .signerCertificate: "签章人证书"
            case .signTime: "签章时间"
            case .dataHash: "原文摘要"
            case .timeStamp: "时间戳"
            case .files: "受保护的各个文件"
            case .sealFile: "印章文件与签章内的印章一致"
            case .coverage: "没有未受保护的文件"
            }
        }
    }

    /// How a step went.
    public enum Outcome: String, Sendable, CaseIterable {
        case passed, failed
        /// It could not be asked, or there was nothing to ask; the note says why.
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
    public let findings: [SealFinding]
    /// Why it was skipped, or what else is to be known.
    public let note: String?

    /// A step that passed unless something was found.
    init(_ kind: Kind, findings: [SealFinding] = [], note: String? = nil) {
        self.kind = kind
        outcome = findings.isEmpty ? .passed : .failed
        self.findings = findings
        self.note = note
    }

    init(skipped kind: Kind, note: String) {
        self.kind = kind
        outcome = .skipped
        findings = []
        self.note = note
    }
}
