import PluginKit

/// The staff's desk of visits: what is due, who goes, what came of it.
struct DeskPages {
    let register: VisitRegister

    static let path = "/age-friendly/desk"
    private var access: Access { .staff(VisitRegister.permission) }

    var all: [any Contribution] {
        [
            Page("desk", access: access, menu: "上门服务") { request in try await list(request) },
            Page("desk/new", access: access) { request in try await new(request, .none) },
            Page(post: "desk/new", access: access) { request in try await order(request) },
            Page("desk/{id}", access: access) { request in try await show(request, .none) },
            Page(post: "desk/{id}/{step}", access: access) { request in try await take(request) },
        ]
    }

    private func list(_ request: PageRequest) async throws -> PageReply {
        let list = VisitList(rawValue: request.parameter("list")) ?? .open
        let after = request.parameter("after")
        let visits = try await register.list(list, after: after.isEmpty ? nil : after, limit: 21, by: request.act)
        let page = Array(visits.prefix(20))
        let views = try await register.listed(page, at: request.act.now)
        let names = try await register.organisation.snapshot().divisions
        let next = visits.count > 20 ? page.last.map { VisitRegister.cursor($0.slot, $0.id) } ?? "" : ""
        return .render(
            .text(Self.listTemplate),
            [
                "pageTitle": "上门服务", "department": .text(request.actor.post?.agencyName ?? ""),
                "newURL": .text("\(Self.path)/new"), "heading": .text(list.chinese),
                "tabs": .list(
                    VisitList.allCases.map { other in
                        [
                            "label": .text(other.chinese), "url": .text("\(Self.path)?list=\(other.rawValue)"),
                            "current": .flag(other == list),
                        ]
                    }),
                "hasLines": .flag(!views.isEmpty),
                "lines": .list(
                    views.map { view in
                        [
                            "time": .text(view.time), "kind": .text(view.kind.chinese), "name": .text(view.name),
                            "place": .text(
                                view.place.isEmpty ? names[view.division]?.name ?? view.division : view.place),
                            "visitor": .text(view.visitor ?? ""), "url": .text("\(Self.path)/\(view.id)"),
                            "state": .text(view.isLate ? "\(view.stateText)，时间已过" : view.stateText),
                            "badge": .text(view.isLate ? "late" : VisitText.badge(view.state)),
                        ]
                    }),
                "firstURL": .text(after.isEmpty ? "" : "\(Self.path)?list=\(list.rawValue)"),
                "nextURL": .text(next.isEmpty ? "" : "\(Self.path)?list=\(list.rawValue)&after=\(next)"),
            ])
    }

    private func order(_ request: PageRequest) async throws -> PageReply {
        do {
            let visit = try await register.order(try request.visitInput(), by: request.act)
            return .redirect("\(Self.path)/\(visit.id)?message=ordered")
        } catch {
            guard let feedback = Feedback(error, renamed: ["day": "slot", "half": "slot"]) else { throw error }
            return try await new(request, feedback)
        }
    }

    private func new(_ request: PageRequest, _ feedback: Feedback) async throws -> PageReply {
        func typed(_ name: String, _ fallback: String = "") -> String {
            request.form.isEmpty ? fallback : request.field(name)
        }
        let kind = Visit.Kind(rawValue: typed("kind", request.parameter("kind"))) ?? .home
        let choices = try await BellChoices(
            register, divisions: [typed("division", request.actor.post?.division ?? "")], on: request.act.now)
        let grounds = Visit.Ground.allCases.map { ($0.rawValue, $0.chinese(age: register.rules.entitledAge)) }
        let caller = [
            Question(name: "name", label: "姓名", kind: .text(), value: typed("name"), maximumLength: 50),
            BellChoices.phone(typed("phone")),
            Question(
                name: "id_number", label: "公民身份号码", kind: .text(), value: typed("id_number"), isOptional: true,
                hint: "填了能核对年龄，本人登录也看得到这单；不知道可以不填。", maximumLength: 18),
            Question(name: "ground", label: "服务对象", kind: .radio(grounds), value: typed("ground", "age")),
        ]
        let rest = choices.questions(kind, typed: typed, phone: nil, address: "", grounds: [], followsAddress: false)
        let model: ViewModel = [
            "pageTitle": "电话预约", "back": ["label": "上门服务", "url": .text(Self.path)], "kind": .text(kind.rawValue),
            "kindTitle": .text(kind.chinese), "action": .text("\(Self.path)/new"),
            "kinds": .list(
                Visit.Kind.allCases.map { other in
                    [
                        "label": .text(other.chinese), "url": .text("\(Self.path)/new?kind=\(other.rawValue)"),
                        "current": .flag(other == kind),
                    ]
                }),
            "questions": .list((caller + rest).map { $0.model(feedback) }),
        ]
        return .render(.text(Self.newTemplate), feedback.summary(model), status: feedback.status)
    }

    private func show(_ request: PageRequest, _ feedback: Feedback) async throws -> PageReply {
        let visit = try await register.open(try request.visitID(), by: request.act)
        let (view, subject, visitors) = try await register.database.read { snapshot in
            (
                try register.view(visit, at: request.act.now, in: snapshot),
                try register.zone.entries(on: request.act.now.day, in: snapshot).first { $0.id == visit.subject }?
                    .title,
                try register.visitors(for: visit.division, on: request.act.now.day, in: snapshot)
            )
        }
        let facts = [
            VisitText.line("时间", view.time), VisitText.line("姓名", view.name), VisitText.line("电话", view.phone),
            VisitText.line("到哪里", view.address ?? view.place), VisitText.line("办什么事", subject ?? visit.subject),
            VisitText.line("本人说的", view.words), VisitText.line("服务对象", view.ground),
            VisitText.line("怎样预约", view.way.chinese), VisitText.line("谁去", view.visitor),
            VisitText.line("核对码", view.code), VisitText.line("办理结果", view.result), VisitText.line("签字", view.signature),
            VisitText.line("取消的理由", view.reason),
        ]
        let message = Self.messages[request.parameter("message")] ?? ""
        let tellsByPhone = visit.person == nil && visit.state.isOpen
        let forms = DeskForms(visit, visitors, typed: request).all(feedback)
        let model: ViewModel = [
            "pageTitle": .text(visit.kind.chinese), "back": ["label": "上门服务", "url": .text(Self.path)],
            "state": .text(view.isLate ? "\(view.stateText)，时间已过" : view.stateText),
            "badge": .text(view.isLate ? "late" : VisitText.badge(visit.state)), "message": .text(message),
            "tellsByPhone": .flag(tellsByPhone), "facts": .list(facts.compactMap(\.self)), "forms": .list(forms),
        ]
        return .render(.text(Self.visitTemplate), feedback.summary(model), status: feedback.status)
    }

    private static let messages = [
        "ordered": "已约好。", "assignment": "已安排。", "departure": "已登记出发。", "result": "已登记结果。", "cancellation": "已取消。",
    ]

    private func take(_ request: PageRequest) async throws -> PageReply {
        let (id, step) = (try request.visitID(), request.path["step"] ?? "")
        let (act, register) = (request.act, register)
        let account = try? Identifier(request.field("account"))
        let (result, signature, reason) = (request.field("result"), request.field("signature"), request.field("reason"))
        do {
            _ = try await register.database.write { transaction in
                switch step {
                case "assignment":
                    guard let account else {
                        throw Problem.invalid([Finding("account", "field.required", "请选谁去。")])
                    }
                    return try register.assign(id, to: account, by: act, in: transaction)
                case "departure": return try register.setOut(id, by: act, in: transaction)
                case "result":
                    return try register.finish(id, result: result, signature: signature, by: act, in: transaction)
                case "cancellation": return try register.cancel(id, reason: reason, by: act, in: transaction)
                default: throw Problem.notFound("这个页面")
                }
            }
            return .redirect("\(Self.path)/\(id)?message=\(step)")
        } catch {
            guard let feedback = Feedback(error) else { throw error }
            return try await show(request, feedback)
        }
    }
}
