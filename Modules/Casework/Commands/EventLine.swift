import Catalogue
import Extension
import Storage

/// One entry of a case's journal as its readers may see it.
struct EventLine {
    let title: String
    /// The item or material that it concerns; empty where it concerns the whole case.
    let about: String
    /// Who did it: the role, and the name where the reader may see it.
    let who: String

    init(_ entry: JournalEntry, body: JSONValue, in sight: CaseSight) {
        title = CaseEventTitles.title(of: entry.type)
        let item = body["item"]?.string
        let planned = item.flatMap { id in sight.plan.items.first { $0.id == id } }
        about = planned.map { "\($0.id) \($0.item.title)" } ?? Self.detail(of: body, sight)
        who = Self.who(entry, item: item, sight)
    }

    private static func detail(of body: JSONValue, _ sight: CaseSight) -> String {
        func material(_ id: String) -> String { sight.plan.materials.first { $0.id == id }?.slot.title ?? id }
        if let slot = body["slot"]?.string { return material(slot) }
        switch body["part"]?.string {
        case "answers": return "情形"
        case "form": return "表单"
        case "theme": return "办事指南更新"
        case let part? where part.hasPrefix("material:"): return material(String(part.dropFirst("material:".count)))
        default: break
        }
        if let role = body["role"]?.string { return sight.plan.parties.first { $0.id == role }?.title ?? role }
        return ""
    }

    /// What only the window does.
    private static let windowEvents: Set<String> = [
        CaseAccepted.name, CaseNotAccepted.name, CaseCorrectionRequested.name, CaseFaultRepeated.name,
        CaseFaultSetAside.name, CaseTerminated.name, CaseResultsHandedOver.name, CaseResultsPosted.name,
        CaseResultsArrived.name, CaseResultsReturned.name,
    ]

    /// The journal names actors by identifiers alone; whose they are is in the case.
    private static func who(_ entry: JournalEntry, item: String?, _ sight: CaseSight) -> String {
        let actor = entry.actor
        let name = actor.prefix { $0 != "@" }
        let parts = name.split(separator: ":", maxSplits: 1)
        let id = parts.count > 1 ? String(parts[1].prefix { $0 != " " }) : ""
        switch parts.first {
        case "person":
            if id == sight.file.applicant.person.text {
                let isMasked = sight.role != .applicant && sight.role != .clerk && sight.role != .system
                let known = CaseNames(sight.file, theme: sight.theme, isMasked: isMasked).applicant
                let through =
                    name.contains(" through staff:")
                    ? "（窗口代录）" : name.contains(" through person:") ? "（他人代办）" : ""
                return (known.map { "申请人 \($0)" } ?? "申请人") + through
            }
            let role = sight.file.consents.first { $0.value.person.text == id }?.key
            return role.flatMap { role in sight.plan.parties.first { $0.id == role }?.title } ?? "当事人"
        case "staff":
            if windowEvents.contains(entry.type) { return "窗口工作人员" }
            // What an item's decision brings about for others is still the act of who decided it.
            let decided = sight.file.items.first { $0.decision?.by?.text == id }?.agency
            let agency = (decided ?? item.flatMap { sight.file.task($0)?.agency }).flatMap { sight.agencyNames[$0] }
            return agency.map { "\($0)经办人" } ?? "窗口工作人员"
        case "system": return id == "law" ? "依法自动生效" : "系统"
        default: return actor
        }
    }
}
