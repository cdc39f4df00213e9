import PluginKit

/// What a verification found, as the page tells it.
struct VerificationModel {
    private let tone: String
    private let title: String
    private let advice: String
    private let problems: [ViewModel]
    private let signatures: [ViewModel]

    init(_ verification: DocumentVerification) {
        let view = DocumentVerificationView(verification)
        tone = Self.tone(isValid: view.verdict == .valid, isDrill: view.verdict == .demonstration)
        title = view.title
        advice = view.advice
        problems = view.container.map { Self.finding($0.message, $0.code) }
        signatures = view.signatures.enumerated().map { index, signature in
            let facts =
                [
                    ("印章", signature.seal), ("签章人（以证书为准）", signature.signer),
                    ("签章时间", signature.signedAt?.chinaTime),
                ].compactMap { label, value in
                    value.map { ["label": ViewModel.text(label), "value": .text(String($0.prefix(200)))] }
                }.map(ViewModel.object)
            return .record([
                "heading": view.signatures.count > 1 ? "第 \(index + 1) 个签章" : "签章", "anchor": "signature-\(index + 1)",
                "facts": facts,
                "steps": signature.steps.map { step in
                    Self.step(
                        step.title, step.outcome.title, Self.badge(step.outcome.rawValue), note: step.note,
                        step.findings.map { Self.finding($0.message, $0.code) })
                },
            ])
        }
    }

    init(_ verification: LicenceVerification) {
        tone = Self.tone(isValid: verification.verdict == .valid, isDrill: verification.verdict == .demonstration)
        title = verification.verdict.title
        advice = verification.verdict.advice
        problems = []
        let licence = verification.file?.licence
        let facts = [
            ("证照", licence?.title), ("证照编号", licence?.number), ("颁发机构", licence?.issuer.name),
            ("颁发日期", licence?.issuedOn.chineseDate),
        ].compactMap { label, value in value.map { ["label": ViewModel.text(label), "value": .text($0)] } }
        signatures = [
            .record([
                "heading": "电子证照签名文件", "anchor": "signature-1", "facts": facts.map(ViewModel.object),
                "steps": verification.steps.map { step in
                    Self.step(
                        step.kind.title, step.outcome.title, Self.badge(step.outcome.rawValue), note: step.note,
                        step.findings.map { Self.finding($0.message, $0.code) })
                },
            ])
        ]
    }

    /// A PDF of ours is known by its digest; what others' say is left to readers of PDF.
    init(pdfIsKnown: Bool, isDrill: Bool) {
        tone = Self.tone(isValid: pdfIsKnown && !isDrill, isDrill: isDrill)
        title = pdfIsKnown ? (isDrill ? "演练·无法律效力" : "与原件一致") : "不能确认"
        advice =
            pdfIsKnown
            ? "这份 PDF 与本系统盖章时留存的逐字节一致" + (isDrill ? "，但印章所用的证书不在信任名单内，只能用于演练。" : "。")
            : "这份 PDF 不是本系统留存的原件，或下载后被改动过。PDF 里的签名请用阅读器查看；要核验电子印章，请向对方索取 OFD 文件。"
        problems = []
        signatures = []
    }

    var page: ViewModel {
        .record([
            "tone": tone, "title": title, "advice": advice, "hasProblems": !problems.isEmpty, "problems": problems,
            "signatures": signatures,
        ])
    }

    private static func tone(isValid: Bool, isDrill: Bool) -> String { isValid ? "good" : isDrill ? "warn" : "bad" }

    private static func badge(_ outcome: String) -> String {
        switch outcome {
        case "passed": "good"
        case "failed": "bad"
        default: "made"
        }
    }

    private static func finding(_ message: String, _ code: String) -> ViewModel {
        ["message": .text(message), "code": .text(code)]
    }

    private static func step(
        _ title: String, _ outcome: String, _ badge: String, note: String?, _ findings: [ViewModel]
    ) -> ViewModel {
        .record([
            "title": title, "outcome": outcome, "badgeClass": badge, "note": note ?? "", "findings": findings,
        ])
    }
}
