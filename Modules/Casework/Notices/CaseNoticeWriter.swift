import Catalogue
import Extension
import Messaging
import Standards
import Storage

/// Writes the notices about one case.
struct CaseNoticeWriter {
    let file: CaseFile
    let context: CaseContext
    /// The names of the agencies that decide its items.
    let names: [Identifier: String]
    /// Who leads the theme, or decides the first item.
    let lead: String

    /// A notice to the applicant.
    ///
    /// - Parameters:
    ///   - paper: the kind of the paper that tells the same; nil when there is none.
    ///   - item: the item that it concerns; nil for the whole case.
    ///   - occasion: tells one such notice of the case from another.
    func draft(
        _ kind: NoticeKind, paper: PaperKind? = nil, item: String? = nil, occasion: String = "",
        _ values: [String: String?]
    ) -> NoticeDraft {
        var said = values.compactMapValues(\.self)
        said["事项"] = context.theme.title
        said["办件编号"] = file.number ?? ""
        let found = paper.flatMap { paper in file.papers?.last { $0.kind == paper && $0.item == item } }
        let task = item.flatMap { file.task($0) }
        let office = task.flatMap { names[$0.agency] } ?? lead
        if item != nil {
            said["事项名称"] = item.flatMap { context.planned($0) }?.item.title ?? ""
            said["承办单位"] = office
        }
        var draft = NoticeDraft(
            kind: kind.key, to: .known(Recipient(party: file.applicant.party, person: file.applicant.person)),
            division: file.division, sender: office, values: said,
            link: NoticeDraft.Link("/cases/\(file.id)", "看办理进度"),
            paper: found.map {
                NoticeDraft.LegalPaper(owner: file.id, id: $0.id, title: $0.title, number: $0.number)
            }, subject: file.id.text, occasion: [item ?? "", occasion].filter { !$0.isEmpty }.joined(separator: "/"))
        draft.stated = NoticeDraft.Stated(phone: stated("applicant.mobile"), address: stated("applicant.address"))
        return draft
    }

    /// What the one form says under a prefill key; nil where it says nothing.
    private func stated(_ key: String) -> String? {
        context.theme.form.flatMap(\.fields).filter { $0.prefill == key }.compactMap { file.form[$0.id] }
            .first { !$0.isEmpty }
    }

    /// The materials that are still to be supplied, with their days; nil for none.
    var gaps: String? {
        let gaps = context.plan.materials.compactMap { material -> String? in
            guard let record = file.materials[material.id], record.isGap, let due = record.gapDue else { return nil }
            return "\(material.slot.title)（\(due.day.chineseDate)前）"
        }
        return gaps.isEmpty ? nil : gaps.joined(separator: "、")
    }

    /// The day on which the first of them is due.
    var firstGapDue: LegalDay? { file.materials.values.filter(\.isGap).compactMap { $0.gapDue?.day }.min() }
}
