import PluginKit

/// What staff of the agency that issued a licence do with it afterwards: change, suspend, resume, revoke.
struct LicenceDeskPages: PageGroup {
    static let path = "/staff/licences"

    let services: PortalServices

    var pages: [Page] {
        let access = Access.staff(LicenceService.manage)
        return [
            Page(Self.path, access: access, menu: "证照管理") { request in try await list(request) },
            Page("\(Self.path)/{id}", access: access) { request in try await show(request, .none) },
            Page(post: "\(Self.path)/{id}/suspension", access: access) { request in
                try await step(request, "suspension", done: "suspended") { licences, id, act, transaction in
                    try licences.suspend(id, basis: request.field("basis"), by: act, in: transaction)
                }
            },
            Page(post: "\(Self.path)/{id}/resumption", access: access) { request in
                try await step(request, "resumption", done: "resumed") { licences, id, act, transaction in
                    try licences.resume(id, basis: request.field("basis"), by: act, in: transaction)
                }
            },
            Page(post: "\(Self.path)/{id}/revocation", access: access) { request in
                try await step(request, "revocation", done: "revoked") { licences, id, act, transaction in
                    guard let reason = LicenceRevocation(rawValue: request.field("reason")) else {
                        throw Problem.invalid(
                            [Finding("reason", "field.required", "请选择为什么失效。")]
                                + LicenceService.findings(ofBasis: request.field("basis")))
                    }
                    try licences.revoke(id, reason: reason, basis: request.field("basis"), by: act, in: transaction)
                }
            },
            Page(post: "\(Self.path)/{id}/reissue", access: access) { request in try await reissue(request) },
        ]
    }

    private func list(_ request: PageRequest) async throws -> PageReply {
        guard let post = request.actor.post else { throw Problem.forbidden }
        let (number, cursor) = (request.parameter("number"), try request.cursor())
        let found = try await services.licences.issued(
            numbered: number.isEmpty ? nil : number, before: cursor, limit: 51, by: request.act)
        let day = request.act.now.day
        return .render(
            .named("licence-desk"),
            .record([
                "pageTitle": "证照管理", "department": post.agencyName, "action": Self.path,
                "field": InputField(
                    id: "number", name: "number", label: "按编号找", kind: .text(), values: [number], isOptional: true,
                    hint: "证照编号，或者电子证照标识。", maximumLength: 120
                ),
                "isSearch": !number.isEmpty, "hasLicences": !found.isEmpty,
                "licences": found.prefix(50).map { licence -> ViewModel in
                    .record([
                        "title": licence.title, "url": "\(Self.path)/\(licence.id)", "number": licence.number,
                        "holder": licence.holders.map(\.name).joined(separator: "、"),
                        "issuedOn": licence.issuedOn.chineseDate, "state": licence.standing(on: day),
                        "badgeClass": licence.isInForce(on: day) ? "good" : "bad",
                    ])
                },
                "firstURL": cursor == nil && number.isEmpty ? "" : Self.path,
                "nextURL": found.count > 50 ? URLText.with(Self.path, query: ["after": found[49].id.text]) : "",
            ]))
    }

    private func step(
        _ request: PageRequest, _ step: String, done: String,
        _ body: @escaping @Sendable (LicenceService, Identifier, Act, Transaction) throws -> Void
    ) async throws -> PageReply {
        let id = try request.identifier()
        let (licences, act) = (services.licences, request.act)
        do {
            try await licences.database.write { try body(licences, id, act, $0) }
            return .redirect("\(Self.path)/\(id)?message=\(done)")
        } catch {
            guard let feedback = FormFeedback(error) else { throw error }
            return try await show(request, feedback, sent: step)
        }
    }

    private func reissue(_ request: PageRequest) async throws -> PageReply {
        let id = try request.identifier()
        let (licences, act) = (services.licences, request.act)
        do {
            let licence = try await licences.licence(id, by: act)
            let change = try LicenceChangeForm(licence).change(request)
            let new = try await licences.database.write { try licences.reissue(id, change, by: act, in: $0) }
            return .redirect("\(Self.path)/\(new.id)?message=reissued")
        } catch {
            guard let feedback = FormFeedback(error) else { throw error }
            return try await show(request, feedback, sent: "reissue")
        }
    }

    private func show(
        _ request: PageRequest, _ feedback: FormFeedback, sent step: String = ""
    ) async throws -> PageReply {
        let id = try request.identifier()
        let licence = try await services.licences.licence(id, by: request.act)
        guard licence.statement.issuer.agency == request.actor.post?.agency else { throw Problem.forbidden }
        let history = try await services.licences.history(of: licence)
        let standing = try await services.licences.standing(of: id)
        let day = request.act.now.day
        var facts = [
            ("证照编号", licence.number), ("持证人", licence.holders.map(\.name).joined(separator: "、")),
            ("颁发日期", licence.issuedOn.chineseDate), ("有效期至", licence.validUntil?.chineseDate ?? "长期有效"),
        ]
        if let identifier = licence.statement.identifier { facts.append(("电子证照标识", identifier)) }
        facts += licence.statement.fields.map { ($0.label, ShownText.day($0.value)) }
        if let standing, !standing.basis.isEmpty {
            facts.append(("依据", "\(standing.basis)（\(standing.since.day.chineseDate)）"))
        }
        return .render(
            .named("delivery"),
            .record([
                "pageTitle": licence.title, "back": ViewModel.back("返回证照管理", Self.path),
                "eyebrow": licence.statement.issuer.name, "heading": licence.title,
                "badge": licence.standing(on: day), "badgeClass": licence.isInForce(on: day) ? "good" : "bad",
                "message": Self.messages[request.parameter("message")],
                "errorSummary": feedback.summary { $0.field },
                "facts": facts.map { ViewModel.record(["label": $0.0, "value": $0.1]) },
                "forms": LicenceDeskForms(licence: licence, request: request, feedback: feedback, sent: step).all,
                "hasHistory": !history.lines.isEmpty,
                "history": history.lines.prefix(30).map { line -> ViewModel in
                    .record(["at": line.at.chinaTime, "title": line.title, "who": line.who])
                },
            ]), status: feedback.status)
    }

    private static let messages: [String: ViewModel] = [
        "suspended": .message("good", "已经暂扣，从现在起不能使用。"), "resumed": .message("good", "已经恢复，可以使用了。"),
        "revoked": .message("good", "已经失效，查验的人马上能看到。"),
        "reissued": .message("good", "新的版本已经签发，原来的同时失效；盖章的文件稍后就好。"),
    ]
}
