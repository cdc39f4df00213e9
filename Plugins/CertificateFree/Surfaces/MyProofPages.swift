import PluginKit

/// What the person sees: who checked its proofs, what it is asked to agree to, and what it has issued.
struct MyProofPages {
    let desk: ProofDesk

    private static let pageSize = 20

    var all: [any Contribution] {
        [
            Page("mine", access: .personAlone, menu: "我的证明") { request in try await list(PageForm(request)) },
            Page(post: "mine/{id}/consent", access: .personAlone) { request in
                let calendar = try await desk.casework.calendar()
                return try await step(request) { id, transaction in
                    guard ["yes", "no"].contains(request.field("agrees")) else {
                        throw Problem.invalid([Finding("agrees", "field.required", "请选择同意还是不同意。")])
                    }
                    return try desk.consent(
                        id, agrees: request.field("agrees") == "yes", calendar: calendar, by: request.act,
                        in: transaction)
                }
            },
            Page(post: "mine/{id}/withdrawal", access: .personAlone) { request in
                try await step(request) { id, transaction in
                    try desk.withdraw(id, by: request.act, in: transaction)
                }
            },
            Page("apply", access: .person) { request in try await form(PageForm(request)) },
            Page(post: "apply", access: .person) { request in try await apply(request) },
        ]
    }

    private func list(_ form: PageForm) async throws -> PageReply {
        let request = form.request
        let after = try? Identifier(request.parameter("after"))
        let found = try await desk.mine(after: after, limit: Self.pageSize + 1, by: request.act)
        let shown = Array(found.prefix(Self.pageSize))
        let views = try await desk.database.read {
            try desk.views(shown, for: .person, on: request.act.now.day, in: $0)
        }
        let pager = Pager(isFirst: after == nil, next: found.count > shown.count ? shown.last?.id.text : nil) {
            PagePath.with("mine", ["after": $0])
        }
        return .render(
            .text(Self.listTemplate),
            [
                "pageTitle": "我的证明", "errorSummary": form.summary, "applyURL": .text(PagePath.with("apply")),
                "hasRequests": .flag(!views.isEmpty), "requests": .list(zip(shown, views).map(card)),
                "firstURL": .text(pager.first), "nextURL": .text(pager.next),
            ], status: form.status)
    }

    private func card(_ request: ProofRequest, _ view: RequestView) -> ViewModel {
        let mayWithdraw =
            request.ground == .consent && (request.state == .open || request.state == .answered)
        let url = PagePath.with("mine/\(view.id)")
        return [
            "anchor": .text("request-\(view.id)"), "title": .text(view.title), "state": .text(view.shownState),
            "badge": .text(view.badge), "facts": .list(view.facts(isAsker: false)), "answerer": .text(view.answerer),
            "asker": .text(view.asker ?? ""), "until": .text(view.readableUntil?.chineseDate ?? ""),
            "licenceURL": .text(view.licence.map { "/licences/\($0)" } ?? ""),
            "consentURL": .text(request.state == .awaiting ? url + "/consent" : ""),
            "withdrawURL": .text(mayWithdraw ? url + "/withdrawal" : ""),
        ]
    }

    private func step(
        _ request: PageRequest, _ body: @escaping @Sendable (Identifier, Transaction) throws -> ProofRequest
    ) async throws -> PageReply {
        let id = try Identifier(request.path["id"] ?? "")
        do {
            _ = try await desk.database.write { try body(id, $0) }
            return .redirect(PagePath.with("mine"))
        } catch {
            return try await list(try PageForm(request, after: error))
        }
    }

    private func form(_ form: PageForm) async throws -> PageReply {
        let channel: ProofKind.Channel = form.request.actor.assistant == nil ? .online : .window
        let proofs = try await desk.database.read { snapshot in
            try desk.register.list(state: .kept, limit: 1000, in: snapshot).filter { $0.channels.contains(channel) }
        }
        let asked = form.request.parameter("proof")
        let choices = proofs.map { PageForm.Choice($0.code, "\($0.title)（由\($0.issuer)开具）") }
        return .render(
            .text(Self.applyTemplate),
            [
                "pageTitle": "申请开具证明",
                "back": form.request.actor.actsInPerson
                    ? ["label": "返回我的证明", "url": .text(PagePath.with("mine"))] : ["label": "返回", "url": "/my"],
                "isDone": .flag(form.request.parameter("done") == "yes"),
                "errorSummary": form.summary, "hasProofs": .flag(!proofs.isEmpty),
                "channel": .text(channel.rawValue), "days": .number(desk.settings.answerDays),
                "fields": [
                    form.field("proof", "开哪种证明", .select(choices), preset: asked),
                    form.field("purpose", "用来办什么", hint: "例如 应聘教师。会写在证明上。", maximumLength: 200),
                ],
            ], status: form.status)
    }

    private func apply(_ request: PageRequest) async throws -> PageReply {
        var input = ApplicationInput()
        input.proof = request.field("proof")
        input.purpose = request.field("purpose")
        do {
            if input.proof.isEmpty {
                throw Problem.invalid([Finding("proof", "field.required", "请选择要开的证明。")])
            }
            let calendar = try await desk.casework.calendar()
            _ = try await desk.database.write { [input] transaction in
                try desk.apply(input, calendar: calendar, by: request.act, in: transaction)
            }
            // What the person has stays its own at a window.
            return .redirect(
                request.actor.actsInPerson ? PagePath.with("mine") : PagePath.with("apply", ["done": "yes"]))
        } catch {
            return try await form(try PageForm(request, after: error))
        }
    }
}
