import Storage
public import Extension
public import Standards

/// A notice as its reader sees it.
public struct MessageView: SchemaType {
    public var id = ""
    public var kind = ""
    public var title = ""
    public var sender = ""
    public var sentAt = Instant(milliseconds: 0)
    public var readAt: Instant?
    public var paragraphs: [String] = []
    public var subject = ""
    public var linkPath: String?
    public var linkLabel: String?
    public var paperTitle: String?
    public var paperNumber: String?
    public var deliveries: [DeliverySummary] = []

    public init() {}

    init(_ notice: Notice, deliveries: [Delivery]) {
        id = notice.id.text
        kind = notice.kind
        title = notice.content.title
        sender = notice.content.sender
        sentAt = notice.createdAt
        readAt = notice.readAt
        paragraphs = notice.content.paragraphs
        subject = notice.subject
        linkPath = notice.content.link?.path
        linkLabel = notice.content.link?.label
        paperTitle = notice.content.paper?.title
        paperNumber = notice.content.paper?.number
        self.deliveries = deliveries.filter { $0.state != .cancelled }.map(DeliverySummary.init)
    }

    public static let schema = Schema<Self>(fields: head + rest)

    private static let head: [Field<Self>] = [
        Field("id", \.id, .text(max: 26), doc: "系统编号"),
        Field("kind", \.kind, .text(max: 80), doc: "通知种类"),
        Field("title", \.title, .text(max: 200), doc: "标题"),
        Field("sender", \.sender, .text(max: 100), doc: "发出单位"),
        Field("sent_at", \.sentAt, .instant, doc: "发出时间"),
        Field("read_at", \.readAt, .optional(.instant), doc: "第一次打开的时间"),
        Field("paragraphs", \.paragraphs, .list(of: .text(max: 2000)), doc: "正文，每段一项"),
    ]

    private static let rest: [Field<Self>] = [
        Field("subject", \.subject, .text(max: 64), doc: "所涉及的办件"),
        Field("link_path", \.linkPath, .optional(.text(max: 200)), doc: "相关页面"),
        Field("link_label", \.linkLabel, .optional(.text(max: 60)), doc: "相关页面的名称"),
        Field("paper_title", \.paperTitle, .optional(.text(max: 100)), doc: "对应的文书"),
        Field("paper_number", \.paperNumber, .optional(.text(max: 100)), doc: "文书文号"),
        Field("deliveries", \.deliveries, .list(of: .object), doc: "还用哪些方式告知"),
    ]
}

/// One way on which a notice went, with masked telephone and no address.
public struct DeliverySummary: SchemaType {
    public var id = ""
    public var route = Route.phone
    public var state = Delivery.State.waiting
    public var phone: String?
    public var updatedAt = Instant(milliseconds: 0)
    public var reason: String?
    public var service: String?

    public init() {}

    init(_ delivery: Delivery) {
        id = delivery.id.text
        route = delivery.route
        state = delivery.state
        phone = delivery.content.phone.flatMap { try? MobileNumber($0).masked }
        updatedAt = delivery.updatedAt
        reason = delivery.reasonText
        service = delivery.content.service.flatMap(\.sentence)
    }

    public static let schema = Schema<Self> {
        Field("id", \.id, .text(max: 26), doc: "系统编号")
        Field("route", \.route, .choice, doc: "方式")
        Field("state", \.state, .choice, doc: "状态")
        Field("phone", \.phone, .optional(.text(max: 20)), doc: "手机号码，隐去中间四位")
        Field("updated_at", \.updatedAt, .instant, doc: "最近变动时间")
        Field("reason", \.reason, .optional(.text(max: 100)), doc: "原因")
        Field("service", \.service, .optional(.text(max: 300)), doc: "送达情况")
    }
}

extension NoticeService {
    /// How it was served, in one sentence; nil while it is only on its way.
    public var sentence: String? {
        let sent = tracking.map { "，邮件号码 \($0)" } ?? ""
        return recipient.isEmpty
            ? "\(day.chineseDate)寄出\(sent)" : "\(day.chineseDate)\(way.chinese)，收件人 \(recipient)\(sent)"
    }
}

/// A line of a list of deliveries, for staff.
public struct DeliveryView: SchemaType {
    public var id = ""
    public var notice = ""
    public var division = ""
    public var title = ""
    public var route = Route.phone
    public var state = Delivery.State.waiting
    public var name = ""
    public var phone: String?
    public var address: String?
    public var number: String?
    public var createdAt = Instant(milliseconds: 0)
    public var attempts = 0
    public var reason: String?
    public var service: String?
    public var isLate = false
    public var isRead = false

    public init() {}

    init(_ delivery: Delivery, of notice: Notice?, lateAfter days: Int, at now: Instant) {
        id = delivery.id.text
        self.notice = delivery.notice.text
        division = delivery.division
        title = notice?.content.title ?? ""
        route = delivery.route
        state = delivery.state
        name = delivery.content.name
        phone = delivery.content.phone.flatMap { try? MobileNumber($0).masked }
        address = delivery.content.address
        number = notice?.content.paper?.number ?? delivery.number
        createdAt = delivery.createdAt
        attempts = delivery.attempts
        reason = delivery.reasonText
        service = delivery.content.service.flatMap(\.sentence)
        isLate = delivery.createdAt.day.days(until: now.day) > days
        isRead = notice?.readAt != nil
    }

    public static let schema = Schema<Self>(fields: head + rest)

    private static let head: [Field<Self>] = [
        Field("id", \.id, .text(max: 26), doc: "系统编号"),
        Field("notice", \.notice, .text(max: 26), doc: "通知的系统编号"),
        Field("division", \.division, .text(max: 12), doc: "区划"),
        Field("title", \.title, .text(max: 200), doc: "通知标题"),
        Field("route", \.route, .choice, doc: "方式"),
        Field("state", \.state, .choice, doc: "状态"),
        Field("name", \.name, .text(max: 100), doc: "收件人"),
        Field("phone", \.phone, .optional(.text(max: 20)), doc: "手机号码，隐去中间四位"),
    ]

    private static let rest: [Field<Self>] = [
        Field("address", \.address, .optional(.text(max: 200)), doc: "地址"),
        Field("number", \.number, .optional(.text(max: 100)), doc: "编号或文号"),
        Field("created_at", \.createdAt, .instant, doc: "产生时间"),
        Field("attempts", \.attempts, .integer(in: 0...1000), doc: "已试次数"),
        Field("reason", \.reason, .optional(.text(max: 100)), doc: "原因"),
        Field("service", \.service, .optional(.text(max: 300)), doc: "送达情况"),
        Field("is_late", \.isLate, .flag, doc: "是否拖延"),
        Field("is_read", \.isRead, .flag, doc: "本人是否已在网上看过"),
    ]
}

/// How a person is to be reached, for the person itself or for a clerk.
public struct ContactView: SchemaType, Versioned {
    public var version = 0
    public var name = ""
    public var registeredPhone: String?
    public var registeredAddress: String?
    public var declinesSMS = false
    public var wantsPaper = false
    public var acceptsElectronic = false
    public var address: String?
    public var helperName: String?
    public var helperPhone: String?
    public var helperRelation: String?
    public var helperEndsOn: LegalDay?
    public var helperRecordedOn: LegalDay?

    public init() {}

    init(_ preference: ContactPreference, registered: Contact?) {
        version = preference.version
        name = registered?.name ?? ""
        registeredPhone = registered?.phone?.masked
        registeredAddress = registered?.address.map { $0.count > 6 ? "\($0.prefix(6))****" : $0 }
        declinesSMS = preference.declinesSMS
        wantsPaper = preference.wantsPaper
        acceptsElectronic = preference.electronicSince != nil
        address = preference.address
        helperName = preference.helper?.name
        helperPhone = preference.helper?.phone
        helperRelation = preference.helper?.relation
        helperEndsOn = preference.helper?.endsOn
        helperRecordedOn = preference.helper?.recordedOn
    }

    public static let schema = Schema<Self>(fields: head + rest)

    private static let head: [Field<Self>] = [
        Field("version", \.version, .integer(in: 0...Int(Int32.max)), doc: "版本"),
        Field("name", \.name, .text(max: 100), doc: "姓名"),
        Field("registered_phone", \.registeredPhone, .optional(.text(max: 20)), doc: "登记的手机号码，隐去中间四位"),
        Field("registered_address", \.registeredAddress, .optional(.text(max: 60)), doc: "登记的地址，只显示开头"),
        Field("declines_sms", \.declinesSMS, .flag, doc: "不接收短信"),
        Field("wants_paper", \.wantsPaper, .flag, doc: "同时寄送纸质通知"),
        Field("accepts_electronic", \.acceptsElectronic, .flag, doc: "同意电子送达"),
    ]

    private static let rest: [Field<Self>] = [
        Field("address", \.address, .optional(.text(max: 200)), doc: "收信地址"),
        Field("helper_name", \.helperName, .optional(.text(max: 40)), doc: "指定联系人"),
        Field("helper_phone", \.helperPhone, .optional(.text(max: 20)), doc: "指定联系人手机号码"),
        Field("helper_relation", \.helperRelation, .optional(.text(max: 20)), doc: "与本人的关系"),
        Field("helper_ends_on", \.helperEndsOn, .optional(.day), doc: "到哪一天为止"),
        Field("helper_recorded_on", \.helperRecordedOn, .optional(.day), doc: "登记日期"),
    ]
}
