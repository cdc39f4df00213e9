import PluginKit

/// What a person does with its own orders over HTTP.
struct VisitEndpoints {
    let register: VisitRegister

    var all: [any Contribution] {
        [
            Endpoint(
                .get, "half-days", summary: "上门服务可以约的半天，和每半天还能约几单", access: .anyone
            ) { (input: PlaceQuery, call) in
                var list = HalfDayList()
                list.halfDays = try await register.halfDays(of: input.division, at: call.act.now)
                return list
            },
            Endpoint(
                .post, "visits", summary: "按铃：给自己预约上门、引导、无障碍或绿色通道服务", access: .person, status: 201,
                problems: [
                    "input.invalid", "age-friendly.half_day_full", "age-friendly.ordered_already",
                    "age-friendly.too_many_open",
                ]
            ) { (input: VisitInput, call) in
                let calendar = try await register.calendar()
                return try await call.commit(to: register.database, status: 201) { transaction in
                    let visit = try register.order(input, calendar: calendar, by: call.act, in: transaction)
                    return try register.view(visit, at: call.act.now, in: transaction)
                }
            },
            Endpoint(.get, "visits", summary: "我的预约，最近的在前", access: .person) { (input: OwnQuery, call) in
                let visits = try await register.own(after: input.after, limit: input.limit + 1, by: call.act)
                let views = try await register.database.read { snapshot in
                    let views = try VisitViews(register, visits, at: call.act.now, in: snapshot)
                    return visits.map(views.whole)
                }
                return CursorPage(views, limit: input.limit) { $0.id.text }
            },
            Endpoint(
                .get, "visits/{id}", summary: "我的一单预约：谁来、什么时候、办得怎样", access: .person,
                problems: ["resource.not_found"]
            ) { (input: VisitID, call) in
                let visit = try await register.open(input.id, by: call.act)
                return try await register.database.read { try register.view(visit, at: call.act.now, in: $0) }
            },
            Endpoint(
                .post, "visits/{id}/cancellation", summary: "取消我的一单预约", access: .person,
                problems: ["resource.not_found", "age-friendly.wrong_step"]
            ) { (input: VisitCancellation, call) in
                try await call.commit(to: register.database) { transaction in
                    let visit = try register.cancel(input.id, reason: input.reason, by: call.act, in: transaction)
                    return try register.view(visit, at: call.act.now, in: transaction)
                }
            },
        ]
    }
}

extension VisitRegister {
    /// The half days of a place that may be ordered, as callers get them.
    func halfDays(of place: String?, at now: Instant) async throws -> [HalfDayView] {
        let calendar = try await calendar()
        let division = place ?? division
        return try await database.read { snapshot in
            guard offered(try organisation.snapshot(in: snapshot)).contains(where: { $0.code == division }) else {
                throw Problem.invalid([
                    Finding("division", "age-friendly.not_offered", "“\(division)”没有开通上门服务，请另选一个地方。")
                ])
            }
            return try offers(of: division, at: now, calendar, in: snapshot).map { offer in
                var view = HalfDayView()
                (view.day, view.half) = (offer.slot.day, offer.slot.half)
                (view.time, view.free) = (rules.chinese(offer.slot), offer.free)
                return view
            }
        }
    }
}

struct PlaceQuery: SchemaType {
    var division: String?
    static let schema = Schema<Self> {
        Field("division", \.division, .optional(.text(max: 20)), doc: "区划代码；不写为本部署的区划", in: .query)
    }
}

struct OwnQuery: SchemaType {
    var after: Identifier?
    var limit = 20
    static let schema = Schema<Self> {
        Field("after", \.after, .optional(.identifier), doc: "上一页的最后一单", in: .query)
        Field("limit", \.limit, .integer(in: 1...100).withDefault, doc: "每页几单", in: .query)
    }
}

struct VisitID: SchemaType {
    var id = Identifier.none
    static let schema = Schema<Self> { Field("id", \.id, .identifier, doc: "预约的标识", in: .path) }
}

struct VisitCancellation: SchemaType {
    var id = Identifier.none
    var reason = ""
    static let schema = Schema<Self> {
        Field("id", \.id, .identifier, doc: "预约的标识", in: .path)
        Field("reason", \.reason, .text(max: 200, lines: true).withDefault, doc: "为什么取消；工作人员取消的必须写")
    }
}
