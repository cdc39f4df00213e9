public import Extension

/// Why the organisation can't be changed or asked in that way.
public struct OrganisationError: ProblemConvertible, Sendable, Equatable, CustomStringConvertible {
    /// A stable code.
    public struct Code: RawRepresentable, Hashable, Sendable {
        public let rawValue: String
        public init(rawValue: String) { self.rawValue = rawValue }

        /// No agency of that identifier, or none in force on the day.
        public static let agencyUnknown = Code(rawValue: "organisation.agency_unknown")
        /// No division of that code.
        public static let divisionUnknown = Code(rawValue: "organisation.division_unknown")
        /// No site of that identifier.
        public static let siteUnknown = Code(rawValue: "organisation.site_unknown")
        /// No role of that name.
        public static let roleUnknown = Code(rawValue: "organisation.role_unknown")
        /// No post of that identifier.
        public static let postUnknown = Code(rawValue: "organisation.post_unknown")
        /// A day that does not fit the days of what it is about.
        public static let dayMisplaced = Code(rawValue: "organisation.day_misplaced")
        /// A merger or split that is none.
        public static let successionMalformed = Code(rawValue: "organisation.succession_malformed")
        /// A deployment file whose organisation contradicts itself.
        public static let layoutInvalid = Code(rawValue: "organisation.layout_invalid")
    }

    public let code: Code
    /// The HTTP status that tells it.
    public let status: Int
    /// What happened and what to do, in Chinese.
    public let message: String
    /// All findings, when a layout is refused.
    public let findings: [Finding]

    init(_ code: Code, status: Int = 422, _ message: String, findings: [Finding] = []) {
        self.code = code
        self.status = status
        self.message = message
        self.findings = findings
    }

    public var problem: Problem { Problem(status, code.rawValue, "机构设置有误", message, findings: findings) }

    public var description: String {
        "\(message)[\(code.rawValue)]" + findings.map { "\n  - \($0.field)：\($0.message)" }.joined()
    }
}

extension OrganisationError {
    static let agencyUnknown = OrganisationError(.agencyUnknown, status: 404, "没有找到这个单位，或它在这一天不存在。请核对单位和日期。")

    static let siteUnknown = OrganisationError(.siteUnknown, status: 404, "没有找到这个服务场所，请核对后重试。")

    static func divisionUnknown(_ code: String) -> OrganisationError {
        OrganisationError(.divisionUnknown, status: 404, "本系统没有区划 \(code)，请核对代码，或先在部署设置里加上它。")
    }

    static func roleUnknown(_ role: String, among known: some Sequence<String>) -> OrganisationError {
        let hint = nearest(to: role, among: known).map { "，是否想写 \($0)" } ?? ""
        return OrganisationError(
            .roleUnknown, "没有名为 \(role) 的角色\(hint)。可用的角色：\(known.sorted().joined(separator: "、"))。")
    }
}
