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
}
