public import Extension
public import Standards

/// An item of the catalogue as an organ implements it (事项实施清单), in one version: the one record from which portal,
/// console, interface and command line speak (R02.10).
///
/// Field names of the national exchange schema stand beside each field in ``ItemColumn``.
public struct CatalogueItem: SchemaType, Hashable {
    /// The implementing code (实施编码), 31 characters.
    public var code = ""
    /// The code by which the place itself knows it (地方编码), such as `P03` in theme bundles.
    public var localCode: String?
    public var title = ""
    /// The kind of power (事项类型).
    public var kind = Kind.licence
    /// The department's key, such as 公安.
    public var department = ""
    /// The name of the implementing organ (实施机构).
    public var organ = ""
    /// The organ that delegated the power (委托机关); nil when it is the organ's own.
    public var delegatedBy: String?
    /// The law that the item stands on (设定依据).
    public var legalBasis = ""
    public var handling = Handling.promised
    /// Who may apply (服务对象).
    public var audiences: [Audience] = []

    // The seven element groups of a licence's norm (R02.3).

    /// 许可条件
    public var conditions = ""
    /// 申请材料
    public var materials: [ItemMaterial] = []
    /// Whether it is stated that no material is needed.
    public var needsNoMaterials = false
    /// 审批程序
    public var steps: [ItemStep] = []
    /// 收费标准; empty with ``isFree`` is stated to cost nothing.
    public var fees: [ItemFee] = []
    /// Whether it is stated that nothing is charged.
    public var isFree = false
    /// 监管主体
    public var supervisor: String?
    /// 监管重点环节
    public var supervisionPoints: String?
    /// 监管规则和标准
    public var supervisionRules: String?

    /// The legal limit (法定办结时限); nil when the law names none.
    public var statutoryLimit: TimeLimit?
    /// The promised limit (承诺办结时限).
    public var promisedLimit = TimeLimit.onTheSpot
    /// Which special procedures stop the clock, and for how long.
    public var specialProcedures: String?
    /// How often an applicant must come (到办事现场次数).
    public var visits = 0
    /// What is issued.
    public var result: String?
    /// The five ways of handling (五个“办”, R00.2).
    public var ways: [HandlingWay] = []
    /// How far it goes online (网办深度, R05.19).
    public var onlineDepth: OnlineDepth?
    /// The mode of 证照分离 for an enterprise's operating licence (R04.2).
    public var reformMode: ReformMode?
    /// 通办范围
    public var scope: String?
    /// 咨询方式
    public var contact = ""
    /// 监督投诉方式
    public var complaints = ""
    /// 办理地点
    public var place = ""
    /// 办理时间
    public var hours = ""
    /// 常见问题
    public var answers: [ItemAnswer] = []

    public init() {}

    public static let schema = Schema<Self>(fields: identityFields + elementFields + serviceFields)

    private static let identityFields: [Field<Self>] = [
        Field("code", \.code, .parsed(name: "实施编码", { try TaskCode($0).text }, text: { $0 }), doc: "实施编码（31 位）"),
        Field("local_code", \.localCode, .optional(.text(max: 60)), doc: "地方编码"),
        Field("title", \.title, .text(min: 2, max: 200), doc: "事项名称"),
        Field("kind", \.kind, .choice, doc: "事项类型"),
        Field("department", \.department, .text(max: 40).withDefault, doc: "部门"),
        Field("organ", \.organ, .text(max: 100).withDefault, doc: "实施机构"),
        Field("delegated_by", \.delegatedBy, .optional(.text(max: 100)), doc: "委托机关"),
        Field("legal_basis", \.legalBasis, .text(max: 8000, lines: true).withDefault, doc: "设定依据"),
        Field("handling", \.handling, .choice.withDefault, doc: "办件类型"),
        Field("audiences", \.audiences, .list(of: .choice, max: 20).withDefault, doc: "服务对象"),
    ]

    private static let elementFields: [Field<Self>] = [
        Field("conditions", \.conditions, .text(max: 8000, lines: true).withDefault, doc: "受理条件"),
        Field("materials", \.materials, .list(of: .object, max: 200).withDefault, doc: "申请材料"),
        Field("needs_no_materials", \.needsNoMaterials, .flag.withDefault, doc: "无需提交材料"),
        Field("steps", \.steps, .list(of: .object, max: 60).withDefault, doc: "办理流程"),
        Field("fees", \.fees, .list(of: .object, max: 60).withDefault, doc: "收费"),
        Field("is_free", \.isFree, .flag.withDefault, doc: "不收费"),
        Field("supervisor", \.supervisor, .optional(.text(max: 200)), doc: "监管主体"),
        Field("supervision_points", \.supervisionPoints, .optional(.text(max: 4000, lines: true)), doc: "监管重点环节"),
        Field("supervision_rules", \.supervisionRules, .optional(.text(max: 4000, lines: true)), doc: "监管规则和标准"),
        Field("statutory_limit", \.statutoryLimit, .optional(.limit), doc: "法定办结时限"),
        Field("promised_limit", \.promisedLimit, .limit, doc: "承诺办结时限"),
        Field("special_procedures", \.specialProcedures, .optional(.text(max: 4000, lines: true)), doc: "特别程序"),
    ]

    private static let serviceFields: [Field<Self>] = [
        Field("visits", \.visits, .integer(in: 0...20).withDefault, doc: "到现场次数"),
        Field("result", \.result, .optional(.text(max: 200)), doc: "审批结果"),
        Field("ways", \.ways, .list(of: .choice, max: 5).withDefault, doc: "五个“办”"),
        Field("online_depth", \.onlineDepth, .optional(.choice), doc: "网办深度"),
        Field("reform_mode", \.reformMode, .optional(.choice), doc: "证照分离改革方式"),
        Field("scope", \.scope, .optional(.text(max: 100)), doc: "通办范围"),
        Field("contact", \.contact, .text(max: 400, lines: true).withDefault, doc: "咨询方式"),
        Field("complaints", \.complaints, .text(max: 400, lines: true).withDefault, doc: "监督投诉方式"),
        Field("place", \.place, .text(max: 400, lines: true).withDefault, doc: "办理地点"),
        Field("hours", \.hours, .text(max: 400, lines: true).withDefault, doc: "办理时间"),
        Field("answers", \.answers, .list(of: .object, max: 60).withDefault, doc: "常见问题"),
    ]
}

extension CatalogueItem {
    /// The basic code (基本编码), the same wherever the item is handled; empty while the code is none.
    public var basicCode: String { String(code.suffix(12)) }
    /// The credit code of the implementing organ.
    public var organCode: String { String(code.prefix(18)) }
    /// The level at which it is exercised (行使层级); nil while the code is none.
    public var level: AdministrativeLevel? { (try? TaskCode(code))?.level }
}

extension Format where Value == TimeLimit {
    /// A limit such as `20wd`, or as people write it: 20个工作日, 15天, 3个月, 当场.
    static var limit: Format {
        .parsed(name: "时限", { try TimeLimit(writtenInChinese: $0) }, text: { $0.text })
    }
}
