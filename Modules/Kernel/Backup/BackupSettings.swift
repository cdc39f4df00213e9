public import PluginKit

/// How old the last backup may be (`backup:` in the settings file).
public struct BackupSettings: Sendable, Hashable {
    /// In hours; 0 asks for no backup.
    public var maximumAge = 24

    public init() {}

    /// Reads the section; what is wrong stays with the reader.
    public init(from reader: SettingsReader) throws {
        maximumAge = try reader.int(
            "maximumAge", default: maximumAge, in: 0...8_760, doc: "最近一次备份最多多久以前（小时）：升级数据库之前须有，体检时也看；0 为不要求")
    }

    /// Whether a backup is recent enough.
    public func isSatisfied(by backup: BackupRecord?, at instant: Instant) -> Bool {
        if maximumAge == 0 { return true }
        guard let backup else { return false }
        return backup.at.adding(.seconds(maximumAge * 3_600)) >= instant
    }
}
