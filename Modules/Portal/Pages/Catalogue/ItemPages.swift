import PluginKit

/// The public inventory (政务服务事项): every item with its norm, its guide and how it is supervised (R02.4).
struct ItemPages: PageGroup {
    let services: PortalServices

    var pages: [Page] {
        [
            Page("/items") { request in try await list(request) },
            Page("/items/{code}") { request in try await item(request) },
        ]
    }

    private func list(_ request: PageRequest) async throws -> PageReply {
        let day = request.act.now.day
        let text = request.parameter("q")
        let (division, department) = (request.parameter("division"), request.parameter("department"))
        let kind = CatalogueItem.Kind(rawValue: request.parameter("kind"))
        let after = request.parameter("after")
        let places = try await services.organisation.snapshot()
        let found: (items: [PublishedItem], next: String?)
        if text.isEmpty {
            let filter = ItemFilter(
                division: division.isEmpty ? nil : division, department: department.isEmpty ? nil : department,
                kind: kind)
            found = try await services.inventory.items(filter, on: day, after: after.isEmpty ? nil : after, limit: 20)
        } else {
            found = (try await services.inventory.search(text, on: day, limit: 50), nil)
        }
        let query = ["division": division, "department": department, "kind": kind?.rawValue ?? ""]
            .filter { !$0.value.isEmpty }
        let departments = Set(
            places.agencies.values.filter { division.isEmpty || $0.division == division }.map(\.department))
        return .render(
            .named("items"),
            .record([
                "pageTitle": "政务服务事项", "query": text, "action": "/items",
                "filter": [
                    select(
                        "division", "在哪里办",
                        places.divisions.values.sorted { $0.code < $1.code }
                            .map { InputField.Choice($0.code, $0.name) }, division),
                    select("department", "哪个部门", departments.sorted().map { InputField.Choice($0) }, department),
                    select(
                        "kind", "什么类型", CatalogueItem.Kind.allCases.map { InputField.Choice($0.rawValue) },
                        kind?.rawValue),
                ],
                "hasItems": !found.items.isEmpty, "items": found.items.map(Self.line),
                "firstURL": after.isEmpty ? "" : URLText.with("/items", query: query),
                "nextURL": found.next.map { URLText.with("/items", query: query.merging(["after": $0]) { $1 }) } ?? "",
            ]))
    }

    private func select(_ name: String, _ label: String, _ choices: [InputField.Choice], _ value: String?) -> InputField
    {
        InputField(
            id: name, name: name, label: label, kind: .select(choices, empty: "全部"), values: value.map { [$0] } ?? [],
            isOptional: true)
    }

    static func line(_ found: PublishedItem) -> ViewModel {
        .record([
            "title": found.item.title, "url": "/items/\(found.item.code)", "organ": found.item.organ,
            "kind": found.item.kind.rawValue, "promise": found.item.promisedLimit.chinese,
            "visits": found.item.visits == 0 ? "不用跑" : "跑 \(found.item.visits) 次",
            "ways": found.item.ways.map(\.rawValue),
        ])
    }

    private func item(_ request: PageRequest) async throws -> PageReply {
        let code = request.path["code"] ?? ""
        let wanted = request.parameter("on")
        guard let day = wanted.isEmpty ? request.act.now.day : LegalDay(written: wanted) else {
            throw Problem(
                422, "input.invalid", "日期不对", "“\(wanted.prefix(20))”不是日期，请写成 2026-11-22 这样，或者去掉日期看现行的。")
        }
        let found = try await services.inventory.item(code, on: day)
        let versions = try await services.inventory.versions(of: code)
        let edition = GuideEdition(
            version: "\(found.version)", hash: found.hash, path: "/items/\(found.item.code)",
            site: services.faces.shelf.book.address)
        return .render(
            .named("item"),
            ItemModel(found: found, versions: versions, day: day).page.with("edition", edition.model(request))
                .with(
                    "editURL",
                    request.actor.holds(.editItems)
                        ? .text(URLText.with("\(ItemDeskPages.path)/new", query: ["code": found.item.code])) : .text("")
                ))
    }
}
