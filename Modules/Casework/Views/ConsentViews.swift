import Catalogue
public import Extension
import Standards
import Storage

/// A consent as the interface gives it.
public struct ConsentView: SchemaType {
    public var role = ""
    public var title = ""
    public var isGiven = false
    public var isRefused = false
    public var isRequired = true
    public var note: String?

    public init() {}

    /// A role's consent as the viewer may know it.
    public init(role: String, sight: CaseSight) {
        let file = sight.file
        self.role = role
        title = sight.plan.parties.first { $0.id == role }?.title ?? role
        isGiven = file.hasConsent(of: role, in: sight.plan)
        isRequired = sight.plan.consents.contains(role)
        if let refusal = file.refusal(of: role, in: sight.plan) {
            isRefused = true
            note = Self.refused(refusal.reason)
        } else if !isGiven, file.lapsedConsents?[role] != nil {
            note = Self.lapsed
        }
    }

    /// What the applicant reads of a consent that lapsed.
    static let lapsed = "确认之后有改动，原来的确认已经失效，请通知其重新确认。"

    /// What the applicant reads of a refusal.
    private static func refused(_ reason: String?) -> String {
        "对方表示不同意\(reason.map { "，原因是“\($0)”" } ?? "")。请和对方商量；改动了与对方有关的内容，会重新请其确认。"
    }

    public static let schema = Schema<Self> {
        Field("role", \.role, .text(max: 40), doc: "身份")
        Field("title", \.title, .text(max: 60), doc: "名称")
        Field("is_given", \.isGiven, .flag, doc: "是否已确认")
        Field("is_refused", \.isRefused, .flag, doc: "是否表示不同意")
        Field("is_required", \.isRequired, .flag, doc: "是否必须确认后才能提交；不必须的，确认后可以调用其电子证照")
        Field("note", \.note, .optional(.text(max: 500)), doc: "说明")
    }
}

/// What a party is asked to agree to, as the interface gives it: all of it and nothing else.
public struct ConsentOfferView: SchemaType {
    public var caseID = ""
    public var role = ""
    public var roleTitle = ""
    public var theme = ""
    public var title = ""
    public var applicant = ""
    public var answers: [ConsentLineView] = []
    public var items: [String] = []
    public var fields: [ConsentLineView] = []
    public var isRequired = true
    public var isGiven = false
    public var isRefused = false
    public var isOpen = false
    public var note: String?
    public var digest = ""

    public init() {}

    public init(_ offer: ConsentOffer) {
        caseID = offer.caseID.text
        role = offer.scope.party.id
        roleTitle = offer.scope.party.title
        theme = offer.theme.id
        title = offer.theme.title
        applicant = offer.applicantName
        answers = offer.theme.questions.compactMap { question in
            offer.scope.answers[question.id].map { ConsentLineView(question.title, $0) }
        }
        items = offer.scope.items.map(\.item.title)
        fields = offer.scope.sections.flatMap { section in
            section.fields.map { field in
                ConsentLineView("\(section.title)：\(field.title)", offer.scope.values[field.id] ?? "（未填）")
            }
        }
        isRequired = offer.isRequired
        isGiven = offer.isGiven
        isRefused = offer.isRefused
        isOpen = offer.isOpen && !offer.hasOtherName
        note = offer.note
        digest = offer.scope.digest
    }

    public static let schema = Schema<Self> {
        Field("case", \.caseID, .text(max: 26), doc: "系统编号")
        Field("role", \.role, .text(max: 40), doc: "您的身份")
        Field("role_title", \.roleTitle, .text(max: 60), doc: "身份名称")
        Field("theme", \.theme, .text(max: 60), doc: "主题标识")
        Field("title", \.title, .text(max: 60), doc: "主题名称")
        Field("applicant", \.applicant, .text(max: 200), doc: "谁在申请")
        Field("answers", \.answers, .list(of: .object), doc: "申请的情形")
        Field("items", \.items, .list(of: .text(max: 100)), doc: "要办的事项")
        Field("fields", \.fields, .list(of: .object), doc: "与您有关的内容")
        Field("is_required", \.isRequired, .flag, doc: "是否必须确认后才能提交；不必须的，确认后可以调用您的电子证照")
        Field("is_given", \.isGiven, .flag, doc: "是否已确认")
        Field("is_refused", \.isRefused, .flag, doc: "是否表示过不同意")
        Field("is_open", \.isOpen, .flag, doc: "现在能不能确认")
        Field("note", \.note, .optional(.text(max: 200)), doc: "说明")
        Field("digest", \.digest, .text(max: 64), doc: "以上内容的摘要，确认时带回")
    }
}

/// A line of what a party agrees to.
public struct ConsentLineView: SchemaType, Hashable {
    public var title = ""
    public var value = ""

    public init() {}

    init(_ title: String, _ value: String) {
        self.title = title
        self.value = value
    }

    public static let schema = Schema<Self> {
        Field("title", \.title, .text(max: 300), doc: "名称")
        Field("value", \.value, .text(max: 10_000, lines: true), doc: "内容")
    }
}

extension ConsentOffer {
    /// What the party is to know besides; nil for nothing.
    public var note: String? {
        if hasOtherName { return CaseworkError.otherName(scope.party).message }
        if isGiven { return nil }
        if !isOpen { return "这件事已经提交或结束，现在不需要您确认。" }
        if isRefused { return "您表示过不同意，申请人已经看到。改变主意的，可以重新确认。" }
        return hasLapsed ? "您确认之后申请人改过内容，原来的确认已经失效。请看过最新的内容再决定。" : nil
    }
}
