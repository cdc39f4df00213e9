import PluginKit

/// The supervisor's list and one case of it, to read only; each look is recorded.
struct SupervisionPages: PageGroup {
    private static let path = "/staff/supervision"

    let services: PortalServices

    var pages: [Page] {
        let access = Access.staff(.superviseCases)
        return [
            Page(Self.path, access: access, menu: "督查") { request in try await list(request) },
            Page("\(Self.path)/{id}", access: access) { request in try await show(request) },
        ]
    }

    private func list(_ request: PageRequest) async throws -> PageReply {
        let post = request.actor.post
        let state = CaseState(rawValue: request.parameter("state")).flatMap { $0 == .draft ? nil : $0 } ?? .inProgress
        let wanted = request.parameter("division")
        let division = wanted.isEmpty ? post?.division ?? "" : wanted
        let after = request.parameter("after")
        let page = try await services.casework.supervised(
            division: division, state: state, after: after.isEmpty ? nil : after, by: request.act)
        let places = try await services.organisation.snapshot().divisions(within: post?.division ?? "")
        let query = ["division": division, "state": state.rawValue]
        return .render(
            .named("supervision"),
            .record([
                "pageTitle": "督查", "department": post?.agencyName ?? "",
                "heading": "\(places.first { $0.code == division }?.name ?? division)\(state.chinese)的办件，先到期的在前",
                "action": Self.path,
                "filter": [
                    InputField(
                        id: "division", name: "division", label: "哪个区划",
                        kind: .select(places.map { InputField.Choice($0.code, $0.name) }, empty: "本岗位的区划"),
                        values: [division], isOptional: true),
                    InputField(
                        id: "state", name: "state", label: "什么状态",
                        kind: .select(
                            CaseState.supervised.map { InputField.Choice($0.rawValue, $0.chinese) }, empty: "办理中"),
                        values: [state.rawValue], isOptional: true),
                ],
                "hasCases": !page.items.isEmpty, "cases": page.items.map(line),
                "firstURL": after.isEmpty ? "" : URLText.with(Self.path, query: query),
                "nextURL": page.next.map { URLText.with(Self.path, query: query.merging(["after": $0]) { $1 }) } ?? "",
            ]))
    }

    private func line(_ found: SupervisedCase) -> ViewModel {
        let urgency = found.state.isClosed ? nil : ShownText.urgency(daysLeft: found.daysLeft)
        return .record([
            "number": found.number, "url": "\(Self.path)/\(found.id)", "theme": found.title,
            "stage": found.state.chinese, "due": found.due?.chineseDate ?? "",
            "badgeClass": urgency?.badge ?? "", "dueLabel": urgency?.label ?? "",
        ])
    }

    private func show(_ request: PageRequest) async throws -> PageReply {
        let sight = try await services.casework.sight(of: try request.identifier(), by: request.act)
        guard case .clerk = sight.role else { throw Problem.notFound("这件事") }
        let calendar = try await services.casework.calendar()
        let model = AcceptanceModel(
            sight: sight, form: AcceptanceForm(request: request), today: request.act.now.day, calendar: calendar,
            rules: services.casework.rules,
            documents: try await services.casework.evidence(of: sight, by: request.act), isReadOnly: true)
        let scopes = try await ScopeCheck.model(of: sight, services.market)
        return .render(.named("acceptance"), model.page.merging(scopes))
    }
}
