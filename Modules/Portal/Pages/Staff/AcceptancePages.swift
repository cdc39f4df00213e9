import PluginKit

/// The one decision of the window about each case: accept, one complete notice, or not accept.
struct AcceptancePages: PageGroup {
    private typealias Change = @Sendable (CaseworkService, Identifier, Int?, Transaction) throws -> CaseFile

    let services: PortalServices

    var pages: [Page] {
        let access = Access.staff(.acceptCases)
        return [
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
        let scopes = try await ScopeCheck.model(of: sight, services.market)
        return .render(.named("acceptance"), model.page.merging(scopes), status: status)
    }
}
