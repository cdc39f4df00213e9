public import Extension
import Standards

/// The seven element groups of a licence's norm (实施规范, R02.3) and what every guide needs besides.
public enum ElementGroup: String, Sendable, CaseIterable, Codable {
    case conditions = "许可条件"
    case materials = "申请材料"
    case procedure = "审批程序"
    case fees = "收费标准"
    case supervisor = "监管主体"
    case supervisionPoints = "重点环节"
    case supervisionRules = "监管规则标准"
    /// What a guide needs besides: basis, places, hours, contacts.
    case guide = "办事指南"
}

extension CatalogueItem {
    /// The groups of which something is missing, with what it is; empty when the item may be published.
    ///
    /// The supervision groups are demanded of licences alone.
    public var gaps: [(group: ElementGroup, missing: String)] {
        var gaps: [(ElementGroup, String)] = []
        func need(_ group: ElementGroup, _ isThere: Bool, _ what: String) { if !isThere { gaps.append((group, what)) } }
        need(.conditions, !conditions.isEmpty, "受理条件")
        need(.materials, !materials.isEmpty || needsNoMaterials, "申请材料（没有的写“无”）")
        need(.procedure, !steps.isEmpty, "办理流程")
        need(.fees, !fees.isEmpty || isFree, "收费标准（不收费的写“否”）")
        if kind == .licence {
            need(.supervisor, supervisor?.isEmpty == false, "监管主体")
            need(.supervisionPoints, supervisionPoints?.isEmpty == false, "监管重点环节")
            need(.supervisionRules, supervisionRules?.isEmpty == false, "监管规则和标准")
        }
        need(.guide, !legalBasis.isEmpty, "设定依据")
        need(.guide, !audiences.isEmpty, "服务对象")
        need(.guide, !place.isEmpty, "办理地点")
        need(.guide, !hours.isEmpty, "办理时间")
        need(.guide, !contact.isEmpty, "咨询方式")
        need(.guide, !complaints.isEmpty, "监督投诉方式")
        return gaps
    }

    /// What contradicts itself, field by field; unlike gaps these are refused at once.
    public var contradictions: [Finding] {
        var findings: [Finding] = []
        if isFree, !fees.isEmpty {
            findings.append(Finding("is_free", "item.fees", "写了不收费，又列了收费项目，请改成一致。"))
        }
        if needsNoMaterials, !materials.isEmpty {
            findings.append(Finding("needs_no_materials", "item.materials", "写了无需材料，又列了材料，请改成一致。"))
        }
        if let statutoryLimit, promisedLimit.isLonger(than: statutoryLimit) {
            findings.append(
                Finding(
                    "promised_limit", "item.limit",
                    "承诺时限（\(promisedLimit.chinese)）长于法定时限（\(statutoryLimit.chinese)），请核对。"))
        }
        if handling == .onTheSpot, promisedLimit != .onTheSpot, promisedLimit.isLonger(than: .workingDays(1)) {
            findings.append(
                Finding("handling", "item.handling", "即办件应当场或一个工作日内办结，承诺时限却是\(promisedLimit.chinese)。"))
        }
        if reformMode == .filing, kind == .licence {
            findings.append(Finding("reform_mode", "item.reform", "改为备案的事项不再是行政许可，请改事项类型或改革方式。"))
        }
        return findings
    }
}
