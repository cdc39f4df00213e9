import PluginKit

/// The model of the page on which everything is looked over once more.
struct ReviewModel {
    let sight: CaseSight
    let feedback: FormFeedback
    let warning: String?

    private var file: CaseFile { sight.file }

    var page: ViewModel {
        .record([
            "pageTitle": "核对：\(sight.theme.title)", "steps": CaseEditing.steps(.review, file),
            "back": ViewModel.back("返回交材料", "\(file.url)/materials"),
            "errorSummary": feedback.summary(anchor: anchor),
            "themeTitle": sight.theme.title, "action": "\(file.url)/submit", "version": file.version,
            "message": warning.map { ViewModel.message("warn", $0) },
            "groups": FormSummary(sight: sight, isMasked: true).groups(changeURL: "\(file.url)/form"),
            "materials": sight.plan.materials.map { MaterialSummary(material: $0, sight: sight).model },
            "materialsURL": "\(file.url)/materials",
            "hasConsents": !sight.consentRoles.isEmpty, "consents": consents,
            "declaration": InputField(
                id: "declare", name: "declare", label: "声明",
                kind: .consent(statement: "我保证填写的内容和上传的材料真实，知道提供虚假材料要承担法律责任。"),
                error: feedback.error("declare")),
            "promise": sight.plan.promisedLimit.chinese, "fee": ShownText.total(sight.plan.fees.map(\.fee)),
            "submitLabel": file.state == .correction ? "重新提交" : "确认提交",
        ])
    }

    /// The row in which a finding can be seen and changed.
    private func anchor(_ finding: Finding) -> String? {
        if finding.field == "declare" { return "declare" }
        if finding.field.hasPrefix("form.") { return "r-\(FormField.elementID("", finding.field))" }
        if finding.field.hasPrefix("material.") { return "m-\(finding.field.dropFirst("material.".count))" }
        return nil
    }

    private var consents: [ViewModel] {
        sight.consentRoles.map { ConsentView(role: $0, sight: sight) }.map { consent -> ViewModel in
            let waiting = consent.isRequired ? ("upload", "等待确认") : ("made", "可以确认")
            let badge = consent.isGiven ? ("good", "已确认") : waiting
            let how = consent.isRequired ? "" : "不确认也能提交；确认后可以直接调用其电子证照，不用再交。"
            return .record([
                "title": consent.title, "badgeClass": badge.0, "badge": badge.1,
                "note": consent.isGiven ? "" : (consent.note ?? "") + how, "isWaiting": !consent.isGiven,
            ])
        }
    }
}
