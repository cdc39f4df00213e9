public import Extension
public import Standards

/// A material of an item (申请材料).
public struct ItemMaterial: SchemaType, Hashable {
    public var title = ""
    /// 原件、复印件、电子件
    public var form: String?
    public var copies = 1
    public var isRequired = true
    /// Where it comes from (来源渠道): the applicant, another office, an intermediary.
    public var source: String?
    /// The rule that asks for it.
    public var basis: String?

    public init() {}

    public static let schema = Schema<Self> {
        Field("title", \.title, .text(min: 1, max: 200), doc: "材料名称")
        Field("form", \.form, .optional(.text(max: 60)), doc: "材料形式")
        Field("copies", \.copies, .integer(in: 0...50).withDefault, doc: "份数")
        Field("is_required", \.isRequired, .flag.withDefault, doc: "是否必要")
        Field("source", \.source, .optional(.text(max: 100)), doc: "来源渠道")
        Field("basis", \.basis, .optional(.text(max: 500)), doc: "依据")
    }
}

/// A step of an item's procedure (办理环节), typed so that what can be removed is counted (R14.2).
public struct ItemStep: SchemaType, Hashable {
    public var title = ""
    public var kind = Kind.examination
    public var limit: TimeLimit?

    /// The kinds of steps; the first five are those that the plan wants fewer of (减手续).
    public enum Kind: String, Sendable, CaseIterable, Codable {
        case stamping = "盖章"
        case review = "审核"
        case filing = "备案"
        case confirmation = "确认"
        case informing = "告知"
        case acceptance = "受理"
        case examination = "审查"
        case special = "特别程序"
        case decision = "决定"
        case delivery = "送达"

        /// Whether the plan names it among the steps to reduce (R14.2).
        public var isToBeReduced: Bool {
            switch self {
            case .stamping, .review, .filing, .confirmation, .informing: true
            case .acceptance, .examination, .special, .decision, .delivery: false
            }
        }
    }

    public init() {}

    public static let schema = Schema<Self> {
        Field("title", \.title, .text(min: 1, max: 100), doc: "环节名称")
        Field("kind", \.kind, .choice.withDefault, doc: "环节类型")
        Field("limit", \.limit, .optional(.limit), doc: "环节时限")
    }
}

/// A fee of an item (收费项目).
public struct ItemFee: SchemaType, Hashable {
    public var title = ""
    /// The tariff as it is published, such as 10元/证.
    public var tariff = ""
    /// The document that allows it.
    public var basis: String?
    /// Who pays less or nothing, and by which rule.
    public var reductions: String?

    public init() {}

    public static let schema = Schema<Self> {
        Field("title", \.title, .text(min: 1, max: 100), doc: "收费项目")
        Field("tariff", \.tariff, .text(min: 1, max: 300), doc: "收费标准")
        Field("basis", \.basis, .optional(.text(max: 500)), doc: "收费依据")
        Field("reductions", \.reductions, .optional(.text(max: 500)), doc: "减免情形")
    }
}

/// A frequent question with its answer (常见问题).
public struct ItemAnswer: SchemaType, Hashable {
    public var question = ""
    public var answer = ""

    public init() {}

    public static let schema = Schema<Self> {
        Field("question", \.question, .text(min: 1, max: 300), doc: "问题")
        Field("answer", \.answer, .text(min: 1, max: 2000, lines: true), doc: "回答")
    }
}
