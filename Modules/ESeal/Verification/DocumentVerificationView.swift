import Cryptography
public import Extension
public import Standards

/// The outcome of a verification as the interface, the page and the command line tell it.
public struct DocumentVerificationView: SchemaType {
    public var verdict = DocumentVerification.Verdict.invalid
    public var title = ""
    public var advice = ""
    /// All codes that were found, each once.
    public var codes: [String] = []
    /// What is wrong with the container.
    public var container: [SealFindingView] = []
    public var signatures: [SignatureView] = []

    public init() {}

    public init(_ verification: DocumentVerification) {
        verdict = verification.verdict
        title = verification.verdict.title
        advice = verification.verdict.advice
        codes = Set(verification.findings.map(\.code)).map(\.rawValue).sorted()
        container = verification.container.map(SealFindingView.init)
        signatures = verification.signatures.map(SignatureView.init)
    }

    public static let schema = Schema<DocumentVerificationView> {
        Field("verdict", \.verdict, .choice, doc: "结论")
        Field("title", \.title, .text(max: 40), doc: "结论的名称")
        Field("advice", \.advice, .text(max: 200), doc: "结论的含义和下一步")
        Field("codes", \.codes, .list(of: .text(max: 40)), doc: "发现的全部问题代码")
        Field("container", \.container, .list(of: .object), doc: "文件本身的问题")
        Field("signatures", \.signatures, .list(of: .object), doc: "各个签章的核验结果")
    }

    public var text: String {
        var lines = ["\(title)：\(advice)"]
        lines += container.map { "  [未通过] \($0.message)（\($0.code)）" }
        for signature in signatures {
            lines += ["", "签章 \(signature.place)"]
            if let seal = signature.seal {
                lines += [
                    "  印章名称　\(seal)", "  签章人证书　\(signature.signer ?? "读不出来")",
                    "  签章时间　\(signature.signedAt?.chinaTime ?? "")",
                ]
            }
            for step in signature.steps {
                lines.append("  [\(step.outcome.title)] \(step.title)\(step.note.map { "　\($0)" } ?? "")")
                lines += step.findings.map { "      \($0.message)（\($0.code)）" }
            }
        }
        return lines.joined(separator: "\n")
    }
}

/// One signature.
public struct SignatureView: SchemaType {
    public var place = ""
    public var seal: String?
    public var sealID: String?
    /// Who signed, as the certificate has it.
    public var signer: String?
    public var signedAt: Instant?
    public var steps: [SealStepView] = []

    public init() {}

    init(_ verification: SealVerification) {
        place = verification.place
        seal = verification.signature?.seal.name
        sealID = verification.signature?.seal.identifier
        signer = verification.signer?.description
        signedAt = verification.signature.map { Instant(milliseconds: $0.signedAt) }
        steps = verification.steps.map(SealStepView.init)
    }

    public static let schema = Schema<SignatureView> {
        Field("place", \.place, .text(max: 240), doc: "签章在文件里的位置")
        Field("seal", \.seal, .optional(.text(max: 2000)), doc: "印章名称")
        Field("seal_id", \.sealID, .optional(.text(max: 2000)), doc: "印章标识")
        Field("signer", \.signer, .optional(.text(max: 2000)), doc: "签章人，以证书所载为准")
        Field("signed_at", \.signedAt, .optional(.instant), doc: "签章时间")
        Field("steps", \.steps, .list(of: .object), doc: "逐步核验的结果")
    }
}

/// One step with its findings.
public struct SealStepView: SchemaType {
    public var code = ""
    public var title = ""
    public var outcome = SealStep.Outcome.skipped
    public var findings: [SealFindingView] = []
    public var note: String?

    public init() {}

    init(_ step: SealStep) {
        code = step.kind.rawValue
        title = step.kind.title
        outcome = step.outcome
        findings = step.findings.map(SealFindingView.init)
        note = step.note
    }

    public static let schema = Schema<SealStepView> {
        Field("code", \.code, .text(max: 60), doc: "步骤代码")
        Field("title", \.title, .text(max: 60), doc: "步骤")
        Field("outcome", \.outcome, .choice, doc: "结果")
        Field("findings", \.findings, .list(of: .object), doc: "未通过的原因")
        Field("note", \.note, .optional(.text(max: 400)), doc: "未核验的原因")
    }
}

/// Why a step failed.
public struct SealFindingView: SchemaType {
    public var code = ""
    public var message = ""

    public init() {}

    init(_ finding: SealFinding) {
        code = finding.code.rawValue
        message = finding.message
    }

    public static let schema = Schema<SealFindingView> {
        Field("code", \.code, .text(max: 80), doc: "原因代码")
        Field("message", \.message, .text(max: 800), doc: "原因和办法")
    }
}
