import PluginKit

/// The home page and the search.
struct HomePages: PageGroup {
    let services: PortalServices

    var pages: [Page] {
        [
            Page("/", menu: "首页") { request in try await home(request) },
            Page("/search") { request in try await search(request) },
            Page("/themes", menu: "全部事项") { request in try await all(request) },
        ]
    }

    private func home(_ request: PageRequest) async throws -> PageReply {
        // Staff who open the site's address want their desk.
        if request.actor.kind == .staff { return .redirect("/staff") }
        let themes = try await services.catalogue.themes().map(\.theme)
        return .render(
            .named("home"),
            .record([
                "pageTitle": "首页",
                "search": ["action": "/search", "examples": .list(examples(themes))] as ViewModel,
                "persons": themes.filter { $0.audience == .person }.map(tile),
                "enterprises": themes.filter { $0.audience == .enterprise }.map(tile),
                "hasPersons": themes.contains { $0.audience == .person },
                "hasEnterprises": themes.contains { $0.audience == .enterprise },
            ]))
    }

    private func all(_ request: PageRequest) async throws -> PageReply {
        let themes = try await services.catalogue.themes().map(\.theme)
        return .render(
            .named("search"),
            .record([
                "pageTitle": "全部事项", "heading": "能在这里办的一件事", "query": "", "action": "/search",
                "hasResults": true, "groups": groups(themes), "hasThemes": false, "themes": ViewModel.list([]),
                "suggestions": examples(themes),
            ]))
    }

    private func search(_ request: PageRequest) async throws -> PageReply {
        let query = String(request.parameter("q").prefix(60))
        if query.isEmpty { return .redirect("/themes") }
        let found = try await services.catalogue.search(query).map(\.theme)
        let suggestions = found.isEmpty ? examples(try await services.catalogue.themes().map(\.theme)) : []
        return .render(
            .named("search"),
            .record([
                "pageTitle": "查找：\(query)",
                "heading": found.isEmpty ? "没有找到“\(query)”" : "找到 \(found.count) 件事",
                "query": query, "action": "/search", "hasResults": !found.isEmpty, "hasThemes": !found.isEmpty,
                "themes": found.map(result), "suggestions": suggestions,
            ]))
    }

    /// One everyday word of each theme, to show how one may ask.
    private func examples(_ themes: [Theme]) -> [ViewModel] {
        themes.compactMap { theme in theme.words.dropFirst().first ?? theme.words.first }.prefix(6)
            .map { .link($0, URLText.with("/search", query: ["q": $0])) }
    }

    /// The themes by field of life, those of none last.
    private func groups(_ themes: [Theme]) -> ViewModel {
        let fields: [ThemePlacement.Field?] = ThemePlacement.Field.allCases + [nil]
        let groups = fields.map { field in (field, themes.filter { $0.placement?.field == field }) }
            .filter { !$0.1.isEmpty }
        return .list(
            groups.enumerated().map { index, group in
                .record([
                    "anchor": "field-\(index + 1)", "title": group.0?.rawValue ?? "其他",
                    "themes": group.1.map(result),
                ])
            })
    }

    private func tile(_ theme: Theme) -> ViewModel {
        .record([
            "glyph": theme.glyph, "title": theme.shortTitle, "note": theme.summary, "url": theme.url,
        ])
    }

    private func result(_ theme: Theme) -> ViewModel {
        .record([
            "glyph": theme.glyph, "title": theme.title, "summary": theme.summary, "url": theme.url,
            "itemCount": theme.items.count, "promise": theme.promisedLimit.chinese,
            "menu": theme.placement?.menu?.rawValue ?? "",
        ])
    }
}

extension Theme {
    /// The address of its guide.
    var url: String { "/themes/\(URLText.encode(id))" }

    /// One character that stands for it.
    var glyph: String { (words.first ?? title).first.map(String.init) ?? "事" }

    /// The title without 一件事, which the heading above says already.
    var shortTitle: String {
        let short = title.replacing("“一件事”", with: "").replacing("一件事", with: "")
        return short.isEmpty ? title : short
    }
}
