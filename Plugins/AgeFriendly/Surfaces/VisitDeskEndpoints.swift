import PluginKit

/// What staff do with the orders of their place over HTTP.
struct VisitDeskEndpoints {
    let register: VisitRegister

    private var access: Access { .staff(VisitRegister.permission) }

    var all: [any Contribution] { reading + steps }

    private var reading: [any Contribution] {
        [
            Endpoint(.get, "desk/visits", summary: "本地的上门服务预约，先到期的在前", access: access) {
                (input: DeskQuery, call) in
                let visits = try await register.list(
                    input.list, after: input.after, limit: input.limit + 1, by: call.act)
                let views = try await register.listed(visits, at: call.act.now)
                return CursorPage(views, limit: input.limit) { view in
                    VisitRegister.cursor(HalfDay(view.day, view.half), view.id)
                }
            },
            Endpoint(
                .get, "desk/visits/{id}", summary: "一单预约的全部内容；查看会留下记录", access: access,
                problems: ["resource.not_found"]
            ) { (input: VisitID, call) in
                let visit = try await register.open(input.id, by: call.act)
                return try await register.database.read { try register.view(visit, at: call.act.now, in: $0) }
            },
            Endpoint(
                .post, "desk/visits", summary: "接电话替人预约", access: access, status: 201,
                problems: ["input.invalid", "age-friendly.half_day_full", "age-friendly.too_many_open"]
            ) { (input: VisitInput, call) in
                let calendar = try await register.calendar()
                return try await call.commit(to: register.database, status: 201) { transaction in
                    let visit = try register.order(input, calendar: calendar, by: call.act, in: transaction)
                    return try register.view(visit, at: call.act.now, in: transaction)
                }
            },
        ]
    }

    private var steps: [any Contribution] {
        [
            Endpoint(
                .post, "desk/visits/{id}/assignment", summary: "安排谁去，或者改派", access: access,
                problems: ["input.invalid", "age-friendly.wrong_step"]
            ) { (input: VisitAssignment, call) in
                try await step(call) { try register.assign(input.id, to: input.account, by: call.act, in: $0) }
            },
            Endpoint(
                .post, "desk/visits/{id}/departure", summary: "登记出发", access: access,
                problems: ["age-friendly.wrong_step", "age-friendly.not_yours"]
            ) { (input: VisitID, call) in
                try await step(call) { try register.setOut(input.id, by: call.act, in: $0) }
            },
            Endpoint(
                .post, "desk/visits/{id}/result", summary: "登记办理结果", access: access,
                problems: ["input.invalid", "age-friendly.wrong_step", "age-friendly.not_yours"]
            ) { (input: VisitOutcome, call) in
                try await step(call) {
                    try register.finish(
                        input.id, result: input.result, signature: input.signature, by: call.act, in: $0)
                }
            },
            Endpoint(
                .post, "desk/visits/{id}/cancellation", summary: "取消一单预约，写明理由", access: access,
                problems: ["input.invalid", "age-friendly.wrong_step"]
            ) { (input: VisitCancellation, call) in
                try await step(call) { try register.cancel(input.id, reason: input.reason, by: call.act, in: $0) }
            },
        ]
    }

    private func step(
        _ call: Call, _ body: @escaping @Sendable (Transaction) throws -> Visit
    ) async throws -> VisitView {
        try await call.commit(to: register.database) { transaction in
            try register.view(try body(transaction), at: call.act.now, in: transaction)
        }
    }
}

struct DeskQuery: SchemaType {
    var list = VisitList.open
    var after: String?
    var limit = 20
    static let schema = Schema<Self> {
        Field("list", \.list, .choice.withDefault, doc: "哪些：没办完的 open、安排给我的 mine、办完和取消的 closed", in: .query)
        Field("after", \.after, .optional(.text(max: 100)), doc: "从哪里接着列", in: .query)
        Field("limit", \.limit, .integer(in: 1...100).withDefault, doc: "每页几单", in: .query)
    }
}

struct VisitAssignment: SchemaType {
    var id = Identifier.none
    var account = Identifier.none
    static let schema = Schema<Self> {
        Field("id", \.id, .identifier, doc: "预约的标识", in: .path)
        Field("account", \.account, .identifier, doc: "去的人的账号标识")
    }
}

struct VisitOutcome: SchemaType {
    var id = Identifier.none
    var result = ""
    var signature = ""
    static let schema = Schema<Self> {
        Field("id", \.id, .identifier, doc: "预约的标识", in: .path)
        Field("result", \.result, .text(min: 1, max: 500, lines: true), doc: "办了什么、结果怎样")
        Field("signature", \.signature, .text(max: 100).withDefault, doc: "谁签的字，例如 本人签字")
    }
}
