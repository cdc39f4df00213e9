public import Extension
import Standards

/// A theme's guide (办事指南) as the interface gives it; one record feeds portal, window, kiosk and command line.
public struct Guide: SchemaType {
    public var id = ""
    public var title = ""
    public var version = ""
    public var hash = ""
    public var summary = ""
    public var audience = Theme.Audience.person
    public var leadDepartment = ""
    public var promisedLimit = ""
    public var questions: [GuideQuestion] = []
    public var items: [GuideItem] = []
    public var materials: [GuideMaterial] = []

    public init() {}

    public init(_ theme: Theme, hash: String) {
        id = theme.id
        title = theme.title
        version = theme.version
        self.hash = hash
        summary = theme.summary
        audience = theme.audience
        leadDepartment = theme.leadDepartment
        promisedLimit = theme.promisedLimit.chinese
        questions = theme.questions.map(GuideQuestion.init)
        items = theme.items.map(GuideItem.init)
        materials = theme.materials.map(GuideMaterial.init)
    }

    public static let schema = Schema<Self> {
        Field("id", \.id, .text(max: 60), doc: "主题标识")
        Field("title", \.title, .text(max: 60), doc: "名称")
        Field("version", \.version, .text(max: 20), doc: "版本")
        Field("hash", \.hash, .text(max: 64), doc: "版本散列值")
        Field("summary", \.summary, .text(max: 500), doc: "说明")
        Field("audience", \.audience, .choice, doc: "办理对象")
        Field("lead_department", \.leadDepartment, .text(max: 60), doc: "牵头部门")
        Field("promised_limit", \.promisedLimit, .text(max: 40), doc: "承诺时限")
        Field("questions", \.questions, .list(of: .object), doc: "情形问题")
        Field("items", \.items, .list(of: .object), doc: "事项")
        Field("materials", \.materials, .list(of: .object), doc: "材料")
    }
}

/// A situation question in a guide.
public struct GuideQuestion: SchemaType {
    public var id = ""
    public var title = ""
    public var options: [String] = []

    public init() {}

    init(_ question: Question) {
        id = question.id
        title = question.title
        options = question.options.map(\.title)
    }

    public static let schema = Schema<Self> {
        Field("id", \.id, .text(max: 60), doc: "问题标识")
        Field("title", \.title, .text(max: 200), doc: "问题")
        Field("options", \.options, .list(of: .text(max: 100)), doc: "选项")
    }
}

/// An item in a guide.
public struct GuideItem: SchemaType {
    public var id = ""
    public var title = ""
    public var department = ""
    public var kind = ""
    public var statutoryLimit: String?
    public var promisedLimit = ""
    public var fees: [String] = []
    public var results: [String] = []
    public var after: [String] = []

    public init() {}

    init(_ item: ThemeItem) {
        id = item.id
        title = item.item.title
        department = item.item.department
        kind = item.item.kind
        statutoryLimit = item.item.statutoryLimit?.chinese
        promisedLimit = item.item.promisedLimit.chinese
        fees = item.item.fees.map { fee in
            let reductions = (fee.reductions ?? []).map {
                "\($0.title)\($0.amount == .zero ? "" : " \($0.amount.chinese)")"
            }
            return "\(fee.title)：\(fee.amount?.feeText ?? fee.note ?? "按标准")"
                + (reductions.isEmpty ? "" : "（\(reductions.joined(separator: "、"))）")
        }
        results = item.item.results.map(\.title)
        after = item.after
    }

    public static let schema = Schema<Self> {
        Field("id", \.id, .text(max: 40), doc: "事项标识")
        Field("title", \.title, .text(max: 100), doc: "事项名称")
        Field("department", \.department, .text(max: 60), doc: "承办部门")
        Field("kind", \.kind, .text(max: 40), doc: "事项类型")
        Field("statutory_limit", \.statutoryLimit, .optional(.text(max: 40)), doc: "法定时限")
        Field("promised_limit", \.promisedLimit, .text(max: 40), doc: "承诺时限")
        Field("fees", \.fees, .list(of: .text(max: 200)), doc: "收费")
        Field("results", \.results, .list(of: .text(max: 100)), doc: "结果")
        Field("after", \.after, .list(of: .text(max: 40)), doc: "前序事项")
    }
}

/// A material in a guide.
public struct GuideMaterial: SchemaType {
    public var id = ""
    public var title = ""
    public var items: [String] = []
    public var isOptional = false

    public init() {}

    init(_ slot: MaterialSlot) {
        id = slot.id
        title = slot.title
        items = slot.items
        isOptional = slot.isOptional
    }

    public static let schema = Schema<Self> {
        Field("id", \.id, .text(max: 60), doc: "材料标识")
        Field("title", \.title, .text(max: 100), doc: "材料名称")
        Field("items", \.items, .list(of: .text(max: 40)), doc: "需要它的事项")
        Field("is_optional", \.isOptional, .flag, doc: "是否可选")
    }
}
