public import Catalogue
public import Extension
public import Standards
import Storage

/// One item of a case as the interface gives it.
public struct CaseItemView: SchemaType {
    public var id = ""
    public var title = ""
    public var department = ""
    public var agency: String?
    public var state = ItemState.waiting
    public var stateText = ""
    public var after: [String] = []
    public var openedAt: Instant?
    public var due: DeadlineView?
    public var legalDue: DeadlineView?
    public var promisedLimit = ""
    public var statutoryLimit: String?
    public var handling = ItemDefinition.Handling.here
    public var outcome: Decision.Outcome?
    public var decidedAt: Instant?
    public var reason: String?
    public var remedy: String?
    public var note: String?
    public var outsideNumber: String?
    public var procedure: String?
    public var results: [ResultView] = []
    public var charge: ItemChargeView?

    public init() {}

    init(_ planned: PlannedItem, _ sight: CaseSight) {
        id = planned.id
        title = planned.item.title
        department = planned.item.department
        after = planned.after
        promisedLimit = planned.item.promisedLimit.chinese
        statutoryLimit = planned.item.statutoryLimit?.chinese
        handling = planned.item.handling
        stateText = ItemState.beforeAcceptance
        guard let task = sight.file.task(planned.id) else { return }
        agency = sight.agencyNames[task.agency]
        state = task.state
        stateText = task.standing(isAccepted: sight.file.times.accepted != nil)
        openedAt = task.opened
        due = task.due.map(DeadlineView.init)
        legalDue = task.legalDue.map(DeadlineView.init)
        note = task.note
        outsideNumber = task.outsideNumber
        procedure = task.openPause.map { "\($0.kind.chinese)：\($0.reason)" }
        charge = task.charge.map(ItemChargeView.init)
        guard let decision = task.decision else { return }
        outcome = decision.outcome
        decidedAt = decision.at
        reason = decision.reason.isEmpty ? nil : decision.reason
        remedy = decision.remedy.isEmpty ? nil : decision.remedy
        results = decision.results.map(ResultView.init)
    }

    public static let schema = Schema<Self>(fields: what + when + outcomeFields)

    private static let what: [Field<CaseItemView>] = [
        Field("id", \.id, .text(max: 40), doc: "事项标识"),
        Field("title", \.title, .text(max: 100), doc: "事项名称"),
        Field("department", \.department, .text(max: 60), doc: "承办部门"),
        Field("agency", \.agency, .optional(.text(max: 100)), doc: "承办单位"),
        Field("state", \.state, .choice, doc: "状态"),
        Field("state_text", \.stateText, .text(max: 20), doc: "状态名称"),
        Field("after", \.after, .list(of: .text(max: 40)), doc: "前序事项"),
        Field("handling", \.handling, .choice, doc: "在本系统或在部门系统办理"),
    ]

    private static let when: [Field<CaseItemView>] = [
        Field("opened_at", \.openedAt, .optional(.instant), doc: "开始办理时间"),
        Field("due", \.due, .optional(.object), doc: "承诺办结日"),
        Field("legal_due", \.legalDue, .optional(.object), doc: "法定办结日"),
        Field("promised_limit", \.promisedLimit, .text(max: 40), doc: "承诺时限"),
        Field("statutory_limit", \.statutoryLimit, .optional(.text(max: 40)), doc: "法定时限"),
        Field("charge", \.charge, .optional(.object), doc: "要先缴的费用"),
        Field("procedure", \.procedure, .optional(.text(max: 2000, lines: true)), doc: "正在进行的特殊程序"),
    ]

    private static let outcomeFields: [Field<CaseItemView>] = [
        Field("outcome", \.outcome, .optional(.choice), doc: "决定"),
        Field("decided_at", \.decidedAt, .optional(.instant), doc: "决定时间"),
        Field("reason", \.reason, .optional(.text(max: 2000, lines: true)), doc: "不予批准的理由"),
        Field("remedy", \.remedy, .optional(.text(max: 2000, lines: true)), doc: "救济途径"),
        Field("note", \.note, .optional(.text(max: 500)), doc: "说明"),
        Field("outside_number", \.outsideNumber, .optional(.text(max: 100)), doc: "部门系统办件号"),
        Field("results", \.results, .list(of: .object), doc: "结果"),
    ]
}

/// A fee of an item as the interface gives it.
public struct ItemChargeView: SchemaType {
    public var order = ""
    public var amount = 0
    public var demandedAt = Instant(milliseconds: 0)
    public var settledAt: Instant?

    public init() {}

    init(_ charge: ItemCharge) {
        order = charge.order.text
        amount = Int(charge.amount.fen)
        demandedAt = charge.demanded
        settledAt = charge.settled
    }

    public static let schema = Schema<Self> {
        Field("order", \.order, .text(max: 26), doc: "缴费单编号")
        Field("amount", \.amount, Format.integer(in: 0...100_000_000_000), doc: "应缴（分）")
        Field("demanded_at", \.demandedAt, .instant, doc: "从什么时候起等待缴费，期间不计时")
        Field("settled_at", \.settledAt, .optional(.instant), doc: "缴费时间")
    }
}

/// A result of an item as the interface gives it.
public struct ResultView: SchemaType {
    public var result = ""
    public var title = ""
    public var licence = ""

    public init() {}

    init(_ issued: IssuedResult) {
        result = issued.result
        title = issued.title
        licence = issued.licence.text
    }

    public static let schema = Schema<Self> {
        Field("result", \.result, .text(max: 60), doc: "结果标识")
        Field("title", \.title, .text(max: 100), doc: "结果名称")
        Field("licence", \.licence, .text(max: 26), doc: "电子证照的系统编号")
    }
}
