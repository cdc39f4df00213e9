import PluginKit

/// The model of the materials page: what is to be uploaded, and what is not and why.
struct MaterialsModel {
    /// What browsers offer to choose; what is taken is decided by the content.
    private static let accepted = ".jpg,.jpeg,.png,.pdf,.ofd,image/jpeg,image/png,application/pdf"

    let sight: CaseSight
    let rules: CaseworkRules
    let feedback: FormFeedback

    private var file: CaseFile { sight.file }

    var page: ViewModel {
        let faults = CaseEditing.faults(file)
        let gapOnly = file.hasOpenGap && !file.isEditable
        let needed = sight.plan.materials.filter { material in
            file.takesUpload(material) && (!gapOnly || file.materials[material.id]?.isGap == true)
        }
        let exempt = gapOnly ? [] : sight.plan.materials.filter { !file.takesUpload($0) }
        return .record([
            "pageTitle": "交材料：\(sight.theme.title)", "caseSteps": CaseEditing.steps(.materials, file),
            "back": gapOnly || file.state == .correction
                ? ViewModel.back("返回办件", file.url) : ViewModel.back("返回填表", "\(file.url)/form"),
            "errorSummary": feedback.summary { finding in
                finding.field.hasPrefix("material.") ? "m-\(finding.field.dropFirst("material.".count))" : nil
            },
            "themeTitle": sight.theme.title, "uploadNote": note(needed),
            "nextURL": gapOnly ? "" : "\(file.url)/review",
            "slots": needed.map { slot($0, fault: faults["material.\($0.id)"]) },
            "hasExempt": !exempt.isEmpty,
            "exempt": exempt.map { material -> ViewModel in
                let badge = MaterialBadge(material.provision)
                return .record([
                    "title": material.slot.title, "badgeClass": badge.style, "badge": badge.label,
                    "reason": material.reason(for: .applicant) ?? "",
                ])
            },
        ])
    }

    private func note(_ needed: [PlannedMaterial]) -> String {
        needed.isEmpty
            ? "这件事不需要您上传材料，直接到下一步核对。"
            : "用手机拍清楚就行，四个角都要拍到。照片、PDF 都可以，每个文件不超过 \(ShownText.size(rules.maximumFileSize))。"
    }

    private func slot(_ material: PlannedMaterial, fault: String?) -> ViewModel {
        let record = file.materials[material.id]
        let files = record?.files ?? []
        let action = "\(file.url)/materials/\(URLText.encode(material.id))"
        let error = feedback.error("material.\(material.id)") ?? fault.map { "需要补正：\($0)" }
        let badge = badge(material, record)
        return .record([
            "anchor": "m-\(material.id)", "title": material.slot.title,
            "badgeClass": badge.style, "badge": badge.label,
            "requirement": material.slot.hint ?? "用于：\(sight.plan.titles(of: material.items).joined(separator: "、"))",
            "note": material.reason(for: .applicant) ?? "", "uploadAction": action, "hasFiles": !files.isEmpty,
            "files": files.map { reference -> ViewModel in
                .record([
                    "name": reference.name, "size": ShownText.size(reference.size),
                    "viewURL": "\(action)/\(URLText.encode(reference.blob))",
                    "removeAction": file.isEditable ? "\(action)/\(URLText.encode(reference.blob))/remove" : "",
                ])
            },
            "upload": InputField(
                id: "u-\(material.id)", name: "file", label: files.isEmpty ? "从相册或电脑里选" : "再加一个文件",
                kind: .file(accept: Self.accepted, maximumBytes: rules.maximumFileSize),
                isOptional: material.slot.isOptional || !files.isEmpty, error: error),
            "photo": InputField(
                id: "p-\(material.id)", name: "photo", label: "或者现在拍照",
                kind: .file(accept: "image/jpeg,image/png", maximumBytes: rules.maximumFileSize, isCamera: true),
                isOptional: true),
            "commitment": file.isEditable ? commitment(material, record, action) : nil,
            "later": file.isEditable ? later(material, record, action) : nil,
        ])
    }

    private func badge(_ material: PlannedMaterial, _ record: MaterialRecord?) -> (style: String, label: String) {
        guard let record else { return material.slot.isOptional ? ("made", "有就上传") : ("upload", "需上传") }
        if !record.files.isEmpty { return ("good", "已上传") }
        if record.isCommitted { return ("good", "已承诺") }
        if record.isDeferred { return ("soon", "以后补交") }
        return material.slot.isOptional ? ("made", "有就上传") : ("upload", "需上传")
    }

    private func commitment(_ material: PlannedMaterial, _ record: MaterialRecord?, _ action: String) -> ViewModel? {
        material.slot.commitment.map { statement in
            .record([
                "optionID": "c-\(material.id)", "action": "\(action)/commit", "chosen": record?.isCommitted == true,
                "statement": statement, "consequence": "承诺不实的，办理结果会被撤销，并记入信用记录。",
            ])
        }
    }

    private func later(_ material: PlannedMaterial, _ record: MaterialRecord?, _ action: String) -> ViewModel? {
        guard material.slot.mayBeMissing else { return nil }
        return .record([
            "optionID": "l-\(material.id)", "action": "\(action)/later", "chosen": record?.isDeferred == true,
            "until": "受理后 \(rules.gapDays) 个工作日内", "consequence": "没有补交之前，需要这份材料的事项不能作出决定。",
        ])
    }
}
