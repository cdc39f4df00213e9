import PluginKit

/// The window's queue, and the one decision about each case: accept, one complete notice, or not accept.
struct AcceptancePages: PageGroup {
    private typealias Change = @Sendable (CaseworkService, Identifier, Int?, Transaction) throws -> CaseFile

    private static let path = "/staff/acceptance"
    private static let states: [(CaseState, String)] = [
        (.submitted, "待受理"), (.correction, "待补正"), (.inProgress, "办理中"), (.completed, "已办结"),
        (.refused, "不予批准"), (.notAccepted, "不予受理"), (.withdrawn, "已撤回"), (.terminated, "已终止"),
    ]

    let services: PortalServices

    var pages: [Page] {
        let access = Access.staff(.acceptCases)
        return [
            Page(Self.path, access: access, menu: "受理") { request in try await queue(request) },
            Page(post: "\(Self.path)/search", access: access) { request in try await search(request) },
            Page("/staff/acceptance/{id}", access: access) { request in
                let form = AcceptanceForm(request: request)
                return try await page(request, form)
            },
            Page(post: "/staff/acceptance/{id}/accept", access: access) { request in
                try await decide(request, .accept, then: "accepted") { casework, id, version, transaction in
                    try casework.accept(id, expected: version, by: request.act, in: transaction)
                }
            },
            Page(post: "/staff/acceptance/{id}/correct", access: access) { request in
                let form = AcceptanceForm(request: request, panel: .correct)
                if form.wantsMoreRows { return try await page(request, form) }
                let earlier =
                    try await services.casework.sight(of: try request.identifier(), by: request.act)
                    .file.corrections.last?.faults ?? []
                let faults = form.repeated(earlier) + form.faults
                return try await decide(request, .correct, then: "corrected") { casework, id, version, transaction in
                    try casework.requestCorrection(
                        id, faults: faults, expected: version, by: request.act, in: transaction)
                }
            },
            Page(post: "/staff/acceptance/{id}/set-aside", access: access) { request in
                let number = Int(request.field("fault")) ?? 0
                return try await decide(request, .setAside, then: "set-aside") { casework, id, version, transaction in
                    try casework.setAsideFault(
                        number, of: id, reason: request.field("reason"), expected: version, by: request.act,
                        in: transaction)
                }
            },
            Page(post: "/staff/acceptance/{id}/decline", access: access) { request in
                try await decide(request, .decline, then: "declined") { casework, id, version, transaction in
                    try casework.refuseAcceptance(
                        id, reason: request.field("reason"), competentAgency: request.field("competent_agency"),
                        expected: version, by: request.act, in: transaction)
                }
            },
            Page(post: "/staff/acceptance/{id}/terminate", access: access) { request in
                guard let ground = TerminationGround(rawValue: request.field("ground")) else {
                    var form = AcceptanceForm(request: request, panel: .terminate)
                    form.feedback = FormFeedback(findings: [Finding("ground", "field.required", "请选择终止办理的情形。")])
                    return try await page(request, form, status: form.feedback.status)
                }
                return try await decide(request, .terminate, then: "terminated") {
                    casework, id, version, transaction in
                    try casework.terminate(
                        id, on: ground, reason: request.field("reason"), expected: version, by: request.act,
                        in: transaction)
                }
            },
        ]
    }

    private func queue(_ request: PageRequest) async throws -> PageReply {
        let filter = DeskFilter(Self.states.map(\.0), at: Self.path, request)
        let after = request.parameter("after")
        let list = try await services.casework.acceptanceQueue(
            state: filter.state, theme: filter.wantedTheme, after: after.isEmpty ? nil : after, by: request.act)
        let isWaiting = filter.state == .submitted
        let page = try await frame(request, filter).merging(
            .record([
                "heading": isWaiting ? "等待受理的办件" : "\(filter.state.chinese)的办件",
                "lead": isWaiting ? "先到期的在前。五个工作日内要受理，或一次告知补正。" : "先到期的在前。",
                "emptyText": isWaiting ? "没有等待受理的办件。" : "没有这样的办件。",
                "hasTasks": !list.items.isEmpty,
                "tasks": list.items.map { $0.line(url: "\(Self.path)/\($0.caseID)") },
                "firstURL": after.isEmpty ? "" : filter.url(), "nextURL": list.next.map { filter.url(after: $0) } ?? "",
            ]))
        return filter.remembering(.render(.named("tasks"), page))
    }

    /// What stays above the list whatever it shows.
    private func frame(_ request: PageRequest, _ filter: DeskFilter<CaseState>) async throws -> ViewModel {
        let themes = try await services.catalogue.themes().map(\.theme)
        return ViewModel.record([
            "pageTitle": "受理", "department": request.actor.post?.agencyName ?? "",
            "searchAction": "\(Self.path)/search",
        ]).merging(filter.model(Self.states, themes: themes))
    }

    /// The case with a number, or the cases of who stands at the window. The number of a card comes by a form, so that
    /// it is in no address and no log.
    private func search(_ request: PageRequest) async throws -> PageReply {
        let typed = request.field("wanted").filter { !$0.isWhitespace }.uppercased()
        let filter = DeskFilter(Self.states.map(\.0), at: Self.path, request)
        var cases: [WorkItem] = []
        var said = "没有找到“\(typed)”。请核对办件编号；按身份证查的，请输入 18 位号码。"
        if typed.isEmpty {
            said = "请输入办件编号，或者申请人的公民身份号码。"
        } else if let number = try? ResidentID(typed) {
            let identity = services.identity
            let person = try await identity.database.read {
                try identity.person(withDocument: .residentID, number: number.text, in: $0)
            }
            if let person { cases = try await services.casework.cases(ofVisitor: person, by: request.act) }
            said = cases.isEmpty ? "这个人在本窗口没有提交过的办件。" : "找到 \(cases.count) 件，新的在前。本次查询已记录。"
        } else if let found = try? await services.casework.sight(number: typed, by: request.act), found.role == .clerk {
            return .redirect("\(Self.path)/\(found.file.id)")
        }
        return .render(
            .named("tasks"),
            try await frame(request, filter).merging(
                .record([
                    "heading": "查找办件", "lead": said, "emptyText": "没有找到。", "hasTasks": !cases.isEmpty,
                    "tasks": cases.map { $0.line(url: "\(Self.path)/\($0.caseID)") }, "isSearch": true,
                ])))
    }

    private func decide(
        _ request: PageRequest, _ panel: AcceptanceForm.Panel, then message: String, _ change: @escaping Change
    ) async throws -> PageReply {
        let id = try request.identifier()
        let version = try request.expectedVersion()
        do {
            let file = try await services.casework.database.write { [casework = services.casework] transaction in
                try change(casework, id, version, transaction)
            }
            return .redirect("/staff/acceptance/\(file.id)?message=\(message)")
        } catch {
            guard let problem = (error as? any ProblemConvertible)?.problem, (409...422).contains(problem.status) else {
                throw error
            }
            var form = AcceptanceForm(request: request, panel: panel)
            form.feedback = FormFeedback(findings: problem.findings)
            if problem.findings.isEmpty || problem.code != "input.invalid" { form.warning = problem.detail }
            return try await page(request, form, status: problem.status)
        }
    }

    private func page(_ request: PageRequest, _ form: AcceptanceForm, status: Int = 200) async throws -> PageReply {
        let sight = try await services.casework.sight(of: try request.identifier(), by: request.act)
        guard case .clerk = sight.role else { throw Problem.notFound("这件事") }
        let calendar = try await services.casework.calendar()
        let model = AcceptanceModel(
            sight: sight, form: form, today: request.act.now.day, calendar: calendar, rules: services.casework.rules,
            documents: try await services.casework.evidence(of: sight, by: request.act))
        return .render(.named("acceptance"), model.page, status: status)
    }
}
