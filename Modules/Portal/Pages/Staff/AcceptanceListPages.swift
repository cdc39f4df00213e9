import PluginKit

/// The window's lists: what waits for acceptance, what became of the rest, and the case of who stands there.
struct AcceptanceListPages: PageGroup {
    private static let path = "/staff/acceptance"

    let services: PortalServices

    var pages: [Page] {
        let access = Access.staff(.acceptCases)
        return [
            Page(Self.path, access: access, menu: "受理") { request in try await list(request) },
            Page(post: "\(Self.path)/search", access: access) { request in try await search(request) },
        ]
    }

    private func filter(_ request: PageRequest) -> DeskFilter<CaseState> {
        DeskFilter(CaseState.supervised.map { ($0, $0.chinese) }, at: Self.path, request)
    }

    private func list(_ request: PageRequest) async throws -> PageReply {
        let filter = filter(request)
        let after = request.parameter("after")
        let list = try await services.casework.acceptanceQueue(
            state: filter.state, theme: filter.wantedTheme, after: after.isEmpty ? nil : after, by: request.act)
        let isWaiting = filter.state == .submitted
        let page = try await frame(request, filter).merging(
            .record([
                "heading": isWaiting ? "等待受理的办件" : "\(filter.state.chinese)的办件",
                "lead": isWaiting ? "先到期的在前。五个工作日内要受理，或一次告知补正。" : "先到期的在前。",
                "emptyText": isWaiting ? "没有等待受理的办件。" : "没有这样的办件。",
                "hasTasks": !list.items.isEmpty, "tasks": list.items.map(line),
                "firstURL": after.isEmpty ? "" : filter.url(), "nextURL": list.next.map { filter.url(after: $0) } ?? "",
            ]))
        return filter.remembering(.render(.named("tasks"), page))
    }

    /// The case with a number, or the cases of who stands at the window. The number of a card comes by a form, so that
    /// it is in no address and no log.
    private func search(_ request: PageRequest) async throws -> PageReply {
        let typed = request.field("wanted").filter { !$0.isWhitespace }.uppercased()
        var cases: [WorkItem] = []
        let said: String
        if typed.isEmpty {
            said = "请输入办件编号，或者申请人的公民身份号码。"
        } else if let number = try? ResidentID(typed) {
            cases = try await self.cases(ofVisitor: number, request)
            said = cases.isEmpty ? "这个人在本窗口没有提交过的办件。" : "找到 \(cases.count) 件，新的在前。本次查询已记录。"
        } else if let found = try await number(typed, request) {
            return .redirect("\(Self.path)/\(found)")
        } else {
            said = "没有找到“\(typed)”。请核对办件编号；按身份证查的，请输入 18 位号码。"
        }
        return .render(
            .named("tasks"),
            try await frame(request, filter(request)).merging(
                .record([
                    "heading": "查找办件", "lead": said, "emptyText": "没有找到。", "hasTasks": !cases.isEmpty,
                    "tasks": cases.map(line), "isSearch": true,
                ])))
    }

    private func cases(ofVisitor number: ResidentID, _ request: PageRequest) async throws -> [WorkItem] {
        let identity = services.identity
        let person = try await identity.database.read {
            try identity.person(withDocument: .residentID, number: number.text, in: $0)
        }
        guard let person else { return [] }
        return try await services.casework.cases(ofVisitor: person, by: request.act)
    }

    /// The case with a number, for who handles the whole of it; nil where there is none.
    private func number(_ number: String, _ request: PageRequest) async throws -> Identifier? {
        do {
            let found = try await services.casework.sight(number: number, by: request.act)
            return found.role == .clerk ? found.file.id : nil
        } catch let error as CaseworkError where error.code == .notFound {
            return nil
        }
    }

    /// What stays above the list whatever it shows.
    private func frame(_ request: PageRequest, _ filter: DeskFilter<CaseState>) async throws -> ViewModel {
        let themes = try await services.catalogue.themes().map(\.theme)
        return ViewModel.record([
            "pageTitle": "受理", "department": request.actor.post?.agencyName ?? "",
            "searchAction": "\(Self.path)/search",
        ]).merging(filter.model(themes: themes))
    }

    private func line(_ item: WorkItem) -> ViewModel { item.line(url: "\(Self.path)/\(item.caseID)") }
}
