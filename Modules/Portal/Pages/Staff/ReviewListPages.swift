import PluginKit

/// The officer's list of cases that the window has not accepted yet: now is the time to name a fault.
struct ReviewListPages: PageGroup {
    let services: PortalServices

    var pages: [Page] {
        [Page("/staff/reviews", access: .staff(.decideItems), menu: "预审") { request in try await list(request) }]
    }

    private func list(_ request: PageRequest) async throws -> PageReply {
        let filter = DeskFilter([(CaseState.submitted, "")], at: "/staff/reviews", request)
        let after = request.parameter("after")
        let list = try await services.casework.reviews(
            theme: filter.wantedTheme, after: after.isEmpty ? nil : after, by: request.act)
        let themes = try await services.catalogue.themes().map(\.theme)
        let page = ViewModel.record([

            "pageTitle": "预审", "department": request.actor.post?.agencyName ?? "", "heading": "受理前请您先看的事项",
            "lead": "窗口受理以后就不能再要求补正。请在窗口受理前看看材料，有问题现在提，由窗口一次告知申请人。",
            "showsItems": true, "emptyText": "没有等待受理、涉及本单位的办件。",
            "hasTasks": !list.items.isEmpty,
            "tasks": list.items.map { $0.line(url: "/staff/tasks/\($0.caseID)/\(URLText.encode($0.item))") },
            "firstURL": after.isEmpty ? "" : filter.url(), "nextURL": list.next.map { filter.url(after: $0) } ?? "",
        ]).merging(filter.model(themes: themes))
        return filter.remembering(.render(.named("tasks"), page))
    }
}
