import Extension
import Messaging
import Organisation
import Standards
import Storage

/// The notices that halls send: a time was booked, it is tomorrow, it has passed.
enum HallNotices {
    static let all = [booked, due, missed]

    private static let hall = NoticeVariable("大厅", "哪个大厅", sample: "岳阳市政务服务中心", isRequired: true)
    private static let time = NoticeVariable("时间", "约在什么时候", sample: "2026年12月1日 09:00—09:30", isRequired: true)
    private static let business = NoticeVariable("业务", "来办什么", sample: "社保医保")
    private static let code = NoticeVariable("预约码", "到了以后在取号机上输入", sample: "402917")

    static let booked = NoticeKind(
        "hall.appointment_booked", title: "预约成功通知", purpose: "在大厅约好时间后，告知时间、预约码和不来的后果。", weight: .courtesy,
        variables: [
            hall, time, business, code,
            NoticeVariable("爽约规定", "约了不来会怎样", sample: "90天内3次约了不来，30天不能再约"),
        ],
        wording: NoticeWording(
            title: "您约好了{大厅}",
            text: """
                您约了{时间}到{大厅}办“{业务}”，预约码 {预约码}。

                到了以后在取号机上输入预约码，或者在“我的预约”里点“我到了”。来不了请提前取消或改时间：{爽约规定}。
                """,
            short: "您约了{时间}到{大厅}办事，预约码{预约码}，来不了请提前取消。"))

    static let due = NoticeKind(
        "hall.appointment_due", title: "预约提醒", purpose: "预约的前一天提醒。", weight: .courtesy,
        variables: [hall, time, business, code],
        wording: NoticeWording(
            title: "明天到{大厅}办事",
            text: "您约了{时间}到{大厅}办“{业务}”，预约码 {预约码}。来不了请今天取消或改时间，把位置让给别人。",
            short: "提醒：您约了{时间}到{大厅}办事，预约码{预约码}，来不了请取消。"))

    static let missed = NoticeKind(
        "hall.appointment_missed", title: "爽约告知", purpose: "约了没有来，告知次数和以后的影响。", weight: .courtesy,
        variables: [
            hall, time,
            NoticeVariable("后果", "还可以约几次，或者到哪天才能再约", sample: "再有 2 次约了不来，就要暂停预约", isRequired: true),
        ],
        wording: NoticeWording(
            title: "您约的时间没有来",
            text: "您约了{时间}到{大厅}，没有来，也没有取消。{后果}。不能预约时，仍然可以到大厅直接取号。",
            short: "您约了{时间}到{大厅}没有来。{后果}。"))
}

extension HallService {
    /// The kinds of notices, and the events that give rise to them.
    var notices: [any Contribution] {
        HallNotices.all + [
            Notify(AppointmentBooked.self) { [self] event, act, snapshot in
                try draft(HallNotices.booked, event.appointment, occasion: "", in: snapshot) { hall, _ in
                    ["爽约规定": hall.rules.booking.consequence]
                }
            },
            Notify(AppointmentChanged.self) { [self] event, act, snapshot in
                let occasion = "\(event.day)/\(act.now.milliseconds)"
                return try draft(HallNotices.booked, event.appointment, occasion: occasion, in: snapshot) { hall, _ in
                    ["爽约规定": hall.rules.booking.consequence]
                }
            },
            Notify(AppointmentDueSoon.self) { [self] event, act, snapshot in
                try draft(HallNotices.due, event.appointment, occasion: event.day.text, in: snapshot) { _, _ in [:] }
            },
            Notify(AppointmentMissed.self) { [self] event, act, snapshot in
                if event.isDropped { return [] }
                return try draft(HallNotices.missed, event.appointment, occasion: "", in: snapshot) { hall, booked in
                    let standing = try missed(by: booked.person, at: hall, on: act.now.day, in: snapshot)
                    return ["后果": hall.rules.booking.consequence(of: standing)]
                }
            },
        ] as [any Contribution]
    }

    private func draft(
        _ kind: NoticeKind, _ id: Identifier, occasion: String, in snapshot: Snapshot,
        more: (Hall, Appointment) throws -> [String: String]
    ) throws -> [NoticeDraft] {
        guard let booked = try store.appointment(id, in: snapshot) else { return [] }
        let hall = try hall(booked.site, in: snapshot)
        let values: [String: String] = [
            "大厅": hall.site.name, "时间": "\(booked.day.chineseDate) \(booked.slot.text)",
            "业务": hall.rules.title(ofBusiness: booked.business), "预约码": booked.code,
        ].filter { name, _ in kind.variable(name) != nil }
        let person = Recipient(party: booked.person, person: booked.person)
        return [
            NoticeDraft(
                kind: kind.key, to: .known(person), division: booked.division, sender: hall.site.name,
                values: try values.merging(more(hall, booked)) { $1 },
                link: NoticeDraft.Link("/my/appointments", "看我的预约"), subject: booked.id.text, occasion: occasion)
        ]
    }
}

extension BookingRules {
    /// What follows when appointments are let pass, told before anybody books.
    public var consequence: String {
        "\(missedDays)天内有\(missedLimit)次约了不来，\(blockedDays)天不能再约"
    }

    /// What follows for somebody from its standing.
    func consequence(of standing: MissedStanding) -> String {
        if let until = standing.blockedUntil {
            return "\(missedDays)天内已经有\(standing.count)次约了不来，\(until.chineseDate)起才能再约"
        }
        return "\(missedDays)天内再有\(max(1, missedLimit - standing.count))次约了不来，\(blockedDays)天不能再约"
    }
}
