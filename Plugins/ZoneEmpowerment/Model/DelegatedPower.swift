public import PluginKit

/// A power that one organ has given to another (赋权、委托、服务窗口前移, R01.1).
public struct DelegatedPower: Sendable, Hashable {
    public let id: Identifier
    /// The item's key, such as `E01`; seals and themes know it by the same key.
    public let item: String
    public let title: String
    public let field: Field
    /// Whose power it was.
    public let level: Level
    public let from: String
    /// The zone, county or township that receives it.
    public let division: String
    /// The organ that receives it.
    public let agency: Identifier
    public let mode: Mode
    /// The document by which it was given.
    public let basis: String
    public let startsOn: LegalDay
    /// The first day on which it is given no more; nil while nobody has taken it back.
    public let endsOn: LegalDay?
    /// Why it was taken back; empty while it wasn't.
    public let endReason: String

    /// How a power is given.
    public enum Mode: String, Sendable, CaseIterable {
        /// 赋权: the receiver decides in its own name.
        case direct = "赋权"
        /// 委托: the receiver decides in the giver's name.
        case entrusted = "委托"
        /// 服务窗口前移: the giver sits at the receiver's window.
        case window = "服务窗口前移"
    }

    /// The fields of the plan: seven of provincial powers (R01.3), two that a park's counter has (R01.7), one of
    /// townships and villages (R01.11).
    public enum Field: String, Sendable, CaseIterable {
        case projects = "项目申报"
        case market = "市场监管"
        case resources = "资源开发"
        case construction = "工程建设"
        case industry = "产业发展"
        case cityManagement = "城市管理"
        case trafficAndWater = "交通水利"
        case enterprises = "涉企经营"
        case convenience = "便民服务"

        /// Whether a park's counter has it (R01.7).
        var countsForParks: Bool { self == .enterprises || self == .construction }
    }

    /// Whose power it was.
    public enum Level: String, Sendable, CaseIterable {
        case province = "省级"
        case city = "市级"
        case county = "县级"
    }

    /// Whether it is given on a day.
    public func isGiven(on day: LegalDay) -> Bool { startsOn <= day && endsOn.map { day < $0 } ?? true }
}
