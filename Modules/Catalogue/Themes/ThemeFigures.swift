public import Extension

/// What the plan wants of the themes, and how far it is (R11.1, R11.3).
public struct ThemeTargets: PluginSettings, Hashable {
    /// Themes on the menus.
    public var menus = 50
    /// Service norms in all batches.
    public var norms = 296

    public init() {}

    public init(from reader: SettingsReader) throws {
        menus = try reader.int("menus", default: 50, in: 0...10_000, doc: "主题式菜单的目标数")
        norms = try reader.int("norms", default: 296, in: 0...10_000, doc: "“一件事一次办”服务规范的目标数")
    }
}

/// How many themes there are by menu, field and batch.
public struct ThemeFigures: Sendable, Hashable {
    public var themes = 0
    public var menus: [ThemePlacement.Menu: Int] = [:]
    public var fields: [ThemePlacement.Field: Int] = [:]
    public var batches: [Int: Int] = [:]

    /// Themes on any menu.
    public var onMenus: Int { menus.values.reduce(0, +) }
    /// Themes in any batch.
    public var inBatches: Int { batches.values.reduce(0, +) }

    public init(_ themes: some Sequence<Theme>) {
        for theme in themes {
            self.themes += 1
            if let menu = theme.placement?.menu { menus[menu, default: 0] += 1 }
            if let field = theme.placement?.field { fields[field, default: 0] += 1 }
            if let batch = theme.placement?.batch { batches[batch, default: 0] += 1 }
        }
    }
}
