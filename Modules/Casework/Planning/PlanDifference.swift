import Catalogue
import Standards

/// What changed between two plans, in words for the applicant.
enum PlanDifference {
    static func describe(from old: Plan, to new: Plan) -> [String] {
        var lines: [String] = []
        let oldItems = Set(old.items.map(\.id))
        let newItems = Set(new.items.map(\.id))
        lines += new.items.filter { !oldItems.contains($0.id) }.map { "新增事项：\($0.item.title)" }
        lines += old.items.filter { !newItems.contains($0.id) }.map { "不再需要：\($0.item.title)" }
        for item in new.items {
            if let before = old.items.first(where: { $0.id == item.id }),
                before.item.promisedLimit != item.item.promisedLimit
            {
                lines.append(
                    "“\(item.item.title)”的办理时限由\(before.item.promisedLimit.chinese)改为\(item.item.promisedLimit.chinese)"
                )
            }
        }
        let before = Dictionary(old.materials.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
        for material in new.materials {
            switch (before[material.id]?.provision, material.provision) {
            case (nil, .upload): lines.append("新增材料：\(material.slot.title)")
            case (.exempt?, .upload): lines.append("需要上传：\(material.slot.title)")
            case (.upload?, .exempt): lines.append("不用再上传：\(material.slot.title)")
            default: break
            }
        }
        let kept = Set(new.materials.map(\.id))
        lines += old.materials.filter { !kept.contains($0.id) && $0.provision == .upload }
            .map { "不再需要材料：\($0.slot.title)" }
        let oldFields = Set(old.form.flatMap(\.fields).map(\.id))
        lines += new.form.flatMap(\.fields).filter { !oldFields.contains($0.id) }.map { "表单新增一项：\($0.title)" }
        return lines
    }
}
