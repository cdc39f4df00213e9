public import Extension
public import Standards

/// What somebody typed into a form and has not sent (未提交的内容): it outlives a browser that closes, a battery that
/// runs out and a session that ends.
public struct KeptInput: SchemaType, Hashable {
    /// The page on which the form stands, such as `/staff/tasks/…/P01`.
    public var page = ""
    /// The address to which the form is sent; an account keeps one input of each.
    public var form = ""
    public var fields: [KeptField] = []
    /// When it was kept last.
    public var keptAt: Instant?

    public init() {}

    public init(page: String, form: String, fields: [KeptField]) {
        self.page = page
        self.form = form
        self.fields = fields
    }

    public static let schema = Schema<Self> {
        Field("page", \.page, .text(min: 1, max: 300), doc: "表单所在的页面")
        Field("form", \.form, .text(min: 1, max: 300), doc: "表单提交到的地址")
        Field("fields", \.fields, .list(of: .object, max: 300), doc: "填了的内容")
        Field("kept_at", \.keptAt, .optional(.instant), doc: "最近一次保存的时间")
    }
}

/// One control of a form with what was typed or chosen.
public struct KeptField: SchemaType, Hashable, Codable {
    public var name = ""
    public var value = ""

    public init() {}

    public init(_ name: String, _ value: String) {
        self.name = name
        self.value = value
    }

    public static let schema = Schema<Self> {
        Field("name", \.name, .text(min: 1, max: 200), doc: "控件的名称")
        Field("value", \.value, .text(max: 20_000, lines: true), doc: "填写的内容")
    }
}
