/// The parts of a theme that the editor shows one by one.
public enum EditorSection: String, Sendable, CaseIterable {
    case basics, parameters, questions, outcomes, items, materials, parties, form, advice

    /// What the part is called.
    public var title: String {
        switch self {
        case .basics: "基本信息"
        case .parameters: "本地参数"
        case .questions: "问题"
        case .outcomes: "不适用的情形"
        case .items: "事项"
        case .materials: "材料"
        case .parties: "办事人"
        case .form: "表单"
        case .advice: "提示"
        }
    }

    /// What it is for, in one sentence.
    public var purpose: String {
        switch self {
        case .basics: "这件事叫什么、谁来办、承诺多久办好。"
        case .parameters: "各地可以自行设定的数值，时限、金额和文字里都能引用。"
        case .questions: "先问清申请人的情形，后面的事项、材料和表单就只列真正需要的。"
        case .outcomes: "遇到这些情形，告诉申请人这件事不适用、该去哪里。"
        case .items: "要办哪些事项、谁来办、多久办好、先办哪个再办哪个。"
        case .materials: "要交什么、哪些事项要用、什么可以代替纸质材料。"
        case .parties: "申请人以外的人，例如孩子、另一位家长、代办人。"
        case .form: "申请人只填一张表，每个部门只看到自己要用的内容。"
        case .advice: "办事方案里的提醒。"
        }
    }

    /// The shape of its elements; that of the whole file's head for ``basics``.
    public var shape: EditorShape {
        switch self {
        case .basics: .basics
        case .parameters: .parameter
        case .questions: .question
        case .outcomes: .outcome
        case .items: .item
        case .materials: .material
        case .parties: .party
        case .form: .formSection
        case .advice: .advice
        }
    }

    /// Where its elements stand; nil for ``basics``.
    public var list: YAMLPath? { self == .basics ? nil : YAMLPath([.key(rawValue)]) }

    /// The part to which a path belongs.
    public init(holding path: YAMLPath) {
        guard case .key(let key) = path.steps.first else {
            self = .basics
            return
        }
        self = EditorSection(rawValue: key) ?? .basics
    }

    /// The keys of the whole file in the order in which authors write them.
    public static let fileOrder = [
        "id", "reference", "title", "version", "summary", "audience", "lead", "words", "field", "menu", "batch",
        "parameters", "promise",
        "licences", "questions", "outcomes", "items", "parties", "form", "materials", "advice", "duplicate",
    ]
}
