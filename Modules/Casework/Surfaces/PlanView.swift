import Catalogue
import Extension
import Standards

/// A plan as the interface gives it.
struct PlanView: SchemaType {
    var outcomeTitle: String?
    var outcomeText: String?
    var unanswered: [String] = []
    var items: [CaseItemView] = []
    var materials: [CaseMaterialView] = []
    var fields: [PlanFieldView] = []
    var consents: [String] = []
    var invitations: [String] = []
    var fees: [PlanFeeView] = []
    var advice: [String] = []
    var promisedLimit: String?
    /// The fees that are known beforehand, in fen.
    var knownFees = 0

    init() {}

    init(_ result: PlanningResult, for reader: PlanReader, today: LegalDay) {
        switch result {
        case .notApplicable(let outcome):
            outcomeTitle = outcome.title
            outcomeText = outcome.text
        case .unanswered(let questions): unanswered = questions.map(\.id)
        case .plan(let plan):
            items = plan.items.map(CaseItemView.init(planned:))
            materials = plan.materials.map { CaseMaterialView($0, nil, for: reader) }
            fields = plan.form.flatMap(\.fields).map { PlanFieldView($0, today: today) }
            consents = plan.consents
            fees = plan.fees.map { PlanFeeView($0, plan) }
            invitations = plan.invitations
            advice = plan.advice
            promisedLimit = plan.promisedLimit.chinese
            knownFees = plan.fees.reduce(0) { $0 + Int($1.due?.fen ?? 0) }
        }
    }

    static let schema = Schema<Self> {
        Field("outcome_title", \.outcomeTitle, .optional(.text(max: 100)), doc: "不适用时的提示")
        Field("outcome_text", \.outcomeText, .optional(.text(max: 2000, lines: true)), doc: "不适用的理由和去处")
        Field("unanswered", \.unanswered, .list(of: .text(max: 60)), doc: "还没有回答的问题")
        Field("items", \.items, .list(of: .object), doc: "事项")
        Field("materials", \.materials, .list(of: .object), doc: "材料")
        Field("fields", \.fields, .list(of: .object), doc: "表单项")
        Field("consents", \.consents, .list(of: .text(max: 40)), doc: "需要确认的当事人")
        Field("invitations", \.invitations, .list(of: .text(max: 40)), doc: "可以确认的当事人：确认后能调用其电子证照")
        Field("fees", \.fees, .list(of: .object), doc: "费用，逐项列出；没有任何一项的不收费")
        Field("advice", \.advice, .list(of: .text(max: 500)), doc: "提示")
        Field("promised_limit", \.promisedLimit, .optional(.text(max: 40)), doc: "承诺时限")
        Field("known_fees", \.knownFees, .integer(in: 0...Int(Int32.max)), doc: "其中金额已知的合计（分）；按标准收取的不在内，见 fees")
    }
}

/// A fee of a plan as the interface gives it.
struct PlanFeeView: SchemaType {
    var item = ""
    var itemTitle = ""
    var title = ""
    /// In fen; nil where a tariff decides.
    var amount: Int?
    var text = ""
    var basis: String?
    var note: String?

    init() {}

    init(_ planned: PlannedFee, _ plan: Plan) {
        item = planned.item
        itemTitle = plan.items.first { $0.id == planned.item }?.item.title ?? planned.item
        title = planned.fee.title
        amount = planned.due.map { Int($0.fen) }
        text = (planned.due?.feeText ?? "按标准") + (planned.reduction.map { "（\($0.title)）" } ?? "")
        basis = planned.fee.basis
        note = planned.fee.note
    }

    static let schema = Schema<Self> {
        Field("item", \.item, .text(max: 40), doc: "事项标识")
        Field("item_title", \.itemTitle, .text(max: 100), doc: "事项名称")
        Field("title", \.title, .text(max: 100), doc: "收费项目")
        Field("amount", \.amount, .optional(.integer(in: 0...Int(Int32.max))), doc: "金额（分）；没有的按标准收取")
        Field("text", \.text, .text(max: 60), doc: "金额，供显示")
        Field("basis", \.basis, .optional(.text(max: 500)), doc: "依据")
        Field("note", \.note, .optional(.text(max: 500)), doc: "说明")
    }
}

/// A field of the one form as the interface gives it.
struct PlanFieldView: SchemaType {
    var id = ""
    var title = ""
    var kind = FormField.Kind.text
    var options: [String] = []
    var isRequired = true
    var isPrefilled = false
    /// As the value itself is written: `200`, `80.00`, `2026-11-25`.
    var minimum: String?
    var maximum: String?
    var minimumLength: Int?
    var maximumLength: Int?
    var characters: FieldBounds.Characters?

    init() {}

    init(_ field: FormField, today: LegalDay) {
        id = field.id
        title = field.title
        kind = field.kind
        options = field.options
        isRequired = field.isRequired
        isPrefilled = field.prefill != nil
        (minimum, maximum) = field.range(on: today)
        if field.kind.isText {
            minimumLength = field.bounds?.minimum.map(Int.init)
            maximumLength = field.maximumLength
        }
        characters = field.bounds?.characters
    }

    static let schema = Schema<Self> {
        Field("id", \.id, .text(max: 60), doc: "表单项标识")
        Field("title", \.title, .text(max: 100), doc: "名称")
        Field("kind", \.kind, .choice, doc: "类型")
        Field("options", \.options, .list(of: .text(max: 100)), doc: "选项")
        Field("is_required", \.isRequired, .flag, doc: "是否必填")
        Field("is_prefilled", \.isPrefilled, .flag, doc: "是否由系统带入")
        Field("minimum", \.minimum, .optional(.text(max: 30)), doc: "最小的数、金额（元）或最早的日期")
        Field("maximum", \.maximum, .optional(.text(max: 30)), doc: "最大的数、金额（元）或最晚的日期")
        Field("minimum_length", \.minimumLength, .optional(.integer(in: 0...10_000)), doc: "至少几个字")
        Field("maximum_length", \.maximumLength, .optional(.integer(in: 0...10_000)), doc: "最多几个字")
        Field("characters", \.characters, .optional(.choice), doc: "只能由什么组成：digits 数字，code 字母、数字和 - / .")
    }
}

extension CaseItemView {
    /// An item of a plan that is not a case yet.
    init(planned: PlannedItem) {
        id = planned.id
        title = planned.item.title
        department = planned.item.department
        after = planned.after
        promisedLimit = planned.item.promisedLimit.chinese
        statutoryLimit = planned.item.statutoryLimit?.chinese
        handling = planned.item.handling
        stateText = ItemState.beforeAcceptance
    }
}
