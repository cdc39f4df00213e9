/// What a paper may say of its case: the placeholders of templates, by the words that stand in them.
enum PaperField: String, Sendable, CaseIterable {
    // Of every case.
    case applicant = "申请人"
    case applicantNumber = "证件号码"
    case agent = "经办人"
    case caseNumber = "办件编号"
    case theme = "事项"
    case agency = "承办单位"
    case submitted = "申请日期"
    case day = "日期"
    case remedy = "救济途径"

    // Of the receipt.
    case received = "收件日期"
    case answerBy = "受理期限"
    case isSupplement = "补交"
    case materials = "材料清单"

    // Of the acceptance.
    case accepted = "受理日期"
    case isDeemed = "视为受理"
    /// Said where the law of administrative licences applies.
    case isLicensing = "属于行政许可"
    case due = "办理期限"
    case gaps = "容缺材料"
    case items = "事项清单"

    // Of refusals and endings.
    case reason = "理由"
    case competentAgency = "有权机关"
    case ground = "情形"
    case furtherRemedy = "补救办法"

    // Of the correction notice.
    case faults = "问题清单"
    case correctBy = "补正期限"
    case correctionDays = "补正工作日"
    case faultCount = "问题数"

    // Of one item.
    case item = "事项名称"
    case act = "行为"
    case procedure = "特殊程序"
    case procedureStart = "开始日期"
    case expectedDays = "预计天数"
    case decided = "决定日期"
    case results = "结果清单"

    // Of the proof of service.
    case servedTitle = "送达文书"
    case servedNumber = "送达文书文号"
    case way = "送达方式"
    case recipient = "收件人"
    case servedOn = "送达日期"
    case tracking = "邮件号码"
    case server = "送达人"

    /// Whether it is a table and so stands in a block of its own.
    var isList: Bool {
        switch self {
        case .materials, .items, .faults, .results: true
        default: false
        }
    }
}

extension PaperKind {
    private static let common: [PaperField] = [
        .applicant, .applicantNumber, .agent, .caseNumber, .theme, .agency, .submitted, .day,
    ]

    /// What a template of this kind may say.
    var fields: [PaperField] {
        Self.common
            + {
                switch self {
                case .receipt: [.received, .answerBy, .isSupplement, .materials]
                case .acceptance: [.accepted, .isDeemed, .due, .gaps, .items]
                case .nonAcceptance: [.reason, .competentAgency, .remedy]
                case .correction: [.isLicensing, .faults, .faultCount, .correctBy, .correctionDays]
                case .specialProcedure: [.isLicensing, .item, .procedure, .reason, .procedureStart, .expectedDays]
                case .grant, .completion: [.item, .act, .decided, .results]
                case .refusal: [.item, .act, .decided, .reason, .furtherRemedy, .remedy]
                case .termination: [.ground, .reason, .remedy]
                case .service:
                    [.servedTitle, .servedNumber, .way, .recipient, .servedOn, .tracking, .server]
                }
            }()
    }

    /// What a template of this kind must say, since the paper has no force, or tells nothing, without it.
    var requiredFields: [PaperField] {
        switch self {
        case .receipt: [.applicant, .materials]
        case .acceptance: [.applicant, .due]
        case .nonAcceptance: [.applicant, .reason, .competentAgency, .remedy]
        case .correction: [.applicant, .faults, .correctBy]
        case .specialProcedure: [.applicant, .item, .reason, .procedureStart]
        case .grant, .completion: [.applicant, .item]
        case .refusal: [.applicant, .item, .reason, .remedy]
        case .termination: [.applicant, .reason, .remedy]
        case .service: [.servedTitle, .servedNumber, .way, .recipient, .servedOn]
        }
    }
}
