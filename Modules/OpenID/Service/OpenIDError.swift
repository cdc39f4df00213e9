public import Extension

/// Why something about applications and their sign-in can't be done, as people are told.
public struct OpenIDError: ProblemConvertible, Sendable, Equatable, CustomStringConvertible {
    /// A stable code.
    public enum Code: String, Sendable {
        /// No such application, or it is suspended.
        case client = "openid.client_unknown"
        /// The address to go back to is not registered.
        case redirect = "openid.redirect_mismatch"
        /// The request can't be read.
        case request = "openid.request_invalid"
        /// The actor may not manage applications.
        case denied = "openid.denied"
        /// What was entered has findings.
        case invalid = "input.invalid"
        /// No key can sign now.
        case keys = "openid.keys"
        /// No such consent.
        case consent = "openid.consent_unknown"
    }

    public let code: Code
    /// The HTTP status that tells it.
    public let status: Int
    public let title: String
    /// What happened and what to do, in Chinese.
    public let message: String
    /// All findings of a validation.
    public let findings: [Finding]

    init(_ code: Code, _ status: Int, _ title: String, _ message: String, findings: [Finding] = []) {
        self.code = code
        self.status = status
        self.title = title
        self.message = message
        self.findings = findings
    }

    public var problem: Problem { Problem(status, code.rawValue, title, message, findings: findings) }
    public var description: String {
        ([message] + findings.map { "\($0.field)：\($0.message)" }).joined(separator: "\n") + "[\(code.rawValue)]"
    }
}

extension OpenIDError {
    static let clientUnknown = OpenIDError(
        .client, 400, "不认识这个系统", "您要进入的系统没有在这里登记，或者已经停用。请回到原来的网站，联系它的管理员。")
    static let redirectMismatch = OpenIDError(
        .redirect, 400, "返回地址不对", "您要进入的系统给出的返回地址没有登记，为保护您的信息，没有继续。请联系那个系统的管理员。")
    static let denied = OpenIDError(.denied, 403, "没有权限", "您的账号没有管理接入系统的权限。如确有需要，请联系本单位管理员。")
    static let noSuchClient = OpenIDError(.client, 404, "没有找到", "没有找到这个接入系统，请用 yiciban client list 核对编号。")
    static let noSuchConsent = OpenIDError(.consent, 404, "没有找到", "没有找到这项授权，它可能已经收回。请重新查看。")

    static func invalid(_ findings: [Finding]) -> OpenIDError {
        OpenIDError(.invalid, 422, "填写的内容有误", "请按提示逐项修改后重试。", findings: findings)
    }
}
