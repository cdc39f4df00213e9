public import Extension

/// Why a case can't go the way that was asked.
public struct CaseworkError: ProblemConvertible, Sendable, Equatable, CustomStringConvertible {
    /// A stable code.
    public struct Code: RawRepresentable, Hashable, Sendable {
        public let rawValue: String
        public init(rawValue: String) { self.rawValue = rawValue }

        public static let wrongState = Code(rawValue: "casework.wrong_state")
        public static let notApplicable = Code(rawValue: "casework.not_applicable")
        public static let unanswered = Code(rawValue: "casework.unanswered")
        public static let duplicate = Code(rawValue: "casework.duplicate")
        public static let planChanged = Code(rawValue: "casework.plan_changed")
        public static let consentMissing = Code(rawValue: "casework.consent_missing")
        public static let consentRefused = Code(rawValue: "casework.consent_refused")
        public static let secondNotice = Code(rawValue: "casework.second_notice")
        public static let unmended = Code(rawValue: "casework.unmended")
        public static let faultsOpen = Code(rawValue: "casework.faults_open")
        public static let nothingToCorrect = Code(rawValue: "casework.nothing_to_correct")
        public static let dutySeparation = Code(rawValue: "casework.duty_separation")
        public static let gapOpen = Code(rawValue: "casework.gap_open")
        public static let notInForce = Code(rawValue: "casework.not_in_force")
        public static let noAgency = Code(rawValue: "casework.no_agency")
        public static let notFound = Code(rawValue: "casework.not_found")
        public static let forbidden = Code(rawValue: "casework.forbidden")
        public static let staleVersion = Code(rawValue: "casework.stale_version")
        public static let faultyTemplates = Code(rawValue: "casework.faulty_templates")
        public static let paperDamaged = Code(rawValue: "casework.paper_damaged")
        public static let alreadyServed = Code(rawValue: "casework.already_served")
        public static let invalid = Code(rawValue: "input.invalid")
    }

    public let code: Code
    public let status: Int
    public let title: String
    public let message: String
    public let findings: [Finding]

    init(_ code: Code, status: Int = 409, _ title: String, _ message: String, findings: [Finding] = []) {
        self.code = code
        self.status = status
        self.title = title
        self.message = message
        self.findings = findings
    }

    public var problem: Problem { Problem(status, code.rawValue, title, message, findings: findings) }
    public var description: String { "\(message)[\(code.rawValue)]" }
}

extension CaseworkError {
    /// A step of a case was asked for on the command line in nobody's name.
    static let namelessAct = CaseworkError(
        .forbidden, status: 403, "没有写明由谁办理", "提交、受理、审批等都须由有权限的人办理。请用 --as 写明账号，例如 --as clerk。")

    static func wrongState(_ file: CaseFile, _ wanted: String) -> CaseworkError {
        CaseworkError(
            .wrongState, "现在不能\(wanted)", "这件事目前是“\(file.state.chinese)”，不能\(wanted)。请重新打开这件事，查看最新进展。")
    }

    static let alreadyDeemed = CaseworkError(
        .wrongState, "已经视为受理", "受理期限已过，没有一次性告知补正，这件事自收到申请之日起已视为受理（行政许可法第三十二条），不能再受理、要求补正或不予受理。请刷新页面，按受理后的程序办理。")

    static func invalid(_ findings: [Finding]) -> CaseworkError {
        CaseworkError(.invalid, status: 422, "填写的内容有误", "请按提示逐项修改后重新提交。", findings: findings)
    }

    static func faultyTemplates(_ findings: [Finding]) -> CaseworkError {
        CaseworkError(
            .faultyTemplates, status: 500, "文书模板有误",
            "文书模板有 \(findings.count) 处问题。请按提示逐处改好，用 yiciban paper check 检查。", findings: findings)
    }

    static func paperDamaged(_ paper: CasePaper) -> CaseworkError {
        CaseworkError(
            .paperDamaged, status: 500, "文书的内容不对",
            "文书 \(paper.number) 的内容缺失，或者不是当时出具的。请告诉管理员，用 yiciban audit verify 核查。")
    }

    static let malformedCursor = CaseworkError.invalid([
        Finding("after", "cursor.malformed", "翻页参数不对，请从第一页重新查看。")
    ])

    static let notFound = CaseworkError(
        .notFound, status: 404, "没有找到", "没有找到这件事，或您无权查看。请核对编号后再查。")

    static let forbidden = CaseworkError(.forbidden, status: 403, "没有权限", "您的岗位不能办理这项操作。如确有需要，请联系本单位管理员。")

    static let staleVersion = CaseworkError(
        .staleVersion, status: 412, "已被更新", "在您查看之后，这件事已由他人或在别处更新过。请重新打开，核对最新内容后再操作。")
}
