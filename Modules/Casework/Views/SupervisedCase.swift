public import Extension
public import Standards

/// A line of a supervisor's list; it holds nothing personal.
public struct SupervisedCase: SchemaType, Hashable {
    public var id = ""
    public var division = ""
    public var number = ""
    public var theme = ""
    public var title = ""
    public var state = CaseState.submitted
    /// The day by which it is to be accepted or done; nil where none is set any more.
    public var due: LegalDay?
    /// Working days until then, negative when it is past; nil for a closed case.
    public var daysLeft: Int?

    public init() {}

    public static let schema = Schema<Self> {
        Field("id", \.id, .text(max: 26), doc: "系统编号")
        Field("division", \.division, .text(max: 20), doc: "区划")
        Field("number", \.number, .text(max: 60), doc: "办件编号")
        Field("theme", \.theme, .text(max: 60), doc: "主题标识")
        Field("title", \.title, .text(max: 60), doc: "主题名称")
        Field("state", \.state, .choice, doc: "状态")
        Field("due", \.due, .optional(.day), doc: "应受理或应办结日")
        Field("days_left", \.daysLeft, .optional(.integer(in: -100_000...100_000)), doc: "剩余工作日；已经结束的没有")
    }
}
