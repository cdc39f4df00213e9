public import PluginKit

/// How far apart the two places are (市内、省内、跨省), each with a list and a target of its own (R13.1–R13.3).
public enum Scope: String, Sendable, CaseIterable, Codable, SQLConvertible {
    case city = "市内"
    case province = "省内"
    case nation = "跨省"
}

/// How an item is handled across regions (三种模式, R13.5).
public enum Mode: String, Sendable, CaseIterable, Codable, SQLConvertible {
    /// 全程网办: the applicant files online, and nobody travels.
    case online = "全程网办"
    /// 异地代收代办: a window here collects the application and sends it to where it is decided.
    case collect = "异地代收代办"
    /// 多地联办: several places decide parts of one application together.
    case together = "多地联办"
}

/// Who decides the items of an agreement.
public enum Decider: String, Sendable, CaseIterable, Codable, SQLConvertible {
    /// 本方: the partner collects, we decide.
    case ours = "本方"
    /// 对方: we collect, the partner decides.
    case theirs = "对方"
}
