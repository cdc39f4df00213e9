import PluginKit

/// The page with the bell (按铃), and what came of it.
struct BellPages {
    let register: VisitRegister

    static let bell = "/age-friendly/bell"
    static let own = "/age-friendly/visits"

    var all: [any Contribution] {
        [
            Page("bell", access: .person, menu: "按铃上门办", elderButton: "按铃，请人上门") { request in
                try await bell(request, .none)
            },
            Page(post: "bell", access: .person) { request in try await order(request) },
            Page("visits", access: .person) { request in try await list(request) },
            Page("visits/{id}", access: .person) { request in try await show(request) },
            Page(post: "visits/{id}/cancellation", access: .person) { request in try await cancel(request) },
        ]
    }

    private func order(_ request: PageRequest) async throws -> PageReply {
        do {
            let visit = try await register.order(try request.visitInput(), by: request.act)
            return .redirect("\(Self.own)/\(visit.id)?message=ordered")
        } catch {
            guard let feedback = Feedback(error, renamed: ["day": "slot", "half": "slot"]) else { throw error }
            return try await bell(request, feedback)
        }
    }

    private func bell(_ request: PageRequest, _ feedback: Feedback) async throws -> PageReply {
        let isTyped = !request.form.isEmpty
        func typed(_ name: String, _ fallback: String = "") -> String { isTyped ? request.field(name) : fallback }
        guard let person = request.actor.person else { throw Problem.forbidden }
        let profile = try await register.identity.profile(of: person, by: request.act)
        let kind = Visit.Kind(rawValue: isTyped ? request.field("kind") : request.parameter("kind")) ?? .home
        let age = profile.birthDay?.age(on: request.act.now.day)
        let (phone, address) = (profile.mobile?.text ?? "", profile.address ?? "")
        let site = request.cookie("yiciban-division") ?? ""
        let choices = try await BellChoices(
            register, divisions: [typed("division")] + (kind.isInHall ? [site] : []), address: address,
            on: request.act.now)
        let isEntitled = age.map { $0 >= register.rules.entitledAge } ?? false
        // Whose birth day is not known says that it is old enough.
        let grounds = isEntitled ? [] : Visit.Ground.allCases.filter { age == nil || $0 != .age }
        let lacks = phone.isEmpty || !isEntitled || (!kind.isInHall && address.count < 5)
        let questions = choices.questions(
            kind, typed: typed, phone: phone, address: address, grounds: grounds,
            followsAddress: !kind.isInHall, chosen: request.parameter("subject"))
        let earliest = choices.free.first.map(register.rules.chinese)
        let place = kind.isInHall ? choices.halls.first?.label : address
        let facts = [
            VisitText.line("姓名", profile.name.text), VisitText.line("电话", phone),
            VisitText.line(kind.isInHall ? "大厅" : "到哪里", place), VisitText.line("最早的空档", earliest),
        ]
        let model: ViewModel = [
            "pageTitle": .text(kind.isInHall ? kind.chinese : "按铃上门办"), "lead": .text(kind.promise),
            "kind": .text(kind.rawValue), "button": .text(kind.isInHall ? "预约\(kind.chinese)" : "按铃，请人上门"),
            "facts": .list(facts.compactMap(\.self)), "isFull": .flag(choices.free.isEmpty),
            "daysAhead": .text("\(register.rules.daysAhead)"), "lacks": .flag(lacks && !isTyped),
            "isOpen": .flag(lacks || isTyped), "action": .text(Self.bell), "ownURL": .text(Self.own),
            "choiceURL": .text(ChoicePages.path), "zoneURL": .text(ZonePages.path),
            "questions": .list(questions.map { $0.model(feedback) }),
        ]
        return .render(.text(Self.bellTemplate), feedback.summary(model), status: feedback.status)
    }

    private func list(_ request: PageRequest) async throws -> PageReply {
        let after = request.parameter("after")
        let visits = try await register.own(
            after: after.isEmpty ? nil : try Identifier(after), limit: 21, by: request.act)
        let page = visits.prefix(20)
        return .render(
            .text(Self.listTemplate),
            [
                "pageTitle": "我的预约", "bellURL": .text(Self.bell), "hasVisits": .flag(!page.isEmpty),
                "visits": .list(
                    page.map { visit in
                        [
                            "kind": .text(visit.kind.chinese), "time": .text(register.rules.chinese(visit.slot)),
                            "state": .text(visit.state.chinese), "badge": .text(VisitText.badge(visit.state)),
                            "url": .text("\(Self.own)/\(visit.id)"), "words": .text(visit.details.words),
                        ]
                    }),
                "nextURL": .text(visits.count > 20 ? "\(Self.own)?after=\(page.last?.id.text ?? "")" : ""),
            ])
    }

    private func show(_ request: PageRequest) async throws -> PageReply {
        let visit = try await register.open(try request.visitID(), by: request.act)
        let (view, subject) = try await register.database.read { snapshot in
            let entries = try register.zone.entries(on: request.act.now.day, in: snapshot)
            return (
                try register.view(visit, at: request.act.now, in: snapshot),
                entries.first { $0.id == visit.subject }?.title ?? visit.subject
            )
        }
        let facts = [
            VisitText.line("时间", view.time), VisitText.line("到哪里", view.address ?? view.place),
            VisitText.line("联系电话", view.phone), VisitText.line("办什么事", subject), VisitText.line("您说的", view.words),
            VisitText.line("办理结果", view.result), VisitText.line("签字", view.signature),
            VisitText.line("取消的理由", view.reason),
        ]
        let way: [Visit.State] = [.ordered, .assigned, .underWay, .done]
        let position = way.firstIndex(of: visit.state) ?? -1
        let steps: [ViewModel] = way.enumerated().map { index, state in
            [
                "label": .text(state.chinese), "done": .flag(index < position || visit.state == .done),
                "current": .flag(index == position && visit.state != .done),
            ]
        }
        var model: ViewModel = [
            "pageTitle": .text(visit.kind.chinese), "back": ["label": "我的预约", "url": .text(Self.own)],
            "state": .text(visit.state.chinese), "badge": .text(VisitText.badge(visit.state)),
            "isNew": .flag(request.parameter("message") == "ordered" && visit.state == .ordered),
            "time": .text(view.time), "facts": .list(facts.compactMap(\.self)),
            "mayCancel": .flag(visit.state == .ordered || visit.state == .assigned),
            "action": .text("\(Self.own)/\(visit.id)/cancellation"),
            "reason": Question(name: "reason", label: "为什么取消", kind: .text(), isOptional: true).model(),
        ]
        if visit.state != .cancelled { model = model.with("steps", ["list": .list(steps)]) }
        if visit.state.isOpen, let visitor = view.visitor {
            model = model.with(
                "visitor",
                [
                    "name": .text(visitor), "agency": .text(view.visitorAgency ?? ""), "code": .text(view.code ?? ""),
                    "isHome": .flag(!visit.kind.isInHall),
                ])
        }
        return .render(.text(Self.visitTemplate), model)
    }

    private func cancel(_ request: PageRequest) async throws -> PageReply {
        let id = try request.visitID()
        let reason = request.field("reason")
        _ = try await register.database.write { transaction in
            try register.cancel(id, reason: reason, by: request.act, in: transaction)
        }
        return .redirect("\(Self.own)/\(id)")
    }
}
