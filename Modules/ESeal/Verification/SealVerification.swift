public import Cryptography

/// The outcome of verifying one signature made with a seal.
public struct SealVerification: Sendable, Hashable {
    /// Where the signature stands, such as `/Doc_0/Signs/Sign_0/Signature.xml`; empty for one by itself.
    public let place: String
    /// Every step in order, passed or not.
    public let steps: [SealStep]
    /// What was read; nil when it could not be. Not to be relied on unless the verdict permits it.
    public let signature: SealSignature?

    /// All that was found.
    public var findings: [SealFinding] { steps.flatMap(\.findings) }

    /// Who signed, from the certificate and never from the picture; nil when it can't be read.
    public var signer: DistinguishedName? {
        signature.flatMap { try? Certificate(der: $0.signerCertificate) }?.subject
    }
}

/// The outcome of verifying a document with all its signatures.
public struct DocumentVerification: Sendable, Hashable {
    /// The verdict in one word.
    public enum Verdict: String, Sendable, CaseIterable {
        /// Everything holds, and who made and used the seals is on the trust list.
        case valid
        /// Unchanged, but under certificates that nobody here trusts: for drills, without legal force.
        case demonstration
        /// At least one step failed; the document must not be relied on.
        case invalid

        /// The verdict for people.
        public var title: String {
            switch self {
            case .valid: "签章有效"
            case .demonstration: "演练·无法律效力"
            case .invalid: "未通过核验"
            }
        }

        /// What follows from it.
        public var advice: String {
            switch self {
            case .valid: "签章有效，内容自签章后没有改动。"
            case .demonstration: "内容自签章后没有改动，但签章所用的证书不在信任名单内，只能用于演练，不能作为办事依据。"
            case .invalid: "请不要采信这份文件。可以请对方重新提供，或向用章单位核实。"
            }
        }
    }

    /// What is wrong with the container itself.
    public let container: [SealFinding]
    public let signatures: [SealVerification]

    /// All that was found.
    public var findings: [SealFinding] { container + signatures.flatMap(\.findings) }

    public var verdict: Verdict {
        let codes = Set(findings.map(\.code))
        if codes.isEmpty { return .valid }
        return codes.isSubset(of: [.makerUntrusted, .signerUntrusted]) ? .demonstration : .invalid
    }
}
