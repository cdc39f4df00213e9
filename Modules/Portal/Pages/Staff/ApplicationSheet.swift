import PluginKit

/// The one form on paper: what was entered, which materials go with it, and where the applicant signs (一表申请).
struct ApplicationSheet {
    let sight: CaseSight

    var page: ViewModel {
        let file = sight.file
        return .record([
            "pageTitle": "申请表：\(sight.theme.title)", "back": ViewModel.back("返回", back(file)),
            "title": sight.theme.title, "number": file.number ?? "（提交后编号）",
            "groups": FormSummary(sight: sight, isMasked: false).groups(changeURL: ""),
            "items": sight.plan.items.map(\.item.title),
            "materials": sight.plan.materials.map { MaterialSummary(material: $0, sight: sight).model },
            "declaration": "本人保证以上内容和所交材料真实，知道提供虚假材料要承担法律责任；以上内容已经本人核对。",
        ])
    }

    private func back(_ file: CaseFile) -> String { file.isEditable ? "\(file.url)/review" : file.url }
}
