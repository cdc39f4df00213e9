public import PluginKit

/// What the zone for the elderly offers (老年人专区, R12.15): themes and items that the settings name, in their order.
public struct ElderZone: Sendable {
    /// One offer.
    public struct Entry: Sendable, Hashable {
        /// The theme's ID or the item's code.
        public let id: String
        public let title: String
        public let summary: String
        /// Where the portal shows it.
        public let url: String
    }

    private let ids: [String]
    private let catalogue: CatalogueService
    private let inventory: InventoryService

    init(_ host: PluginHost, _ settings: AgeFriendlyPlugin.Settings) throws {
        ids = settings.zone
        catalogue = try host.service(CatalogueService.self)
        inventory = try host.service(InventoryService.self)
    }

    /// What can be had on a day; what is not offered then is left out.
    public func entries(on day: LegalDay, in snapshot: Snapshot) throws -> [Entry] {
        let themes = try catalogue.currentThemes(in: snapshot)
        return try ids.compactMap { id in
            if let theme = themes[id]?.theme {
                return Entry(id: id, title: theme.title, summary: theme.summary, url: "/themes/\(id)")
            }
            guard let item = try inventory.item(id, on: day, in: snapshot), item.isInForce(on: day) else { return nil }
            return Entry(id: id, title: item.item.title, summary: item.item.organ, url: "/items/\(id)")
        }
    }

    /// As ``entries(on:in:)``, in a view of its own.
    public func entries(on day: LegalDay) async throws -> [Entry] {
        try await catalogue.database.read { try entries(on: day, in: $0) }
    }

    /// What the settings name and nobody offers on a day, each with what may have been meant.
    func unknown(on day: LegalDay) async throws -> [String] {
        let ids = ids
        return try await catalogue.database.read { snapshot in
            let known = Set(try entries(on: day, in: snapshot).map(\.id))
            let themes = try catalogue.currentThemes(in: snapshot).keys.sorted()
            return ids.filter { !known.contains($0) }.map { id in
                id + (nearest(to: id, among: themes).map { "（是否想写 \($0)）" } ?? "")
            }
        }
    }

    /// Says in `yiciban doctor` which entries lead nowhere. It can't stop the start, since themes are loaded after it.
    var check: HealthCheck {
        HealthCheck("zone", title: "老年人专区") { act in
            if ids.isEmpty { return .sound("没有设置专区里的事") }
            let unknown = try await unknown(on: act.now.day)
            if unknown.isEmpty { return .sound("专区里的 \(ids.count) 件事都办得了") }
            return .warning(
                "专区的设置里有办不了的：\(unknown.joined(separator: "、"))",
                remedy: "请在 settings.yaml 的 plugin.age-friendly.zone 里改正；页面上没有显示它们。")
        }
    }
}
