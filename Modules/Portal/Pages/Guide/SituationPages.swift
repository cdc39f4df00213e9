import PluginKit

/// The situation questions and the plan that they lead to (情形引导 → 办事方案); both work before signing in.
///
/// The answers travel in the query, so that a plan has an address: it can be kept, shared and come back to.
struct SituationPages: PageGroup {
    /// The hidden field that names the questions that were on the page, to tell "left out" from "not asked yet".
    static let asked = "asked"

    let services: PortalServices

    var pages: [Page] {
        [
            Page("/themes/{id}/questions") { request in
                let theme = try await theme(request)
                return try await questions(theme, request, outcome: nil)
            },
            Page("/themes/{id}/plan") { request in try await plan(request) },
            Page(post: "/themes/{id}/plan", access: .anyone) { request in try await begin(request) },
        ]
    }

    private func theme(_ request: PageRequest) async throws -> Theme {
        try await services.catalogue.theme(request.path["id"] ?? "").theme
    }

    private func plan(_ request: PageRequest) async throws -> PageReply {
        let theme = try await theme(request)
        let answers = request.answers(for: theme)
        do {
            switch try await services.casework.preview(theme: theme.id, answers: answers, by: request.act) {
            case .plan(let plan):
                let organisation = try await services.organisation.snapshot()
                let day = request.act.now.day
                let division = try await division(request) ?? services.casework.division
                let names = AgencyNames {
                    organisation.agency(department: $0, division: division, on: day)?.name(on: day)
                }
                return .render(
                    .named("plan"),
                    PlanModel(
                        theme: theme, plan: plan, names: names,
                        reader: request.actor.kind == .person ? .applicant : .visitor
                    ).page)
            case .unanswered: return try await questions(theme, request, outcome: nil)
            case .notApplicable(let outcome): return try await questions(theme, request, outcome: outcome)
            }
        } catch let error as CaseworkError where error.code == .invalid {
            // An answer that the theme no longer has: the address is old, so the questions are asked again.
            return try await questions(theme, request, outcome: nil)
        }
    }

    private func questions(_ theme: Theme, _ request: PageRequest, outcome: Outcome?) async throws -> PageReply {
        let answers = AnswerCheck(request.answers(for: theme), for: theme).answers
        let asked = Set(request.query[Self.asked] ?? [])
        let shown = theme.questions.filter { question in
            answers[question.id] != nil || isAsked(question, theme, answers)
        }
        let feedback = FormFeedback(
            findings: outcome != nil
                ? []
                : shown.filter { asked.contains($0.id) && answers[$0.id] == nil }
                    .map { Finding($0.id, "field.required", "请回答：\($0.title)") })
        return .render(
            .named("questions"),
            .record([
                "pageTitle": "了解情况：\(theme.title)", "back": ViewModel.back("返回办事指南", theme.url),
                "caseSteps": Step.questions.bar, "errorSummary": feedback.summary(), "themeTitle": theme.title,
                "action": "\(theme.url)/plan",
                "questions": shown.map { question in
                    InputField(
                        id: FormField.elementID("", question.id), name: question.id, label: question.title,
                        kind: .radio(
                            question.options.map { InputField.Choice($0.title, note: $0.hint) },
                            isRow: question.options.allSatisfy { $0.hint == nil && $0.title.count <= 6 }),
                        values: answers[question.id].map { [$0] } ?? [], hint: question.hint,
                        error: feedback.error(question.id))
                },
                "asked": shown.map(\.id),
                "more": shown.count < theme.questions.count && !answers.isEmpty,
                "outcome": outcome.map(model),
            ]), status: feedback.status)
    }

    /// Whether a question is to be asked now; one that depends on an open question waits for its answer.
    private func isAsked(_ question: Question, _ theme: Theme, _ answers: Answers) -> Bool {
        let open = Set(theme.questions.map(\.id).filter { answers[$0] == nil })
        return question.when.verdict(for: answers, open: open) == true
    }

    private func model(_ outcome: Outcome) -> ViewModel {
        .record([
            "title": outcome.title, "text": outcome.text,
            "link": outcome.theme.map { ViewModel.link("去看另一件事", "/themes/\(URLText.encode($0))") },
        ])
    }

    private func begin(_ request: PageRequest) async throws -> PageReply {
        let theme = try await theme(request)
        let answers = request.answers(for: theme)
        let planURL = URLText.with("\(theme.url)/plan", query: answers)
        if request.actor.kind == .anonymous { return .redirect(URLText.signIn(returningTo: planURL)) }
        guard request.actor.kind == .person else {
            throw Problem(403, "portal.not_a_citizen", "请用个人账号办理", "工作人员账号不能申请办事。请退出后用本人的个人账号登录。")
        }
        if let draft = try await freshDraft(of: theme, answers, request) { return .redirect("/cases/\(draft)/form") }
        let file = try await services.casework.begin(
            theme: theme.id, answers: answers, division: try await division(request), by: request.act)
        return .redirect("/cases/\(file.id)/form")
    }

    /// The division that the reader chose, or the one above that accepts for it; nil for the deployment's own.
    private func division(_ request: PageRequest) async throws -> String? {
        guard let chosen = request.cookie(PortalSites.cookie), !chosen.isEmpty else { return nil }
        let known = try await services.organisation.snapshot()
        let clerks = Set(known.holders(of: .acceptCases, on: request.act.now.day).keys.map(\.division))
        // Where nobody accepts, the case would lie: it goes to the nearest division above that has a window.
        return known.lineage(of: chosen).first { clerks.contains($0) }
    }

    /// The draft that the first of two quick presses of the button began.
    private func freshDraft(of theme: Theme, _ answers: Answers, _ request: PageRequest) async throws -> String? {
        let newest = try await services.casework.mine(limit: 1, by: request.act).items.first
        guard let newest, newest.theme == theme.id, newest.state == .draft, let id = try? Identifier(newest.id),
            request.act.now - id.instant < .seconds(30)
        else { return nil }
        let file = try await services.casework.sight(of: id, by: request.act).file
        return file.answers == AnswerCheck(answers, for: theme).answers ? newest.id : nil
    }
}
