extension CatalogueItem {
    /// The kind of power (事项类型) with the codes of the national platform.
    public enum Kind: String, Sendable, CaseIterable, Codable {
        case licence = "行政许可"
        case punishment = "行政处罚"
        case coercion = "行政强制"
        case levy = "行政征收"
        case grant = "行政给付"
        case inspection = "行政检查"
        case confirmation = "行政确认"
        case reward = "行政奖励"
        case ruling = "行政裁决"
        case filing = "行政备案"
        case other = "其他行政权力"
        case publicService = "公共服务"

        /// The code in the national exchange schema (task_type); a filing is one of the other powers there.
        public var nationalCode: String {
            switch self {
            case .licence: "01"
            case .punishment: "02"
            case .coercion: "03"
            case .levy: "04"
            case .grant: "05"
            case .inspection: "06"
            case .confirmation: "07"
            case .reward: "08"
            case .ruling: "09"
            case .filing, .other: "10"
            case .publicService: "20"
            }
        }
    }

    /// 办件类型
    public enum Handling: String, Sendable, CaseIterable, Codable {
        /// Decided while the applicant waits.
        case onTheSpot = "即办件"
        /// Decided within the promised limit.
        case promised = "承诺件"
    }

    /// 服务对象
    public enum Audience: String, Sendable, CaseIterable, Codable {
        case person = "自然人"
        case enterprise = "企业法人"
        case institution = "事业法人"
        case socialOrganisation = "社会组织法人"
        case unincorporated = "非法人企业"
        case agency = "行政机关"
        case other = "其他"
    }

    /// 五个“办” (R00.2)
    public enum HandlingWay: String, Sendable, CaseIterable, Codable {
        case online = "网上可办"
        case selfService = "自助简办"
        case crossRegion = "跨域通办"
        case grassRoots = "基层能办"
        case fastForEnterprises = "企业快办"
    }

    /// 网办深度 (R05.19)
    public enum OnlineDepth: String, Sendable, CaseIterable, Codable {
        /// Information.
        case information = "Ⅰ级"
        /// Acceptance.
        case acceptance = "Ⅱ级"
        /// From end to end without a visit.
        case endToEnd = "Ⅲ级"
        /// From end to end, delivered as an electronic licence.
        case electronicResult = "Ⅳ级"
    }

    /// 证照分离 (R04.2): what became of an enterprise's operating licence.
    public enum ReformMode: String, Sendable, CaseIterable, Codable {
        case cancelled = "直接取消审批"
        case filing = "审批改为备案"
        case commitment = "实行告知承诺"
        case improved = "优化审批服务"

        /// What the mode forbids (R04.3).
        public var consequence: String {
            switch self {
            case .cancelled: "已取消审批，不得受理申请。"
            case .filing: "已改为备案，材料齐全即备案，不得不予办理。"
            case .commitment: "申请人签署承诺书的，当场作出决定。"
            case .improved: "仍需审批，按压减后的材料和时限办理。"
            }
        }
    }
}
