import PluginKit

/// The sites of divisions (分站): which there are, and what each has: agencies, halls with their hours, items, themes.
struct PlacePages: PageGroup {
    private static let pageSize = 20

    let services: PortalServices

    var pages: [Page] {
        [
            Page("/d") { request in try await choose(request) },
            Page("/d/{place}") { request in try await home(request) },
            Page("/d/{place}/items") { request in try await items(request) },
            Page("/d/{place}/search") { request in try await search(request) },
        ]
    }

    // MARK: Choosing

    private func choose(_ request: PageRequest) async throws -> PageReply {
        let known = try await services.organisation.snapshot()
        let book = services.faces.shelf.book
        let chosen = request.cookie(PortalSites.cookie) ?? ""
        let city = services.faces.shelf.book.city.division
        let all = known.divisions.values.sorted { $0.code < $1.code }
        func group(_ title: String, _ places: [DivisionRecord]) -> ViewModel? {
            if places.isEmpty { return nil }
            return .record([
                "heading": title,
                "places": places.map { place -> ViewModel in
                    .record([
                        "code": place.code, "name": place.name, "url": "/d/\(book.word(for: place.code))",
                        "isChosen": place.code == (known.divisions[chosen] == nil ? city : chosen),
                    ])
                },
            ])
        }
        return .render(
            .named("places"),
            .record([
                "pageTitle": "选择地区", "action": "/preferences/division",
                "groups": [
                    group("全市", all.filter { $0.code == city }),
                    group("县（市、区）", all.filter { $0.code != city && ($0.level == .county || $0.level == .prefecture) }),
                    group("功能区、园区", all.filter { $0.level == .zone || $0.level == .park }),
                ].compactMap(\.self),
            ]))
    }

    // MARK: One division

    private struct Place {
        let record: DivisionRecord
        let face: Face
        /// How it stands in addresses.
        let word: String
        let known: OrganisationSnapshot

        var url: String { "/d/\(word)" }
    }

    private func place(_ request: PageRequest) async throws -> Place {
        let book = services.faces.shelf.book
        let code = book.division(named: request.path["place"] ?? "")
        let known = try await services.organisation.snapshot()
        guard let record = known.divisions[code] else { throw Problem.notFound("这个地区的分站") }
        return Place(record: record, face: book.face(of: code), word: book.word(for: code), known: known)
    }

    private func home(_ request: PageRequest) async throws -> PageReply {
        let place = try await place(request)
        let day = request.act.now.day
        let agencies = place.known.agencies.values
            .filter { $0.division == place.record.code && $0.validity.contains(day) }
            .map { $0.name(on: day) }.sorted()
        let sites = place.known.sites.values.filter { $0.division == place.record.code }
        let windows = Dictionary(grouping: place.known.windows.values, by: \.site)
        let items = try await services.inventory.items(
            ItemFilter(division: place.record.code), on: day, limit: 6)
        let themes = try await services.catalogue.themes().map(\.theme)
        let isChosen = request.cookie(PortalSites.cookie) == place.record.code
        return .render(
            .named("place"),
            .record([
                "pageTitle": place.record.name, "name": place.record.name, "code": place.record.code,
                "searchURL": "\(place.url)/search", "choiceAction": "/preferences/division",
                "canChoose": !isChosen && place.record.code != services.faces.shelf.book.city.division,
                "themes": themes.map { theme -> ViewModel in
                    .record(["title": theme.shortTitle, "note": theme.summary, "url": theme.url, "glyph": theme.glyph])
                }, "hasThemes": !themes.isEmpty,
                "hasSites": !sites.isEmpty,
                "sites": sites.sorted { ($0.level.order, $0.name) < ($1.level.order, $1.name) }.map {
                    site -> ViewModel in
                    SiteLine(site: site, windows: windows[site.id] ?? []).model
                },
                "hasItems": !items.items.isEmpty, "items": items.items.map(ItemPages.line),
                "itemsURL": "\(place.url)/items", "hasMoreItems": items.next != nil,
                "agencies": agencies, "hasAgencies": !agencies.isEmpty, "agencyCount": agencies.count,
            ]))
    }

    private func items(_ request: PageRequest) async throws -> PageReply {
        let place = try await place(request)
        let after = request.parameter("after")
        let found = try await services.inventory.items(
            ItemFilter(division: place.record.code), on: request.act.now.day, after: after.isEmpty ? nil : after,
            limit: Self.pageSize)
        return .render(
            .named("place-results"),
            .record([
                "pageTitle": "\(place.record.name)的事项", "back": ViewModel.back("返回\(place.record.name)", place.url),
                "heading": "\(place.record.name)的政务服务事项", "query": "", "searchURL": "\(place.url)/search",
                "hasItems": !found.items.isEmpty, "items": found.items.map(ItemPages.line),
                "emptyText": "事项目录里还没有\(place.record.name)的事项。",
                "firstURL": after.isEmpty ? "" : "\(place.url)/items",
                "nextURL": found.next.map { URLText.with("\(place.url)/items", query: ["after": $0]) } ?? "",
            ]))
    }

    private func search(_ request: PageRequest) async throws -> PageReply {
        let place = try await place(request)
        let query = String(request.parameter("q").prefix(60))
        if query.isEmpty { return .redirect(place.url) }
        let day = request.act.now.day
        let themes = try await services.catalogue.search(query).map(\.theme)
        // What the city handles for a county without an office of its own is found there too.
        let lineage = Set(place.known.lineage(of: place.record.code))
        let items = try await services.inventory.search(query, on: day, limit: 60)
            .filter { lineage.contains($0.division) && $0.isInForce(on: day) }.prefix(Self.pageSize)
        return .render(
            .named("place-results"),
            .record([
                "pageTitle": "查找：\(query)", "back": ViewModel.back("返回\(place.record.name)", place.url),
                "heading": "在\(place.record.name)查找“\(query)”", "query": query, "searchURL": "\(place.url)/search",
                "hasThemes": !themes.isEmpty,
                "themes": themes.map { theme -> ViewModel in
                    .record(["title": theme.title, "note": theme.summary, "url": theme.url, "glyph": theme.glyph])
                },
                "hasItems": !items.isEmpty, "items": items.map(ItemPages.line),
                "emptyText": themes.isEmpty
                    ? "没有找到。换个说法试试，例如“生孩子”“开店”，或拨打 \(place.face.hotline)。" : "",
            ]))
    }
}

/// A hall in a list.
struct SiteLine {
    let site: ServiceSite
    let windows: [ServiceWindow]

    var model: ViewModel {
        .record([
            "name": site.name, "windows": windows.map(\.name).sorted().joined(separator: "、"),
            "hours": site.hours, "address": site.address, "phone": site.phone,
            "phoneURL": site.phone.isEmpty ? "" : "tel:\(site.phone)",
        ])
    }
}

extension SiteLevel {
    /// Centres come first.
    var order: Int {
        switch self {
        case .centre: 0
        case .township: 1
        case .village: 2
        }
    }
}
