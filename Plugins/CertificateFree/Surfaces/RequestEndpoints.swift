import PluginKit

/// Queries between departments, and applications of people, over HTTP.
struct RequestEndpoints {
    let desk: ProofDesk

    private static let refusals = [
        "input.invalid", "resource.not_found", "certificate-free.wrong_state", "certificate-free.asked_already",
    ]

    var all: [any Contribution] { staff + person }

    private var staff: [any Contribution] {
        let either = Access.staffWithAny([ProofDesk.query, ProofDesk.answer])
        return [
            Endpoint(
                .post, "queries", summary: "为一个办件向其他部门核验一种证明", access: .staff(ProofDesk.query), status: 201,
                problems: Self.refusals + ["certificate-free.proof_cancelled"]
            ) { (input: QueryInput, call) in
                let calendar = try await desk.casework.calendar()
                return try await call.commit(to: desk.database, status: 201) { transaction in
                    let request = try desk.ask(input, calendar: calendar, by: call.act, in: transaction)
                    return try view(request, for: .asker, call.act, transaction)
                }
            },
            Endpoint(.get, "queries", summary: "本单位要答复的，或者发起的，先发起的在前", access: either) {
                (input: RequestQuestion, call) in
                let found = try await desk.requests(
                    input.box, state: input.state, after: try input.after.map { try Identifier($0) },
                    limit: input.limit + 1, by: call.act)
                let reader: RequestView.Reader = input.box == .incoming ? .answerer : .asker
                let views = try await desk.database.read {
                    try desk.views(found, for: reader, on: call.act.now.day, in: $0)
                }
                return CursorPage(views, limit: input.limit, cursor: \.id)
            },
            Endpoint(
                .get, "queries/{id}", summary: "一次核验或申请；打开会留下记录", access: either, problems: ["resource.not_found"]
            ) { (input: RequestID, call) in
                try await desk.database.write { transaction in
                    let request = try desk.open(try Identifier(input.id), by: call.act, in: transaction)
                    return try view(request, for: desk.reader(of: request, call.act), call.act, transaction)
                }
            },
            Endpoint(
                .post, "queries/{id}/answer", summary: "答复：符合、不符合或查无", access: .staff(ProofDesk.answer),
                problems: Self.refusals + ["certificate-free.own_matter"]
            ) { (input: AnswerInput, call) in
                try await call.commit(to: desk.database) { transaction in
                    let request = try desk.answer(
                        try Identifier(input.id), input.answer, note: input.note ?? "", by: call.act, in: transaction)
                    return try view(request, for: .answerer, call.act, transaction)
                }
            },
        ]
    }

    private var person: [any Contribution] {
        [
            Endpoint(
                .post, "applications", summary: "申请开具一种证明", access: .person, status: 201,
                problems: Self.refusals + ["certificate-free.channel_closed"]
            ) { (input: ApplicationInput, call) in
                let calendar = try await desk.casework.calendar()
                return try await call.commit(to: desk.database, status: 201) { transaction in
                    let request = try desk.apply(input, calendar: calendar, by: call.act, in: transaction)
                    return try view(request, for: .person, call.act, transaction)
                }
            },
            Endpoint(.get, "mine", summary: "谁核验过我的证明、凭什么、为什么，我申请开具的办到哪里，新的在前", access: .personAlone) {
                (input: MyQuestion, call) in
                let found = try await desk.mine(
                    after: try input.after.map { try Identifier($0) }, limit: input.limit + 1, by: call.act)
                let views = try await desk.database.read {
                    try desk.views(found, for: .person, on: call.act.now.day, in: $0)
                }
                return CursorPage(views, limit: input.limit, cursor: \.id)
            },
            Endpoint(
                .post, "mine/{id}/consent", summary: "同意或者不同意部门核验", access: .personAlone, problems: Self.refusals
            ) { (input: ConsentInput, call) in
                let calendar = try await desk.casework.calendar()
                return try await call.commit(to: desk.database) { transaction in
                    let request = try desk.consent(
                        try Identifier(input.id), agrees: input.agrees, calendar: calendar, by: call.act,
                        in: transaction)
                    return try view(request, for: .person, call.act, transaction)
                }
            },
            Endpoint(
                .post, "mine/{id}/withdrawal", summary: "撤回同意；对方从此看不到答复", access: .personAlone, problems: Self.refusals
            ) { (input: RequestID, call) in
                try await call.commit(to: desk.database) { transaction in
                    let request = try desk.withdraw(try Identifier(input.id), by: call.act, in: transaction)
                    return try view(request, for: .person, call.act, transaction)
                }
            },
        ]
    }

    private func view(
        _ request: ProofRequest, for reader: RequestView.Reader, _ act: Act, _ snapshot: Snapshot
    ) throws -> RequestView {
        try desk.views([request], for: reader, on: act.now.day, in: snapshot).first ?? RequestView()
    }
}
