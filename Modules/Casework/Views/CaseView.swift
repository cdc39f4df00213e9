import Catalogue
public import Extension
public import Standards
import Storage

/// A case as the interface gives it to one viewer.
public struct CaseView: SchemaType, Versioned {
    public var id = ""
    public var version = 0
    public var number: String?
    public var theme = ""
    public var title = ""
    public var division = ""
    public var state = CaseState.draft
    public var stateText = ""
    public var createdAt = Instant(milliseconds: 0)
    public var submittedAt: Instant?
    public var acceptedAt: Instant?
    public var closedAt: Instant?
    public var acceptBy: DeadlineView?
    public var due: DeadlineView?
    public var acceptance: Acceptance.Mode?
    public var officeMilliseconds = 0
    public var waitingMilliseconds = 0
    public var answers: [String: String] = [:]
    public var form: [String: String] = [:]
    public var items: [CaseItemView] = []
    public var materials: [CaseMaterialView] = []
    public var corrections: [CorrectionView] = []
    public var departmentFaults: [FaultView] = []
    public var consents: [ConsentView] = []
    public var endingReason: String?
    public var competentAgency: String?
    public var endingGround: TerminationGround?
    public var endingRemedy: String?
    public var delivery: ResultDeliveryView?

    public init() {}

    /// What one viewer sees, with the times as of `now`.
    public init(_ sight: CaseSight, at now: Instant) {
        let file = sight.file
        id = file.id.text
        version = file.version
        number = file.number
        theme = sight.theme.id
        title = sight.theme.title
        division = file.division
        state = file.state
        stateText = file.state.chinese
        createdAt = file.times.created
        submittedAt = file.times.submitted
        acceptedAt = file.times.accepted
        closedAt = file.times.closed
        acceptBy = file.acceptBy.map(DeadlineView.init)
        due = file.due.map(DeadlineView.init)
        acceptance = file.acceptance?.mode
        let spent = file.timeSpent(at: now)
        officeMilliseconds = Int(spent.office)
        waitingMilliseconds = Int(spent.applicant)
        answers = file.answers
        form = file.form
        items = sight.plan.items.map { CaseItemView($0, sight) }
        materials = sight.materials.map {
            CaseMaterialView($0, file.materials[$0.id], takesUpload: file.takesUpload($0), for: sight.reader)
        }
        corrections = file.corrections.map(CorrectionView.init)
        departmentFaults = sight.role == .applicant ? [] : file.departmentFaults.map { FaultView($0.fault) }
        consents = sight.consentRoles.map { ConsentView(role: $0, sight: sight) }
        endingReason = file.ending?.reason
        competentAgency = file.ending?.competentAgency
        endingGround = file.ending?.ground
        endingRemedy = file.ending?.remedy
        delivery = file.delivery.map(ResultDeliveryView.init)
    }

    public static let schema = Schema<Self>(fields: identity + progress + content)

    private static let identity: [Field<CaseView>] = [
        Field("id", \.id, .text(max: 26), doc: "系统编号"),
        Field("version", \.version, .integer(in: 0...Int(Int32.max)), doc: "版本，修改时用 If-Match 带回"),
        Field("number", \.number, .optional(.text(max: 60)), doc: "办件编号"),
        Field("theme", \.theme, .text(max: 60), doc: "主题标识"),
        Field("title", \.title, .text(max: 60), doc: "主题名称"),
        Field("division", \.division, .text(max: 20), doc: "区划"),
        Field("state", \.state, .choice, doc: "状态"),
        Field("state_text", \.stateText, .text(max: 20), doc: "状态名称"),
    ]

    private static let progress: [Field<CaseView>] = [
        Field("created_at", \.createdAt, .instant, doc: "建立时间"),
        Field("submitted_at", \.submittedAt, .optional(.instant), doc: "提交时间"),
        Field("accepted_at", \.acceptedAt, .optional(.instant), doc: "受理时间"),
        Field("closed_at", \.closedAt, .optional(.instant), doc: "办结时间"),
        Field("accept_by", \.acceptBy, .optional(.object), doc: "受理或一次性告知的最后一日"),
        Field("due", \.due, .optional(.object), doc: "全部办结的最后一日"),
        Field("acceptance", \.acceptance, .optional(.choice), doc: "受理方式"),
        Field("office_ms", \.officeMilliseconds, .integer(in: 0...Int(Int64.max >> 12)), doc: "部门用时（毫秒）"),
        Field("waiting_ms", \.waitingMilliseconds, .integer(in: 0...Int(Int64.max >> 12)), doc: "等待申请人的时间（毫秒）"),
    ]

    private static let content: [Field<CaseView>] = [
        Field("answers", \.answers, .map(of: .text(max: 200)), doc: "情形答案"),
        Field("form", \.form, .map(of: .text(max: 2000, lines: true)), doc: "表单"),
        Field("items", \.items, .list(of: .object), doc: "事项"),
        Field("materials", \.materials, .list(of: .object), doc: "材料"),
        Field("corrections", \.corrections, .list(of: .object), doc: "补正通知"),
        Field("department_faults", \.departmentFaults, .list(of: .object), doc: "部门提出的补正意见"),
        Field("consents", \.consents, .list(of: .object), doc: "当事人确认"),
        Field("ending_reason", \.endingReason, .optional(.text(max: 2000, lines: true)), doc: "终止或不予受理的理由"),
        Field("competent_agency", \.competentAgency, .optional(.text(max: 200)), doc: "应向其申请的单位"),
        Field("ending_ground", \.endingGround, .optional(.choice), doc: "终止办理的法定情形"),
        Field("ending_remedy", \.endingRemedy, .optional(.text(max: 2000, lines: true)), doc: "终止办理的救济途径"),
        Field("delivery", \.delivery, .optional(.object), doc: "结果怎样送达"),
    ]
}

/// A deadline as the interface gives it.
public struct DeadlineView: SchemaType {
    public var day = LegalDay(ordinal: 0)
    /// Whether it reaches into a year whose holidays are not published yet (暂定).
    public var isProvisional = false

    public init() {}

    init(_ deadline: Deadline) {
        day = deadline.day
        isProvisional = deadline.isProvisional
    }

    public static let schema = Schema<Self> {
        Field("day", \.day, .day, doc: "日期")
        Field("is_provisional", \.isProvisional, .flag, doc: "是否暂定")
    }
}
