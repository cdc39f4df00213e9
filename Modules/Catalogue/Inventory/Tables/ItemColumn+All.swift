import Extension
import Standards

extension ItemColumn {
    /// All columns in the order in which they are written.
    static let all: [ItemColumn] = identity + limits + elements + supervision + service

    private static let identity: [ItemColumn] = [
        .text("code", "实施编码", ["task_code", "事项编码"], isRequired: true) { $0.code },
        .text("local_code", "地方编码", ["local_task_code", "地方实施编码"]) { $0.localCode },
        .text("title", "事项名称", ["task_name", "名称", "业务办理项名称"], isRequired: true) { $0.title },
        .choice(
            "kind", "事项类型", ["task_type", "权力类型"], isRequired: true,
            codes: Dictionary(
                CatalogueItem.Kind.allCases.flatMap { kind in
                    [(kind.nationalCode, kind), (String(Int(kind.nationalCode) ?? 0), kind)]
                }, uniquingKeysWith: { $1 })
        ) { $0.kind },
        .text("department", "部门", ["department", "部门简称"]) { $0.department },
        .text("organ", "实施机构", ["dept_name", "实施主体", "实施部门"]) { $0.organ },
        .text("delegated_by", "委托机关", ["entrust_name", "委托部门"]) { $0.delegatedBy },
        .text("legal_basis", "设定依据", ["by_law", "法律依据"]) { $0.legalBasis },
        .choice(
            "handling", "办件类型", ["project_type"], codes: ["1": .onTheSpot, "2": .promised]
        ) { $0.handling },
        .choices(
            "audiences", "服务对象", ["serve_type", "serve_object"],
            codes: [
                "1": .person, "2": .enterprise, "3": .institution, "4": .socialOrganisation, "5": .unincorporated,
                "6": .agency, "9": .other, "个人": .person, "企业": .enterprise, "法人": .enterprise,
            ]
        ) { $0.audiences },
    ]

    private static let limits: [ItemColumn] = [
        limit("statutory_limit", "法定办结时限", ["anticipate_day", "法定时限"]) { $0.statutoryLimit?.chinese },
        limit("promised_limit", "承诺办结时限", ["promise_day", "承诺时限"], isRequired: true) { $0.promisedLimit.chinese },
        .text("special_procedures", "特别程序", ["special_procedure", "特殊程序"]) { $0.specialProcedures },
        ItemColumn(
            "visits", "到现场次数", ["limit_scene_num", "到办事现场次数"],
            read: { cell in
                let digits = cell.replacing("次", with: "")
                return Int(digits).map { .fields(["visits": .integer(Int64($0))]) } ?? .fault("到现场次数应写数字，例如 0 或 1。")
            }, write: { "\($0.visits)" }),
    ]

    private static let supervision: [ItemColumn] = [
        .text("supervisor", "监管主体", ["supervise_dept"]) { $0.supervisor },
        .text("supervision_points", "监管重点环节", ["重点环节"]) { $0.supervisionPoints },
        .text("supervision_rules", "监管规则和标准", ["监管规则标准"]) { $0.supervisionRules },
    ]

    private static let service: [ItemColumn] = [
        .text("result", "审批结果", ["result_name", "审批结果名称", "结果名称"]) { $0.result },
        .choices("ways", "五个办", ["五个“办”"], codes: [:]) { $0.ways },
        .choice(
            "online_depth", "网办深度", ["online_handle_depth"],
            codes: [
                "1": .information, "2": .acceptance, "3": .endToEnd, "4": .electronicResult, "I级": .information,
                "II级": .acceptance, "III级": .endToEnd, "IV级": .electronicResult, "一级": .information,
                "二级": .acceptance, "三级": .endToEnd, "四级": .electronicResult,
            ]
        ) { $0.onlineDepth },
        .choice(
            "reform_mode", "证照分离改革方式", ["改革方式"],
            codes: ["告知承诺": CatalogueItem.ReformMode.commitment, "取消审批": .cancelled]
        ) { $0.reformMode },
        .text("scope", "通办范围", ["handle_area"]) { $0.scope },
        .text("contact", "咨询方式", ["link_way", "咨询电话"]) { $0.contact },
        .text("complaints", "监督投诉方式", ["supervise_way", "投诉电话"]) { $0.complaints },
        .text("place", "办理地点", ["transact_addr"]) { $0.place },
        .text("hours", "办理时间", ["transact_time"]) { $0.hours },
        ItemColumn(
            "answers", "常见问题", ["questions"],
            read: { cell in
                .fields([
                    "answers": .array(
                        CellList.lines(cell).map { line in
                            CellList.object([
                                ("question", .string(line.part(0))), ("answer", .string(line.part(1))),
                            ])
                        })
                ])
            }, write: { CellList.cell($0.answers.map { [$0.question, $0.answer] }) }),
    ]

    private static func limit(
        _ field: String, _ title: String, _ aliases: [String], isRequired: Bool = false,
        _ value: @escaping @Sendable (CatalogueItem) -> String?
    ) -> ItemColumn {
        ItemColumn(
            field, title, aliases, isRequired: isRequired,
            read: { ["无", "-", "—", "/"].contains($0) ? .none : .fields([field: .string($0)]) },
            write: { value($0) ?? "" })
    }
}
