public import Extension

/// Why a payment can't go the way that was asked: what happened and what to do.
public struct PaymentError: ProblemConvertible, Sendable, Equatable, CustomStringConvertible {
    /// A stable code.
    public struct Code: RawRepresentable, Hashable, Sendable {
        public let rawValue: String
        public init(rawValue: String) { self.rawValue = rawValue }

        public static let notFound = Code(rawValue: "payment.not_found")
        public static let forbidden = Code(rawValue: "payment.forbidden")
        public static let wrongState = Code(rawValue: "payment.wrong_state")
        public static let amount = Code(rawValue: "payment.amount")
        public static let notListed = Code(rawValue: "payment.not_listed")
        public static let noChannel = Code(rawValue: "payment.no_channel")
        public static let channel = Code(rawValue: "payment.channel")
        public static let unproven = Code(rawValue: "payment.unproven")
        public static let secondPerson = Code(rawValue: "payment.second_person")
        public static let drawer = Code(rawValue: "payment.drawer")
        public static let ledger = Code(rawValue: "payment.ledger")
        public static let bill = Code(rawValue: "payment.bill")
        public static let invalid = Code(rawValue: "input.invalid")
    }

    public let code: Code
    public let status: Int
    public let title: String
    /// What happened and what to do, in Chinese.
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

    static let notFound = PaymentError(.notFound, status: 404, "没有找到", "没有找到这笔缴费，或您无权查看。请从办件页面重新打开。")
    static let forbidden = PaymentError(.forbidden, status: 403, "没有权限", "您的岗位不能办理这项收费操作。如确有需要，请联系本单位管理员。")

    static func wrongState(_ order: PaymentOrder, _ action: String) -> PaymentError {
        PaymentError(.wrongState, "现在不能\(action)", "这笔缴费现在是“\(order.state.chinese)”，不能\(action)。请刷新后再看。")
    }

    static func noChannel(_ channel: ChannelID) -> PaymentError {
        PaymentError(.noChannel, status: 422, "这种付款方式没有开通", "本地没有开通\(channel.chinese)，请换一种方式付款，或到窗口缴费。")
    }
}
