import PluginKit

/// Where a county tells how far it is with each norm (R10.2).
struct NormDeskPages: PageGroup {
    private static let path = "/staff/norms"

    let services: PortalServices

    var pages: [Page] {
        let access = Access.staff(NormService.adopt)
        return [
            Page(Self.path, access: access, menu: "标准规范") { request in try await list(request) },
            Page("\(Self.path)/{id}", access: access) { request in try await show(request, .none) },
            Page(post: "\(Self.path)/{id}", access: access) { request in try await record(request) },
        ]
    }

    private func list(_ request: PageRequest) async throws -> PageReply {
        guard let post = request.actor.post else { throw Problem.forbidden }
        let after = request.parameter("after")
        let found = try await services.norms.norms(inForceOn: request.act.now.day, after: after, limit: 51)
        let told = try await services.norms.adoptions(in: post.division)
        let place = try await services.organisation.snapshot().divisions[post.division]?.name ?? post.division
        return .render(
            .named("norm-desk"),
            .record([
                "pageTitle": "标准规范", "department": post.agencyName, "place": place, "hasNorms": !found.isEmpty,
                "norms": found.prefix(50).map { norm -> ViewModel in
                    let adoption = told[norm.id]
                    return .record([
                        "number": norm.number, "title": norm.title, "url": "\(Self.path)/\(norm.id)",
                        "state": adoption?.state.rawValue ?? "还没有登记",
                        "badgeClass": adoption?.state.badge ?? "upload",
                    ])
                },
                "firstURL": after.isEmpty ? "" : Self.path,
                "nextURL": found.count > 50 ? URLText.with(Self.path, query: ["after": found[49].number]) : "",
            ]))
    }

    private func record(_ request: PageRequest) async throws -> PageReply {
        guard let post = request.actor.post else { throw Problem.forbidden }
        let id = try request.identifier().text
        var findings: [Finding] = []
        let state = NormAdoption.State(rawValue: request.field("state"))
        if state == nil { findings.append(Finding("state", "field.required", "请选择采用的情况。")) }
        let day = try? LegalDay(request.field("day"))
        if day == nil { findings.append(Finding("day", "field.day", "请填写日期，例如 2026-01-31。")) }
        guard let state, let day else { return try await show(request, FormFeedback(findings: findings)) }
        do {
            let adoption = NormAdoption(division: post.division, state: state, day: day, note: request.field("note"))
            try await services.norms.database.write { [norms = services.norms] in
                try norms.record(id, adoption, by: request.act, in: $0)
            }
            return .redirect(Self.path)
        } catch {
            guard let feedback = FormFeedback(error) else { throw error }
            return try await show(request, feedback)
        }
    }

    private func show(_ request: PageRequest, _ feedback: FormFeedback) async throws -> PageReply {
        guard let post = request.actor.post else { throw Problem.forbidden }
        let norm = try await services.norms.norm(try request.identifier().text)
        let told = try await services.norms.adoptions(in: post.division)[norm.id]
        func typed(_ name: String, _ known: String?) -> [String] {
            feedback.status == 200 ? known.map { [$0] } ?? [] : [request.field(name)]
        }
        return .render(
            .named("delivery"),
            .record([
                "pageTitle": norm.title, "back": ViewModel.back("返回标准规范", Self.path), "eyebrow": norm.number,
                "heading": norm.title, "badge": told?.state.rawValue ?? "还没有登记",
                "badgeClass": told?.state.badge ?? "upload", "errorSummary": feedback.summary { $0.field },
                "facts": [
                    ViewModel.record(["label": "层级", "value": norm.level.rawValue]),
                    ViewModel.record(["label": "实施日期", "value": norm.effectiveFrom.chineseDate]),
                ],
                "forms": [
                    ViewModel.record([
                        "title": "本地采用的情况", "action": "\(Self.path)/\(norm.id)", "submit": "登记",
                        "fields": [
                            InputField(
                                id: "state", name: "state", label: "情况",
                                kind: .radio(NormAdoption.State.allCases.map { InputField.Choice($0.rawValue) }),
                                values: typed("state", told?.state.rawValue), error: feedback.error("state")),
                            InputField(
                                id: "day", name: "day", label: "从哪天起", kind: .day,
                                values: typed("day", told?.day.text), hint: "拟采用的写计划的日期。",
                                error: feedback.error("day")),
                            InputField(
                                id: "note", name: "note", label: "说明", kind: .paragraph,
                                values: typed("note", told?.note), isOptional: true,
                                hint: "部分采用的写明哪些没有采用，不适用的写明为什么。", error: feedback.error("note"),
                                maximumLength: 500),
                        ],
                    ])
                ],
            ]), status: feedback.status)
    }
}
