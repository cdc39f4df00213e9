import Extension
import Standards

/// The outcome of a verification as the interface and the command line tell it.
struct LicenceVerificationView: SchemaType {
    var verdict = LicenceVerification.Verdict.invalid
    var title = ""
    var advice = ""
    var steps: [LicenceStepView] = []
    var licence: LicenceSummary?

    init() {}

    init(_ verification: LicenceVerification) {
        verdict = verification.verdict
        title = verification.verdict.title
        advice = verification.verdict.advice
        steps = verification.steps.map(LicenceStepView.init)
        licence = verification.file.map(LicenceSummary.init)
    }

    static let schema = Schema<LicenceVerificationView> {
        Field("verdict", \.verdict, .choice, doc: "结论")
        Field("title", \.title, .text(max: 40), doc: "结论的名称")
        Field("advice", \.advice, .text(max: 200), doc: "结论的含义和下一步")
        Field("steps", \.steps, .list(of: .object), doc: "逐步核验的结果")
        Field("licence", \.licence, Format.optional(.object), doc: "文件所载的证照；结论为未通过时不得采信")
    }

    var text: String {
        var lines = ["\(title)：\(advice)", ""]
        for step in steps {
            lines.append("[\(step.outcomeTitle)] \(step.title)\(step.note.map { "　\($0)" } ?? "")")
            lines += step.findings.map { "    \($0.message)（\($0.code)）" }
        }
        if let licence {
            lines += [
                "", "\(licence.title)　\(licence.number)", "颁发机构　\(licence.issuer)",
                "颁发日期　\(licence.issuedOn.chineseDate)", "签名时间　\(licence.signedAt.chinaTime)",
                "证照标识　\(licence.identifier ?? "无")",
            ]
        }
        return lines.joined(separator: "\n")
    }
}

/// One step with its findings.
struct LicenceStepView: SchemaType {
    var code = ""
    var title = ""
    var outcome = LicenceVerificationStep.Outcome.skipped
    var findings: [LicenceFindingView] = []
    var note: String?

    init() {}

    init(_ step: LicenceVerificationStep) {
        code = step.kind.rawValue
        title = step.kind.title
        outcome = step.outcome
        findings = step.findings.map { finding in
            var view = LicenceFindingView()
            view.code = finding.code
            view.message = finding.message
            return view
        }
        note = step.note
    }

    var outcomeTitle: String { outcome.title }

    static let schema = Schema<LicenceStepView> {
        Field("code", \.code, .text(max: 60), doc: "步骤代码")
        Field("title", \.title, .text(max: 60), doc: "步骤")
        Field("outcome", \.outcome, .choice, doc: "结果")
        Field("findings", \.findings, .list(of: .object), doc: "未通过的原因")
        Field("note", \.note, .optional(.text(max: 400)), doc: "未核验的原因")
    }
}

/// Why a step failed.
struct LicenceFindingView: SchemaType {
    var code = ""
    var message = ""

    static let schema = Schema<LicenceFindingView> {
        Field("code", \.code, .text(max: 80), doc: "原因代码")
        Field("message", \.message, .text(max: 500), doc: "原因和办法")
    }
}

/// What a file says of its licence, without its holders: whoever verifies a file has it before their eyes.
struct LicenceSummary: SchemaType {
    var type = ""
    var title = ""
    var number = ""
    var identifier: String?
    var issuer = ""
    var issuedOn = LegalDay.first
    var signedAt = Instant(milliseconds: 0)

    init() {}

    init(_ file: LicenceFile) {
        type = file.licence.type
        title = file.licence.title
        number = file.licence.number
        identifier = file.licence.identifier
        issuer = file.licence.issuer.name
        issuedOn = file.licence.issuedOn
        signedAt = file.signedAt
    }

    static let schema = Schema<LicenceSummary> {
        Field("type", \.type, .text(max: 60), doc: "证照类型")
        Field("title", \.title, .text(max: 120), doc: "证照名称")
        Field("number", \.number, .text(max: 80), doc: "证照编号")
        Field("identifier", \.identifier, .optional(.text(max: 120)), doc: "电子证照标识")
        Field("issuer", \.issuer, .text(max: 120), doc: "颁发机构")
        Field("issued_on", \.issuedOn, .day, doc: "颁发日期")
        Field("signed_at", \.signedAt, .instant, doc: "签名时间")
    }
}
