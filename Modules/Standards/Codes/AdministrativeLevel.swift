/// The level at which an item is exercised (行使层级), the 19th character of an implementing code.
public enum AdministrativeLevel: Int, Hashable, Sendable, Codable, CaseIterable, Comparable {
    case national = 1
    case provincial = 2
    case city = 3
    case county = 4
    case township = 5
    case village = 6

    /// The level as it is said to people, such as `市级`.
    public var chinese: String {
        switch self {
        case .national: "国家级"
        case .provincial: "省级"
        case .city: "市级"
        case .county: "县级"
        case .township: "乡镇（街道）级"
        case .village: "村（社区）级"
        }
    }

    public static func < (lhs: AdministrativeLevel, rhs: AdministrativeLevel) -> Bool {
        lhs.rawValue < rhs.rawValue
    }
}
