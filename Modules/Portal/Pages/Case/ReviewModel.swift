import PluginKit

/// The model of the page on which everything is looked over once more.
struct ReviewModel {
    let sight: CaseSight
    let feedback: FormFeedback
    let warning: String?
    /// Why what was named is right as it is, as far as it was typed, by target.
    var asIs: [String: String] = [:]
    /// Whether a member of staff records it at a window, so that the applicant signs.
    var isAssisted = false
    /// The version of the privacy notice that is still to be agreed to; nil for none.
    var notice: Int?

    /// What stands before the target in the name of such a field.
    static let asIsPrefix = "as-is."

    private var file: CaseFile { sight.file }

    var page: ViewModel {
        .record([
            "pageTitle": "核对：\(sight.theme.title)", "caseSteps": CaseEditing.steps(.review, file),
            "back": ViewModel.back("返回交材料", "\(file.url)/materials"),
            "errorSummary": feedback.summary(anchor: anchor),
            "themeTitle": sight.theme.title, "action": "\(file.url)/submit", "version": file.version,
            "message": warning.map { ViewModel.message("warn", $0) },
            "groups": FormSummary(sight: sight, isMasked: true).groups(changeURL: "\(file.url)/form"),
            "materials": sight.plan.materials.map { MaterialSummary(material: $0, sight: sight).model },
            "materialsURL": "\(file.url)/materials",
            "deliveryWay": file.delivery?.way.chinese ?? "按这类结果通常的方式：电子证照放进“我的证照”，纸质的到窗口领取",
            "deliveryURL": "\(file.url)/delivery",
            "hasConsents": !sight.consentRoles.isEmpty, "consents": consents,
            "hasUnmended": !file.unmendedFaults.isEmpty, "unmended": unmended,
            "declaration": InputField(
                id: "declare", name: "declare", label: "声明",
                kind: .consent(statement: "我保证填写的内容和上传的材料真实，知道提供虚假材料要承担法律责任。"),
                error: feedback.error("declare")),
            "privacy": notice.map(privacy), "privacyVersion": notice.map { "\($0)" } ?? "",
            "sheetURL": isAssisted ? "\(file.url)/sheet" : "", "signature": isAssisted ? signature : [],
            "promise": sight.plan.promisedLimit.chinese, "fee": ShownText.total(sight.plan.fees.map(\.due)),
            "submitLabel": file.state == .correction ? "重新提交" : "确认提交",
        ])
    }

    private func privacy(_ version: Int) -> InputField {
        InputField(
            id: "privacy", name: "privacy", label: "个人信息保护告知（第 \(version) 版）",
            kind: .consent(statement: "我已阅读《个人信息保护告知》，同意按它处理我的个人信息。"),
            error: feedback.error("privacy"))
    }

    private var signature: [InputField] {
        SignatureFields(
            signer: "申请人", paper: "申请表", hint: "请申请人看过打印的申请表，再签名。", request: nil, feedback: feedback
        ).fields
    }

    /// The row in which a finding can be seen and changed.
    private func anchor(_ finding: Finding) -> String? {
        if ["declare", "signature", SignatureFields.pictureName].contains(finding.field) { return finding.field }
        if let index = file.unmendedFaults.firstIndex(where: { $0.target == finding.field }) {
            return "as-is-\(index + 1)"
        }
        if finding.field.hasPrefix("form.") { return "r-\(FormField.elementID("", finding.field))" }
        if finding.field.hasPrefix("material.") { return "m-\(finding.field.dropFirst("material.".count))" }
        return nil
    }

    /// What the notice named and is still as it was: to be mended, or explained.
    private var unmended: [ViewModel] {
        var known: Set<String> = []
        return file.unmendedFaults.enumerated().compactMap { index, fault in
            guard known.insert(fault.target).inserted else { return nil }
            return .record([
                "subject": sight.title(ofTarget: fault.target), "fault": fault.text,
                "changeURL": sight.changeURL(of: fault),
                "field": InputField(
                    id: "as-is-\(index + 1)", name: Self.asIsPrefix + fault.target, label: "认为原来就对的，请说明理由",
                    kind: .paragraph, values: asIs[fault.target].map { [$0] } ?? [], isOptional: true,
                    error: feedback.error(fault.target), maximumLength: 500),
            ])
        }
    }

    private var consents: [ViewModel] {
        sight.consentRoles.map { ConsentView(role: $0, sight: sight) }.map { consent -> ViewModel in
            let waiting = consent.isRequired ? ("upload", "等待确认") : ("made", "可以确认")
            let badge = consent.isGiven ? ("good", "已确认") : consent.isRefused ? ("bad", "不同意") : waiting
            let how = consent.isRequired || consent.isRefused ? "" : "不确认也能提交；确认后可以直接调用其电子证照，不用再交。"
            return .record([
                "title": consent.title, "badgeClass": badge.0, "badge": badge.1,
                "note": consent.isGiven ? "" : (consent.note ?? "") + how, "isWaiting": !consent.isGiven,
            ])
        }
    }
}
