import PluginKit

/// The desk of departments: what they are asked, what they asked, and asking anew.
struct RequestPages {
    let desk: ProofDesk

    private static let pageSize = 20

    var all: [any Contribution] {
        let either = Access.staffWithAny([ProofDesk.query, ProofDesk.answer])
        return [
            Page("queries", access: either, menu: "证明核验") { request in try await list(request) },
            Page("queries/{id}", access: either) { request in try await show(PageForm(request)) },
            Page(post: "queries/{id}/answer", access: .staff(ProofDesk.answer)) { request in
                try await answer(request)
            },
            Page("ask", access: .staff(ProofDesk.query)) { request in try await form(PageForm(request)) },
            Page(post: "ask", access: .staff(ProofDesk.query)) { request in try await ask(request) },
        ]
    }

    private func list(_ request: PageRequest) async throws -> PageReply {
        let answers = request.actor.holds(ProofDesk.answer)
        let box = ProofDesk.Box(rawValue: request.parameter("box")) ?? (answers ? .incoming : .outgoing)
        let state =
            ProofRequest.State(rawValue: request.parameter("state"))
            ?? (request.parameter("state") == "all" ? nil : box == .incoming ? .open : nil)
        let after = try? Identifier(request.parameter("after"))
        let found = try await desk.requests(
            box, state: state, after: after, limit: Self.pageSize + 1, by: request.act)
        let shown = Array(found.prefix(Self.pageSize))
        let day = request.act.now.day
        let views = try await desk.database.read {
            try desk.views(shown, for: box == .incoming ? .answerer : .asker, on: day, in: $0)
        }
        func url(_ box: ProofDesk.Box, _ state: String, _ after: String = "") -> String {
            PagePath.with("queries", ["box": box.rawValue, "state": state, "after": after])
        }
        let pager = Pager(isFirst: after == nil, next: found.count > shown.count ? shown.last?.id.text : nil) {
            url(box, state?.rawValue ?? "all", $0)
        }
        let tabs: [(String, ProofDesk.Box, ProofRequest.State?)] =
            (answers
                ? [("要我们答复的", .incoming, .open), ("答复过的", .incoming, .answered)] : [])
            + (request.actor.holds(ProofDesk.query) ? [("我们发起的", .outgoing, nil)] : [])
        return .render(
            .text(Self.listTemplate),
            [
                "pageTitle": "证明核验", "department": .text(request.actor.post?.agencyName ?? ""),
                "askURL": .text(request.actor.holds(ProofDesk.query) ? PagePath.with("ask") : ""),
                "tabs": .list(
                    tabs.map { title, tabBox, tabState in
                        [
                            "label": .text(title), "url": .text(url(tabBox, tabState?.rawValue ?? "all")),
                            "current": .flag(tabBox == box && tabState == state),
                        ]
                    }),
                "hasRequests": .flag(!views.isEmpty), "requests": .list(views.map { row($0, box) }),
                "firstURL": .text(pager.first), "nextURL": .text(pager.next),
            ])
    }

    private func row(_ view: RequestView, _ box: ProofDesk.Box) -> ViewModel {
        let office = box == .incoming ? view.asker ?? "本人申请" : view.answerer
        return [
            "title": .text("\(view.title)：\(view.name ?? "")"),
            "url": .text(PagePath.with("queries/\(view.id)")), "office": .text(office),
            "due": .text(view.state == .open ? view.due?.chineseDate ?? "" : ""), "state": .text(view.shownState),
            "badge": .text(view.badge),
        ]
    }

    private func show(_ form: PageForm) async throws -> PageReply {
        let request = form.request
        let id = try Identifier(request.path["id"] ?? "")
        let day = request.act.now.day
        let (found, view) = try await desk.database.write { transaction -> (ProofRequest, RequestView) in
            let found = try desk.open(id, by: request.act, in: transaction)
            let reader = desk.reader(of: found, request.act)
            let views = try desk.views([found], for: reader, on: day, in: transaction)
            return (found, views.first ?? RequestView())
        }
        let isMine = found.answerer == request.actor.post?.agency && request.actor.holds(ProofDesk.answer)
        let answers = ProofRequest.Answer.allCases.map { PageForm.Choice($0.rawValue, note: $0.note) }
        return .render(
            .text(Self.showTemplate),
            [
                "pageTitle": .text(view.title), "back": ["label": "返回证明核验", "url": .text(PagePath.with("queries"))],
                "errorSummary": form.summary, "title": .text(view.title), "state": .text(view.shownState),
                "badge": .text(view.badge), "facts": .list(view.facts(isAsker: !isMine)),
                "hidden": .text(view.hiddenAnswer(isAsker: !isMine)),
                "mayAnswer": .flag(isMine && found.state == .open),
                "action": .text(PagePath.with("queries/\(id.text)/answer")),
                "issues": .flag(found.ground == .own),
                "fields": [
                    form.field("answer", "核查的结果", .radio(answers)),
                    form.field(
                        "note", "说明", .paragraph, isOptional: true,
                        hint: found.ground == .own ? "写在开具的电子证明上；不符合、查无的必须写。" : "不符合、查无的必须写。",
                        maximumLength: 500),
                ],
            ], status: form.status)
    }

    private func answer(_ request: PageRequest) async throws -> PageReply {
        let id = try Identifier(request.path["id"] ?? "")
        do {
            _ = try await desk.database.write { transaction in
                try desk.answer(
                    id, ProofRequest.Answer(rawValue: request.field("answer")), note: request.field("note"),
                    by: request.act, in: transaction)
            }
            return .redirect(PagePath.with("queries/\(id.text)"))
        } catch {
            return try await show(try PageForm(request, after: error))
        }
    }

    /// The form in two steps: for which case; then about whom, what and by which right.
    private func form(_ form: PageForm) async throws -> PageReply {
        let request = form.request
        let number = request.form["case_number"] == nil ? request.parameter("case") : request.field("case_number")
        let found = try await desk.database.read { snapshot -> (parties: [CaseParties.Party], proofs: [ProofKind])? in
            guard let sight = try? desk.sight(number, by: request.act, in: snapshot) else { return nil }
            let system = Act(actor: .system("certificate-free"), now: request.act.now)
            let whole = try desk.casework.sight(of: sight.file.id, by: system, in: snapshot)
            let proofs = try desk.register.all(in: snapshot).filter { $0.state != .cancelled }
            return (CaseParties(whole).parties.filter { !$0.number.isEmpty }, proofs)
        }
        var shown = form
        if found == nil, !number.isEmpty, form.findings.isEmpty {
            let message = "没有编号为“\(number)”、由您办理的件，请核对办件编号。"
            shown = PageForm(request, findings: [Finding("case", "case.unknown", message)])
        }
        let roles = (found?.parties ?? []).map { party in
            PageForm.Choice(party.role, party.title, note: (try? PersonName(party.name).masked) ?? "")
        }
        let proofs = (found?.proofs ?? []).map { PageForm.Choice($0.code, "\($0.title)（由\($0.issuer)答复）") }
        let grounds = [
            PageForm.Choice(ProofRequest.Ground.consent.rawValue, note: "本人登录同意以后，对方才答复；本人可以撤回。"),
            PageForm.Choice(ProofRequest.Ground.law.rawValue, note: "法律法规允许直接核验的，写明条款。"),
        ]
        return .render(
            .text(Self.askTemplate),
            [
                "pageTitle": "发起证明核验", "back": ["label": "返回证明核验", "url": .text(PagePath.with("queries"))],
                "errorSummary": shown.summary, "hasCase": .flag(found != nil), "caseNumber": .text(number),
                "caseField": shown.field("case", "办件编号", hint: "为哪个办件核验。", maximumLength: 60, preset: number),
                "hasProofs": .flag(!proofs.isEmpty),
                "fields": [
                    shown.field("role", "核验谁", .radio(roles), preset: roles.first?.value ?? ""),
                    shown.field("proof", "核验哪种证明", .select(proofs)),
                    shown.field("purpose", "用来办什么", maximumLength: 200),
                    shown.field("ground", "依据", .radio(grounds)),
                    shown.field(
                        "legal_basis", "法律依据", isOptional: true, hint: "选法定职权的必须写。", maximumLength: 300),
                    shown.field(
                        "readable_until", "看到哪天为止", .day, isOptional: true, hint: "选本人同意的必须写，例如 2026-12-31。",
                        maximumLength: 12),
                ],
            ], status: shown.status)
    }

    private func ask(_ request: PageRequest) async throws -> PageReply {
        var input = QueryInput()
        input.caseNumber = request.field("case_number")
        input.role = request.field("role")
        input.proof = request.field("proof")
        input.purpose = request.field("purpose")
        input.ground = ProofRequest.Ground(rawValue: request.field("ground"))
        input.legalBasis = request.field("legal_basis")
        let day = request.field("readable_until")
        input.readableUntil = LegalDay(written: day)
        do {
            if input.proof.isEmpty {
                throw Problem.invalid([Finding("proof", "field.required", "请选择要核验的证明。")])
            }
            if !day.isEmpty, input.readableUntil == nil {
                throw Problem.invalid([Finding("readable_until", "field.day", "“\(day)”不是日期，请写成 2026-12-31 这样。")])
            }
            let calendar = try await desk.casework.calendar()
            let made = try await desk.database.write { [input] transaction in
                try desk.ask(input, calendar: calendar, by: request.act, in: transaction)
            }
            return .redirect(PagePath.with("queries/\(made.id.text)"))
        } catch {
            return try await form(try PageForm(request, after: error))
        }
    }
}

extension ProofRequest.Answer {
    /// What it means, for who answers.
    fileprivate var note: String {
        switch self {
        case .confirmed: "查到的和要证明的一致"
        case .contradicted: "查到的和要证明的不一致"
        case .unknown: "没有查到这个人的记录"
        }
    }
}
