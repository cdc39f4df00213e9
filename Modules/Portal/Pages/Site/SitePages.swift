import PluginKit

/// The pages about the site itself.
struct SitePages: PageGroup {
    let services: PortalServices

    var pages: [Page] {
        [
            Page("/halls", menu: "就近大厅") { request in try await halls(request) },
            Page("/help") { _ in SiteText.help.reply },
            Page("/privacy") { request in try await privacy(request) },
            Page("/accessibility") { _ in
                services.faces.shelf.book.city.accessibility.map { SiteDocument(text: $0, title: "无障碍说明").reply }
                    ?? SiteText.accessibility.reply
            },
        ]
    }

    /// The privacy notice in force, or an earlier version for who agreed to that one.
    private func privacy(_ request: PageRequest) async throws -> PageReply {
        guard let current = try await services.faces.notice(by: request.act) else { return SiteText.privacy.reply }
        let wanted = Int(request.parameter("version")) ?? current.version
        guard let notice = wanted == current.version ? current : try await services.faces.notice(version: wanted) else {
            throw Problem.notFound("这一版告知")
        }
        return SiteDocument(
            text: notice.text, title: "个人信息保护",
            note: "第 \(notice.version) 版，\(notice.since.day.chineseDate)起"
                + (notice.version == current.version ? "施行。" : "施行，现在施行的是第 \(current.version) 版。"),
            older: notice.version > 1 ? "/privacy?version=\(notice.version - 1)" : ""
        ).reply
    }

    private func halls(_ request: PageRequest) async throws -> PageReply {
        let organisation = try await services.organisation.snapshot()
        let windows = Dictionary(grouping: organisation.windows.values, by: \.site)
        let order: [SiteLevel] = [.centre, .township, .village]
        let groups = order.compactMap { level -> ViewModel? in
            let sites = organisation.sites.values.filter { $0.level == level }
                .sorted { ($0.division, $0.name) < ($1.division, $1.name) }
            if sites.isEmpty { return nil }
            return .record([
                "heading": level.suffix,
                "sites": sites.map { site -> ViewModel in
                    .record([
                        "name": site.name, "place": organisation.divisions[site.division]?.name ?? "",
                        "queueURL": windows[site.id] == nil ? "" : "/hall/\(site.key)",
                    ]).merging(SiteLine(site: site, windows: windows[site.id] ?? []).model)
                },
            ])
        }
        return .render(
            .named("halls"), .record(["pageTitle": "就近大厅", "hasGroups": !groups.isEmpty, "groups": groups]))
    }
}
