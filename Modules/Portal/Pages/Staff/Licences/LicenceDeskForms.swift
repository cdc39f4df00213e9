import PluginKit

/// The forms with which a licence is changed, as many as its state permits.
struct LicenceDeskForms {
    let licence: Licence
    let request: PageRequest
    let feedback: FormFeedback
    /// The step of the form that was sent; empty for none.
    let sent: String

    var all: [ViewModel] {
        switch licence.status {
        case .valid: (licence.origin == .here ? [reissue] : []) + [suspension, revocation]
        case .suspended: [resumption, revocation]
        case .revoked, .superseded: []
        }
    }

    private var path: String { "\(LicenceDeskPages.path)/\(licence.id)" }
    /// Whether the form with that name was the one that was sent.
    private func isSent(_ step: String) -> Bool { feedback.status != 200 && sent == step }

    private func values(_ name: String, of step: String, known: String = "") -> [String] {
        isSent(step) ? request.form[name] ?? [] : known.isEmpty ? [] : [known]
    }

    private func error(_ name: String, of step: String) -> String? { isSent(step) ? feedback.error(name) : nil }

    private func basis(_ step: String) -> InputField {
        InputField(
            id: isSent(step) ? "basis" : "\(step)-basis", name: "basis", label: "决定文书的文号", kind: .text(),
            values: values("basis", of: step), hint: "例如 岳卫决〔2026〕3号。", error: error("basis", of: step),
            maximumLength: 80)
    }

    private func form(_ title: String, _ step: String, submit: String, _ fields: [InputField]) -> ViewModel {
        .record([
            "title": title, "action": "\(path)/\(step)", "submit": submit,
            "fields": fields,
        ])
    }

    private var suspension: ViewModel { form("暂扣", "suspension", submit: "暂扣这份证照", [basis("suspension")]) }
    private var resumption: ViewModel { form("恢复使用", "resumption", submit: "恢复使用", [basis("resumption")]) }

    private var revocation: ViewModel {
        form(
            "撤销、注销、吊销", "revocation", submit: "使它失效",
            [
                InputField(
                    id: "reason", name: "reason", label: "为什么失效（不能恢复）",
                    kind: .radio(
                        LicenceRevocation.allCases.map { InputField.Choice($0.rawValue, $0.title, note: $0.note) }),
                    values: values("reason", of: "revocation"), error: error("reason", of: "revocation")),
                basis("revocation"),
            ])
    }

    private var reissue: ViewModel {
        form(
            "换发新的版本", "reissue", submit: "签发新的版本",
            LicenceChangeForm(licence).fields(
                values: { values($0, of: "reissue", known: $1) }, error: { error($0, of: "reissue") }) + [
                    basis("reissue")
                ])
    }
}

extension LicenceRevocation {
    /// When it is the right one.
    fileprivate var note: String {
        switch self {
        case .withdrawn: "本来就不应当颁发"
        case .cancelled: "依据已经不在，例如人去世、企业注销"
        case .penalty: "作为处罚收回"
        case .corrected: "我们写错了，另发一份对的"
        }
    }
}

/// The lines of a licence as fields of a form, and what was changed in them.
struct LicenceChangeForm {
    let licence: Licence

    init(_ licence: Licence) { self.licence = licence }

    private func name(_ index: Int) -> String { "line-\(index)" }

    func fields(values: (String, String) -> [String], error: (String) -> String?) -> [InputField] {
        let lines = licence.statement.fields
        return [
            InputField(
                id: "ground", name: "ground", label: "为什么换发",
                kind: .radio(LicenceChangeGround.allCases.map { InputField.Choice($0.rawValue, $0.title) }),
                values: values("ground", ""), error: error("ground"))
        ]
            + lines.indices.map { index in
                InputField(
                    id: name(index), name: name(index), label: lines[index].label, kind: .text(),
                    values: values(name(index), lines[index].value), isOptional: true, maximumLength: 4000)
            } + [
                InputField(
                    id: "valid_until", name: "valid_until", label: "有效期至", kind: .day,
                    values: values("valid_until", licence.validUntil?.text ?? ""), isOptional: true, hint: "不填就不变。",
                    error: error("valid_until") ?? error("fields"))
            ]
    }

    /// What was changed.
    ///
    /// - Throws: ``Problem`` with every finding.
    func change(_ request: PageRequest) throws -> LicenceChange {
        var findings: [Finding] = []
        var change = LicenceChange()
        if let ground = LicenceChangeGround(rawValue: request.field("ground")) {
            change.ground = ground
        } else {
            findings.append(Finding("ground", "field.required", "请选择为什么换发。"))
        }
        change.basis = request.field("basis")
        findings += LicenceService.findings(ofBasis: change.basis)
        for (index, line) in licence.statement.fields.enumerated() {
            guard let typed = request.form[name(index)]?.first?.trimmed, typed != line.value else { continue }
            change.fields.append(LicenceField(line.label, typed))
        }
        let day = request.field("valid_until")
        if !day.isEmpty, day != licence.validUntil?.text {
            change.validUntil = try? LegalDay(day)
            if change.validUntil == nil {
                findings.append(Finding("valid_until", "field.day", "日期请写成 2030-01-01 这样。"))
            }
        }
        if !findings.isEmpty { throw Problem.invalid(findings) }
        return change
    }
}
