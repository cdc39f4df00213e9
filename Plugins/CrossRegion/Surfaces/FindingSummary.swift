import PluginKit

/// What is wrong with a form, each with a way to its field, as the layout shows it at the top of a page.
struct FindingSummary {
    /// A form's fields: the label by which a reader knows each, and its place on the page.
    let fields: [String: (label: String, place: String)]

    /// Nothing where there is nothing wrong.
    func model(_ findings: [Finding]) -> ViewModel {
        if findings.isEmpty { return "" }
        let errors = findings.map { finding -> ViewModel in
            // A finding about one of several, such as `papers[0]`, belongs to the field that holds them.
            let name = String(finding.field.prefix { $0 != "[" && $0 != "." })
            let field = fields[name]
            let asks = finding.message == "请填写此项。"
            return [
                "href": .text("#\(field?.place ?? "main")"),
                "text": .text(asks ? "请填写\(field?.label ?? "此项")。" : finding.message),
            ]
        }
        return ["errors": .list(errors)]
    }

    static let filing = FindingSummary(fields: [
        "parts": ("要办的事项", "parts"), "name": ("申请人姓名", "name"), "id_number": ("公民身份号码", "id_number"),
        "phone": ("联系电话", "phone"), "note": ("说明", "note"), "papers": ("材料", "papers"),
        "originals": ("收取的原件", "originals"),
    ])

    static let handling = FindingSummary(fields: [
        "missing": ("要补正的内容", "missing"), "outcome": ("结果", "refused"), "text": ("告诉申请人的话", "text"),
        "files": ("结果文件", "files"), "papers": ("补交的材料", "supplement-papers"), "note": ("说明", "supplement-note"),
        "tracking": ("快递单号", "custody"),
    ])

    static let item = FindingSummary(fields: [
        "scope": ("范围", "item-scope"), "code": ("事项代号", "item-code"), "title": ("事项名称", "item-title"),
        "department": ("业务部门", "item-department"), "place": ("在哪里可以办", "item-place"),
        "starts_on": ("从哪天起", "item-day"),
    ])

    static let partner = FindingSummary(fields: [
        "code": ("代码", "partner-code"), "name": ("名称", "partner-name"), "scope": ("范围", "partner-scope"),
        "address": ("系统网址", "partner-address"), "signing": ("签名公钥", "partner-signing"),
        "reading": ("加密公钥", "partner-reading"), "starts_on": ("从哪天起", "partner-day"),
    ])

    static let agreement = FindingSummary(fields: [
        "partner": ("合作地区", "agreement-partner"), "number": ("协议编号", "agreement-number"),
        "mode": ("模式", "agreement-mode"), "decider": ("哪一方办理", "agreement-decider"),
        "items": ("事项", "agreement-items"), "basis": ("依据的文件", "agreement-basis"),
        "starts_on": ("从哪天起", "agreement-day"), "ends_on": ("到哪天为止", "agreement-end"),
    ])
}
