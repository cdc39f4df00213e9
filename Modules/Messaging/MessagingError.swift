public import Extension

/// Why a notice can't be sent, found or changed: what happened and what to do.
public struct MessagingError: ProblemConvertible, Sendable, Equatable, CustomStringConvertible {
    /// A stable code.
    public struct Code: RawRepresentable, Hashable, Sendable {
        public let rawValue: String
        public init(rawValue: String) { self.rawValue = rawValue }

        public static let notFound = Code(rawValue: "messaging.not_found")
        public static let forbidden = Code(rawValue: "messaging.forbidden")
        public static let unknownKind = Code(rawValue: "messaging.unknown_kind")
        public static let wrongState = Code(rawValue: "messaging.wrong_state")
        public static let badSignature = Code(rawValue: "messaging.bad_signature")
        public static let noChannel = Code(rawValue: "messaging.no_channel")
        public static let noPaper = Code(rawValue: "messaging.no_paper")
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

    static let notFound = MessagingError(.notFound, status: 404, "没有找到", "没有找到这条通知，或您无权查看。请核对后再查。")
    static let forbidden = MessagingError(
        .forbidden, status: 403, "没有权限", "您的岗位不能办理这项操作。如确有需要，请联系本单位管理员。")
    static let badSignature = MessagingError(
        .badSignature, status: 401, "签名不对", "短信回执的签名不对，没有采用。请核对短信平台的密钥和签名方法。")

    static func unknownKind(_ key: String) -> MessagingError {
        MessagingError(.unknownKind, status: 500, "没有这种通知", "没有名为 \(key) 的通知种类。请检查发出它的功能是否声明了这种通知。")
    }

    static func wrongState(_ delivery: Delivery, _ wanted: String) -> MessagingError {
        MessagingError(
            .wrongState, "现在不能\(wanted)", "这一次送达目前是“\(delivery.state.chinese)”，不能\(wanted)。请刷新页面，查看最新情况。")
    }

    static func invalid(_ findings: [Finding]) -> MessagingError {
        MessagingError(.invalid, status: 422, "填写的内容有误", "请按提示逐项修改后重新提交。", findings: findings)
    }
}
