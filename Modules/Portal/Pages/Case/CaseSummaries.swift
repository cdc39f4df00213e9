import PluginKit

/// What was filled in, to look over.
struct FormSummary {
    let sight: CaseSight
    /// Whether the middle of personal numbers is covered.
    let isMasked: Bool

    /// The sections with their rows; sections without any are left out.
    ///
    /// - Parameters:
    ///   - changeURL: the page on which values can be changed.
    ///   - items: only what these items need; nil for all.
    func groups(changeURL: String? = nil, items: [String]? = nil) -> [ViewModel] {
        sight.plan.form.compactMap { section in
            let rows = section.fields.filter { isNeeded($0, by: items) }.map { row($0, changeURL) }
            return rows.isEmpty ? nil : .record(["heading": section.title, "rows": rows])
        } + (items == nil ? [] : supplied())
    }

    private func row(_ field: FormField, _ changeURL: String?) -> ViewModel {
        let value = sight.file.form[field.id] ?? ""
        let shown = value.isEmpty ? "（未填）" : isMasked ? field.masked(value) : field.shown(value)
        let isLocked = field.isLocked && !value.isEmpty
        let anchor = FormField.elementID(FormPages.prefix, field.id)
        return .record([
            "rowID": "r-\(anchor)", "question": field.title, "answer": shown, "from": isLocked ? "实名信息" : "",
            "changeURL": isLocked ? "" : changeURL.map { "\($0)#\(anchor)" } ?? "",
        ])
    }

    /// What earlier items have supplied since, such as the newborn's identity number.
    private func supplied() -> [ViewModel] {
        var known = Set(sight.plan.form.flatMap(\.fields).map(\.id))
        let rows = sight.plan.items.flatMap { planned in
            planned.item.results.flatMap { result in
                result.supplies.compactMap { supply -> ViewModel? in
                    guard let value = sight.file.form[supply.to], !value.isEmpty, known.insert(supply.to).inserted
                    else { return nil }
                    let field = result.fields.first { $0.id == supply.field }
                    return .record([
                        "rowID": "r-supplied-\(supply.to)", "question": field?.title ?? result.title,
                        "answer": field?.shown(value) ?? value, "from": result.title, "changeURL": "",
                    ])
                }
            }
        }
        return rows.isEmpty ? [] : [.record(["heading": "前面的事项已经产生", "rows": rows])]
    }

    private func isNeeded(_ field: FormField, by items: [String]?) -> Bool {
        guard let items, !field.items.isEmpty else { return true }
        return field.items.contains(where: items.contains)
    }
}

/// What became of a material, to look over.
struct MaterialSummary {
    let material: PlannedMaterial
    let sight: CaseSight
    /// The licence that serves, for those who decide.
    var document: ServingDocument?

    var model: ViewModel {
        let record = sight.file.materials[material.id]
        let badge = badge(record)
        let files = record?.files ?? []
        let base = "/cases/\(sight.file.id)/materials/\(URLText.encode(material.id))"
        var note = ""
        if let reason = material.reason(for: sight.reader) { note = reason }
        if record?.isCommitted == true, files.isEmpty { note = material.slot.commitment ?? "" }
        return .record([
            "materialID": "m-\(material.id)", "title": material.slot.title, "badgeClass": badge.style,
            "badge": badge.label, "note": note,
            "licence": document.map { EvidenceSummary(document: $0, base: base).model },
            "files": files.map { file -> ViewModel in
                .record([
                    "name": file.name, "viewURL": "\(base)/\(URLText.encode(file.blob))",
                    "size": ShownText.size(file.size),
                ])
            },
        ])
    }

    private func badge(_ record: MaterialRecord?) -> (style: String, label: String) {
        guard sight.file.takesUpload(material) else {
            let badge = MaterialBadge(material.provision)
            return (badge.style, badge.label)
        }
        if let count = record?.files.count, count > 0 { return ("good", "已上传 \(count) 个文件") }
        if record?.isCommitted == true { return ("good", "以承诺代替") }
        if record?.isDeferred == true {
            return ("soon", record?.gapDue.map { "待补交，\($0.day.chineseDate)前" } ?? "以后补交")
        }
        return material.slot.isOptional ? ("made", "未提供（可不交）") : ("upload", "还没有上传")
    }
}
