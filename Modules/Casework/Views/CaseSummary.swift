public import Extension
public import Standards
import Storage

/// A line of a person's list of cases.
public struct CaseSummary: SchemaType, Hashable {
    public var id = ""
    public var number: String?
    public var theme = ""
    public var title = ""
    /// Whom or what it is about, such as the child's name.
    public var subject: String?
    public var state = CaseState.draft
    public var due: LegalDay?
    /// Why it is in the list: `applicant`, or the role of a party.
    public var role = ""

    public init() {}

    public static let schema = Schema<Self> {
        Field("id", \.id, .text(max: 26), doc: "系统编号")
        Field("number", \.number, .optional(.text(max: 60)), doc: "办件编号")
        Field("theme", \.theme, .text(max: 60), doc: "主题标识")
        Field("title", \.title, .text(max: 60), doc: "主题名称")
        Field("subject", \.subject, .optional(.text(max: 200)), doc: "为谁办，例如孩子的姓名")
        Field("state", \.state, .choice, doc: "状态")
        Field("due", \.due, .optional(.day), doc: "承诺办结日")
        Field("role", \.role, .text(max: 40), doc: "身份")
    }
}

/// A line of a clerk's or an officer's list, ordered by what is due first.
public struct WorkItem: SchemaType, Hashable {
    public var caseID = ""
    public var number = ""
    public var theme = ""
    public var title = ""
    /// The item; empty in the acceptance queue.
    public var item = ""
    public var itemTitle = ""
    public var state = ""
    public var stateText = ""
    /// The names of the applicant and of whom it is about, with the middle covered.
    public var applicant: String?
    public var subject: String?
    public var due: LegalDay?
    /// Working days left until it is due; negative when it is late.
    public var daysLeft: Int?

    public init() {}

    /// Where the next page begins, when this is the last line of a page.
    public var cursor: String { "\(due?.ordinal ?? Int(Int32.max))~\(caseID)~\(item)" }

    public static let schema = Schema<Self> {
        Field("case", \.caseID, .text(max: 26), doc: "系统编号")
        Field("number", \.number, .text(max: 60), doc: "办件编号")
        Field("theme", \.theme, .text(max: 60), doc: "主题标识")
        Field("title", \.title, .text(max: 60), doc: "主题名称")
        Field("item", \.item, .text(max: 40), doc: "事项标识")
        Field("item_title", \.itemTitle, .text(max: 100), doc: "事项名称")
        Field("state", \.state, .text(max: 20), doc: "状态")
        Field("state_text", \.stateText, .text(max: 20), doc: "状态名称")
        Field("applicant", \.applicant, .optional(.text(max: 200)), doc: "申请人姓名（脱敏）")
        Field("subject", \.subject, .optional(.text(max: 200)), doc: "为谁办（脱敏）")
        Field("due", \.due, .optional(.day), doc: "应办结日")
        Field("days_left", \.daysLeft, .optional(.integer(in: -100_000...100_000)), doc: "剩余工作日")
    }
}
