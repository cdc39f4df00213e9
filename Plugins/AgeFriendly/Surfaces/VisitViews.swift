import PluginKit

/// An order as callers get it.
struct VisitView: SchemaType {
    var id = Identifier.none
    var kind = Visit.Kind.home
    var state = Visit.State.ordered
    var stateText = ""
    var day = LegalDay.first
    var half = HalfDay.Half.morning
    var time = ""
    var division = ""
    var place = ""
    var subject = ""
    var words = ""
    var name = ""
    var phone: String?
    var address: String?
    var visitor: String?
    var visitorAgency: String?
    var code: String?
    var way = Visit.Way.portal
    var ground: String?
    var isLate = false
    var result: String?
    var signature: String?
    var reason: String?
    var version = 0

    init() {}

    static let schema = Schema<Self>(fields: order + persons + outcome)

    private static let order: [Field<Self>] = [
        Field("id", \.id, .identifier, doc: "标识"),
        Field("kind", \.kind, .choice, doc: "哪种服务"),
        Field("state", \.state, .choice, doc: "状态"),
        Field("state_text", \.stateText, .text(max: 20), doc: "状态的说法"),
        Field("day", \.day, .day, doc: "哪一天"),
        Field("half", \.half, .choice, doc: "上午 am 或下午 pm"),
        Field("time", \.time, .text(max: 60), doc: "时间的说法"),
        Field("division", \.division, .text(max: 20), doc: "区划"),
        Field("place", \.place, .text(max: 100), doc: "大厅的名称；上门的为空"),
        Field("subject", \.subject, .text(max: 60), doc: "办什么事：主题或事项代号"),
        Field("way", \.way, .choice, doc: "怎样预约的"),
        Field("is_late", \.isLate, .flag, doc: "时间过了还没有办完"),
    ]

    private static let persons: [Field<Self>] = [
        Field("words", \.words, .text(max: 200, lines: true), doc: "用自己的话说办什么事"),
        Field("name", \.name, .text(max: 50), doc: "姓名；名单里的已脱敏"),
        Field("phone", \.phone, .optional(.text(max: 20)), doc: "联系电话；名单里没有"),
        Field("address", \.address, .optional(.text(max: 200)), doc: "地址；名单里没有"),
        Field("ground", \.ground, .optional(.text(max: 40)), doc: "服务对象；名单里没有"),
        Field("visitor", \.visitor, .optional(.text(max: 50)), doc: "谁来"),
        Field("visitor_agency", \.visitorAgency, .optional(.text(max: 100)), doc: "来人的单位"),
        Field("code", \.code, .optional(.text(max: 10)), doc: "来人先报的核对码；名单里没有"),
    ]

    private static let outcome: [Field<Self>] = [
        Field("result", \.result, .optional(.text(max: 500, lines: true)), doc: "办理结果"),
        Field("signature", \.signature, .optional(.text(max: 100)), doc: "签字情况"),
        Field("reason", \.reason, .optional(.text(max: 200, lines: true)), doc: "取消的理由"),
        Field("version", \.version, .integer(in: 0...1_000_000), doc: "版本，每变动一次加一"),
    ]
}

/// Makes the views of orders; asked once for all that a page shows.
struct VisitViews {
    let rules: VisitRules
    let places: OrganisationSnapshot
    let names: [Identifier: String]
    let now: Instant

    init(_ register: VisitRegister, _ visits: [Visit], at now: Instant, in snapshot: Snapshot) throws {
        rules = register.rules
        places = try register.organisation.snapshot(in: snapshot)
        names = try register.names(of: visits, in: snapshot)
        self.now = now
    }

    /// The whole order, for the person and for who goes.
    func whole(_ visit: Visit) -> VisitView {
        var view = listed(visit)
        let details = visit.details
        (view.name, view.phone, view.words) = (details.name, details.phone, details.words)
        view.address = details.address.isEmpty ? nil : details.address
        view.ground = details.ground.chinese(age: rules.entitledAge)
        view.code = visit.assignee == nil ? nil : details.code
        view.result = details.result.isEmpty ? nil : details.result
        view.signature = details.signature.isEmpty ? nil : details.signature
        view.reason = details.reason.isEmpty ? nil : details.reason
        return view
    }

    /// The order in a list: nothing by which the person is found.
    func listed(_ visit: Visit) -> VisitView {
        var view = VisitView()
        (view.id, view.kind, view.state, view.stateText) = (visit.id, visit.kind, visit.state, visit.state.chinese)
        (view.day, view.half, view.time) = (visit.slot.day, visit.slot.half, rules.chinese(visit.slot))
        (view.division, view.subject, view.way) = (visit.division, visit.subject, visit.way)
        view.place = visit.site.flatMap { places.sites[$0]?.name } ?? ""
        view.name = (try? PersonName(visit.details.name).masked) ?? ""
        view.visitor = visit.assignee.map { names[$0] ?? "工作人员" }
        view.visitorAgency = visit.agency.flatMap { places.agencies[$0]?.name(on: visit.slot.day) }
        (view.isLate, view.version) = (visit.isLate(at: now, rules), visit.version)
        return view
    }
}

extension VisitRegister {
    /// One order as its person and its visitor get it.
    func view(_ visit: Visit, at now: Instant, in snapshot: Snapshot) throws -> VisitView {
        try VisitViews(self, [visit], at: now, in: snapshot).whole(visit)
    }

    /// Orders as lists show them.
    func listed(_ visits: [Visit], at now: Instant) async throws -> [VisitView] {
        try await database.read { snapshot in
            let views = try VisitViews(self, visits, at: now, in: snapshot)
            return visits.map(views.listed)
        }
    }
}

/// A half day that may be ordered.
struct HalfDayView: SchemaType {
    var day = LegalDay.first
    var half = HalfDay.Half.morning
    var time = ""
    var free = 0

    init() {}

    static let schema = Schema<Self> {
        Field("day", \.day, .day, doc: "哪一天")
        Field("half", \.half, .choice, doc: "上午 am 或下午 pm")
        Field("time", \.time, .text(max: 60), doc: "时间的说法")
        Field("free", \.free, .integer(in: 0...1000), doc: "还能约几单")
    }
}

struct HalfDayList: SchemaType {
    var halfDays: [HalfDayView] = []
    static let schema = Schema<Self> {
        Field("half_days", \.halfDays, .list(of: .object, max: 200), doc: "可以约的半天")
    }
}
