public import Extension

/// The figures that a deployment may set.
public struct CaseworkRules: PluginSettings, Hashable {
    /// Working days within which the offices accept or send their one notice (行政许可法第三十二条: five).
    public var acceptanceDays = 5
    /// Working days that an applicant has to answer a correction notice.
    public var correctionDays = 10
    /// Working days within which a tolerated gap must be filled.
    public var gapDays = 5
    /// The largest file of a material in bytes.
    public var maximumFileSize = 10 << 20
    /// How many files one material may have.
    public var maximumFiles = 9
    /// Whether only items are applied for that the inventory lists (清单之外无审批).
    public var listedItemsOnly = false
    /// What the papers say of numbers and remedies.
    public var papers = PaperSettings()

    public init() {}

    public init(from reader: SettingsReader) throws {
        acceptanceDays = try reader.int("acceptanceDays", default: 5, in: 1...5, doc: "受理审查期限（工作日）")
        correctionDays = try reader.int("correctionDays", default: 10, in: 1...60, doc: "补正期限（工作日）")
        gapDays = try reader.int("gapDays", default: 5, in: 1...30, doc: "容缺补交期限（工作日）")
        maximumFileSize = try reader.int(
            "maximumFileSize", default: 10 << 20, in: 1 << 16...(100 << 20), doc: "单个材料文件的大小上限（字节）")
        maximumFiles = try reader.int("maximumFiles", default: 9, in: 1...50, doc: "一项材料的文件数上限")
        listedItemsOnly = try reader.flag("listedItemsOnly", default: false, doc: "只受理事项目录里有的事项（清单之外无审批）")
        papers = try PaperSettings(from: reader.section("papers", doc: "办件文书"))
    }
}
