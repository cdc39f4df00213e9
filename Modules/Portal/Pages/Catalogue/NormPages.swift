import PluginKit

/// The library of norms, and how far each county is with them, for anybody (标准规范库, R10.2).
struct NormPages: PageGroup {
    let services: PortalServices

    var pages: [Page] {
        [
            Page("/norms") { request in try await list(request) },
            Page("/norms/{id}") { request in try await norm(request) },
        ]
    }

    private func list(_ request: PageRequest) async throws -> PageReply {
        let day = request.act.now.day
        let after = request.parameter("after")
        let found = try await services.norms.norms(inForceOn: day, after: after, limit: 51)
        let places = try await services.organisation.snapshot()
        let figures = try await services.norms.figures(on: day).filter { !$0.counts.isEmpty }
        return .render(
            .named("norms"),
            .record([
                "pageTitle": "政务服务标准规范", "back": ViewModel.back("返回事项清单", "/items"), "hasNorms": !found.isEmpty,
                "norms": found.prefix(50).map { norm -> ViewModel in
                    .record([
                        "number": norm.number, "title": norm.title, "url": "/norms/\(norm.id)",
                        "level": norm.level.rawValue, "from": norm.effectiveFrom.chineseDate,
                    ])
                },
                "firstURL": after.isEmpty ? "" : "/norms",
                "nextURL": found.count > 50 ? URLText.with("/norms", query: ["after": found[49].number]) : "",
                "hasFigures": !figures.isEmpty,
                "figures": figures.map { figure -> ViewModel in
                    .record([
                        "name": places.divisions[figure.division]?.name ?? figure.division,
                        "adopted": figure.counts[.adopted] ?? 0, "partly": figure.counts[.partly] ?? 0,
                        "planned": figure.counts[.planned] ?? 0, "exempt": figure.counts[.exempt] ?? 0,
                        "share": figure.shareText,
                    ])
                },
            ]))
    }

    private func norm(_ request: PageRequest) async throws -> PageReply {
        let norm = try await services.norms.norm(request.path["id"] ?? "")
        let adoptions = try await services.norms.adoptions(of: norm.id)
        let places = try await services.organisation.snapshot()
        let theme = norm.theme.isEmpty ? nil : try? await services.catalogue.theme(norm.theme)
        return .render(
            .named("norm"),
            .record([
                "pageTitle": norm.title, "back": ViewModel.back("返回标准规范", "/norms"), "title": norm.title,
                "number": norm.number, "level": norm.level.rawValue, "from": norm.effectiveFrom.chineseDate,
                "until": norm.withdrawnOn?.chineseDate ?? "", "replacedBy": norm.replacedBy,
                "themeURL": theme.map { "/themes/\($0.theme.id)" } ?? "", "themeTitle": theme?.theme.title ?? "",
                "hasAdoptions": !adoptions.isEmpty,
                "adoptions": adoptions.map { adoption -> ViewModel in
                    .record([
                        "name": places.divisions[adoption.division]?.name ?? adoption.division,
                        "state": adoption.state.rawValue, "badgeClass": adoption.state.badge,
                        "day": adoption.day.chineseDate, "note": adoption.note,
                    ])
                },
            ]))
    }
}

extension NormAdoption.State {
    /// The tone of its badge.
    var badge: String {
        switch self {
        case .planned: "open"
        case .partly: "soon"
        case .adopted: "good"
        case .exempt: "data"
        }
    }
}
