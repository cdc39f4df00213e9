/// Where a theme stands among the others (R11.1, R11.3): on the city's menus and in the batches of its service norms.
public struct ThemePlacement: Sendable, Hashable, Codable {
    /// The field of life (领域).
    public enum Field: String, Sendable, Codable, CaseIterable {
        case livelihood = "社会民生"
        case projects = "项目建设"
        case enterprises = "涉企经营"
    }

    /// The menu (主题式菜单) on which it stands.
    public enum Menu: String, Sendable, Codable, CaseIterable {
        /// What the city is known for.
        case signature = "招牌菜"
        /// What this place has of its own.
        case local = "特色菜"
        /// What everybody needs.
        case everyday = "家常菜"
    }

    /// The batches in which service norms (服务规范) are issued.
    public static let batches = 1...3

    public let field: Field?
    public let menu: Menu?
    /// The batch of its service norm; nil for one that is in none.
    public let batch: Int?

    public init(field: Field? = nil, menu: Menu? = nil, batch: Int? = nil) {
        self.field = field
        self.menu = menu
        self.batch = batch
    }
}
