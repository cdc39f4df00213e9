import PluginKit

/// What is told to whom an order is for (通知).
struct VisitNotices {
    let register: VisitRegister

    var all: [any Contribution] {
        [
            Self.assigned, Self.setOut, Self.cancelled,
            Notify(VisitAssigned.self) { event, _, snapshot in
                try draft(Self.assigned, event.visit, occasion: event.assignee.text, in: snapshot)
            },
            Notify(VisitSetOut.self) { event, _, snapshot in try draft(Self.setOut, event.visit, in: snapshot) },
            Notify(VisitCancelled.self) { event, _, snapshot in
                event.isByStaff ? try draft(Self.cancelled, event.visit, in: snapshot) : []
            },
        ]
    }

    /// Nothing for somebody who is not registered: that one is telephoned.
    private func draft(
        _ kind: NoticeKind, _ id: Identifier, occasion: String = "", in snapshot: Snapshot
    ) throws -> [NoticeDraft] {
        guard let visit = try register.find(id, in: snapshot), let person = visit.person else { return [] }
        let places = try register.organisation.snapshot(in: snapshot)
        let name = try register.names(of: [visit], in: snapshot)[visit.assignee ?? visit.id]
        let sender = visit.agency.flatMap { places.agencies[$0]?.name(on: visit.slot.day) }
        let values: [String: String?] = [
            "服务": visit.kind.chinese, "时间": register.rules.chinese(visit.slot), "工作人员": name,
            "核对码": visit.details.code, "理由": visit.details.reason,
        ]
        var draft = NoticeDraft(
            kind: kind.key, to: .known(Recipient(party: person, person: person)), division: visit.division,
            sender: sender ?? places.divisions[visit.division]?.name ?? "",
            values: values.compactMapValues(\.self).filter { kind.variable($0.key) != nil },
            link: NoticeDraft.Link("/age-friendly/visits/\(visit.id)", "看这单预约"), subject: visit.id.text,
            occasion: occasion)
        draft.stated.phone = visit.details.phone
        draft.stated.address = visit.details.address.isEmpty ? nil : visit.details.address
        return [draft]
    }

    private static let service = NoticeVariable("服务", "约的是哪种服务", sample: "引导陪办", isRequired: true)
    private static let time = NoticeVariable(
        "时间", "约的哪半天", sample: "2026年12月10日（星期四）上午 9:00—11:30", isRequired: true)
    private static let visitor = NoticeVariable("工作人员", "谁来", sample: "刘敏", isRequired: true)
    private static let code = NoticeVariable("核对码", "来人先报的四位数字", sample: "0417", isRequired: true)

    static let assigned = NoticeKind(
        "age-friendly.assigned", title: "上门服务已安排", purpose: "安排好谁来以后，告知本人时间、工作人员和核对码。", weight: .courtesy,
        variables: [service, time, visitor, code],
        wording: NoticeWording(
            title: "您约的“{服务}”安排好了",
            text: """
                您约的“{服务}”安排好了：{时间}，工作人员 {工作人员}。

                见面时工作人员会先报核对码 {核对码}，报不对的不要开门，也不要把证件和钱交给他。我们不收任何费用。
                """,
            short: "您约的{服务}：{时间}，{工作人员}来办，见面先报核对码{核对码}，报不对的不要开门。"))

    static let setOut = NoticeKind(
        "age-friendly.set_out", title: "上门服务出发提醒", purpose: "工作人员出发时提醒本人。", weight: .courtesy,
        variables: [service, visitor, code],
        wording: NoticeWording(
            title: "{工作人员}已经出发",
            text: "您约的“{服务}”，工作人员 {工作人员} 已经出发。见面时会先报核对码 {核对码}。",
            short: "您约的{服务}，{工作人员}已经出发，见面先报核对码{核对码}。"))

    static let cancelled = NoticeKind(
        "age-friendly.cancelled", title: "上门服务取消通知", purpose: "工作人员取消预约时，告知本人理由。", weight: .courtesy,
        variables: [
            service, time,
            NoticeVariable("理由", "为什么取消", sample: "当天停电，改日再约", isRequired: true, isPrivate: true),
        ],
        wording: NoticeWording(
            title: "您约的“{服务}”取消了",
            text: """
                您约的“{服务}”（{时间}）取消了。理由：{理由}

                要改个时间，请再按一次铃，或者打电话给我们。
                """,
            short: "您约的{服务}（{时间}）取消了，要改时间请再按铃或者打电话。"))
}
