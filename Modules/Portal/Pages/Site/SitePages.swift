import PluginKit

/// The pages about the site itself.
struct SitePages: PageGroup {
    let services: PortalServices
    let site: PortalSite

    var pages: [Page] {
        [
            Page("/halls", menu: "就近大厅") { request in try await halls(request) },
            Page("/help") { _ in SiteText.help.reply },
            Page("/privacy") { _ in SiteText.privacy.reply },
            Page("/accessibility") { _ in SiteText.accessibility.reply },
        ]
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
                        "windows": (windows[site.id] ?? []).map(\.name).sorted().joined(separator: "、"),
                    ])
                },
            ])
        }
        return .render(
            .named("halls"), .record(["pageTitle": "就近大厅", "hasGroups": !groups.isEmpty, "groups": groups]))
    }
}
