public import Extension

/// What a deployment decides of the exchange (`exchange:` in the settings file).
public struct ExchangeSettings: Sendable, Hashable {
    /// Who delivers (data_source), three characters that the receiver assigns.
    public var dataSource = "001"
    /// The personal columns that are sent as keyed digests, as `table.column`.
    public var hashed: Set<String> = Self.hashedByDefault
    /// For how many days after its completion a batch's rows are kept, to be saved again.
    public var keptDays = 30

    /// Numbers by which somebody could be found elsewhere.
    public static let hashedByDefault: Set<String> = [
        "up_pro_accept.applyer_page_code", "up_pro_accept.contact_mobile",
    ]

    public init() {}

    /// Reads the section; what is wrong stays with the reader.
    public init(from reader: SettingsReader) throws {
        dataSource = try reader.text("dataSource", default: dataSource, doc: "数据来源代码，三位，由省平台分配")
        if dataSource.utf8.count != 3 {
            reader.report(Finding(reader.place("dataSource"), "settings.malformed", "dataSource 应当正好三位，例如 \"001\"。"))
        }
        hashed = Set(
            try reader.list(
                "hashed", default: hashed.sorted(), doc: "以摘要代替原值送出的个人信息列，写成 表.列；接收方要求原值的列不写"))
        keptDays = try reader.int("keptDays", default: keptDays, in: 1...3_650, doc: "批次内容完成后保留多少天，其间可以再次取出")
    }
}
