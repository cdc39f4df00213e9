public import Storage

/// At which level a service site stands; its name follows from it (R01.13).
public enum SiteLevel: String, Hashable, Sendable, CaseIterable {
    /// County and above: 政务服务中心
    case centre
    /// Township or street (乡镇、街道): 便民服务中心
    case township
    /// Village or community (村、社区): 便民服务站
    case village

    /// What every name of the level ends in.
    public var suffix: String {
        switch self {
        case .centre: "政务服务中心"
        case .township: "便民服务中心"
        case .village: "便民服务站"
        }
    }
}

/// A service site (服务场所). Its name is generated, never typed.
public struct ServiceSite: Hashable, Sendable {
    public let id: Identifier
    public let key: String
    public let division: String
    public let level: SiteLevel
    /// The township or village, such as `梅溪乡`; empty for a centre.
    public let place: String
    /// The uniform name, such as `平江县政务服务中心`.
    public let name: String
    /// When it is open, as people read it; empty while nobody has said.
    public let hours: String
    /// Where it is; empty while nobody has said.
    public let address: String
    /// Its own number; empty for none.
    public let phone: String

    /// The uniform name of a site (场所统一命名, R01.13).
    ///
    /// - Parameters:
    ///   - level: the level of the site.
    ///   - division: the division's name.
    ///   - place: the township or village.
    public static func uniformName(_ level: SiteLevel, division: String, place: String) -> String {
        (level == .centre ? division : place) + level.suffix
    }
}

/// A window of a site (窗口).
public struct ServiceWindow: Hashable, Sendable {
    public let id: Identifier
    public let key: String
    public let site: Identifier
    /// What stands above it, such as `综合窗口1号`.
    public let name: String
    public let kind: WindowKind
}

/// What a window takes in (R10.3).
public enum WindowKind: String, Hashable, Sendable, CaseIterable {
    /// Every item of its site (综合窗口)
    case comprehensive
    /// One agency's items, which a comprehensive window could take as well (部门窗口)
    case departmental
    /// What can't go elsewhere, such as a cashier or an examination room (专项窗口)
    case special

    /// The word that people read.
    public var chinese: String {
        switch self {
        case .comprehensive: "综合窗口"
        case .departmental: "部门窗口"
        case .special: "专项窗口"
        }
    }

    /// What a window is that nobody has said of, by what stands above it.
    init(named name: String) { self = name.contains("综合") ? .comprehensive : .departmental }
}

/// How many of a site's windows are comprehensive (综合窗口覆盖率, R10.3).
public struct WindowCoverage: Hashable, Sendable {
    /// The site's name.
    public let site: String
    public let division: String
    public let comprehensive: Int
    /// The windows that could be: all but the special ones.
    public let eligible: Int

    /// The share; nil where no window could be one.
    public var share: Double? { eligible == 0 ? nil : Double(comprehensive) / Double(eligible) }
}
