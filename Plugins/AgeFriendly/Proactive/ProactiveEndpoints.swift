import PluginKit

/// The list over HTTP, and what persons say of it.
struct ProactiveEndpoints {
    let register: ProactiveRegister

    private var access: Access { .staff(VisitRegister.permission) }

    var all: [any Contribution] {
        [
            Endpoint(.get, "desk/proactive", summary: "敲门办的名单，先到日子的在前", access: access) {
                (input: ProactiveQuery, call) in
                let visits = try await register.list(
                    input.state, after: input.after, limit: input.limit + 1, by: call.act)
                let views = try await register.listed(visits, on: call.act.now.day)
                return CursorPage(views, limit: input.limit) { ProactiveRegister.cursor($0.due, $0.id) }
            },
            Endpoint(
                .get, "desk/proactive/{id}", summary: "名单里的一个人；查看会留下记录", access: access,
                problems: ["resource.not_found"]
            ) { (input: VisitID, call) in
                let found = try await register.open(input.id, by: call.act)
                return try await register.view(found.visit, found.profile, on: call.act.now.day)
            },
            Endpoint(
                .post, "desk/proactive/{id}/outcome", summary: "登记已经上门，或者本人不要", access: access,
                problems: ["input.invalid", "age-friendly.wrong_step"]
            ) { (input: ProactiveOutcome, call) in
                try await call.commit(to: register.database) { transaction in
                    let visit = try register.close(
                        input.id, as: input.state, note: input.note, isForGood: input.isForGood, by: call.act,
                        in: transaction)
                    return ProactiveView(visit, register.rules, nil, closedBy: nil, on: call.act.now.day)
                }
            },
            Endpoint(.get, "proactive-choice", summary: "我要不要主动上门", access: .person) { (_: Nothing, call) in
                guard let person = call.actor.person else { throw Problem.forbidden }
                var view = ProactiveChoiceView()
                view.choice = try await register.database.read { try register.choice(of: person, in: $0) }
                return view
            },
            Endpoint(.post, "proactive-choice", summary: "说明我要不要主动上门", access: .person) {
                (input: ProactiveChoiceInput, call) in
                try await call.commit(to: register.database) { transaction in
                    try register.choose(input.choice, by: call.act, in: transaction)
                    var view = ProactiveChoiceView()
                    view.choice = input.choice
                    return view
                }
            },
        ]
    }
}
