/// What a caller is told when something can't be done (RFC 9457), with a stable code and the remedy.
///
/// Every module's error can be turned into one by ``ProblemConvertible``; an error that can't is a fault of ours (500).
public struct Problem: Error, Sendable, Equatable {
    /// The HTTP status.
    public let status: Int
    /// A stable code such as `casework.not_in_force`.
    public let code: String
    /// A short title in Chinese.
    public let title: String
    /// What happened and what to do, in Chinese.
    public let detail: String
    /// All findings of a validation.
    public let findings: [Finding]
    /// After which time to try again, where that is known.
    public let retryAfter: Duration?

    public init(
        _ status: Int, _ code: String, _ title: String, _ detail: String, findings: [Finding] = [],
        retryAfter: Duration? = nil
    ) {
        self.status = status
        self.code = code
        self.title = title
        self.detail = detail
        self.findings = findings
        self.retryAfter = retryAfter
    }
}

/// An error that knows how to be told to a caller.
public protocol ProblemConvertible: Error {
    /// The problem as the caller sees it; never with personal data or secrets.
    var problem: Problem { get }
}

extension Problem: ProblemConvertible {
    public var problem: Problem { self }
}

extension Problem {
    /// 422: the input has findings.
    public static func invalid(_ findings: [Finding]) -> Problem {
        Problem(422, "input.invalid", "填写的内容有误", "请按提示逐项修改后重新提交。", findings: findings)
    }

    /// 401: nobody has signed in.
    public static let signInRequired = Problem(401, "access.sign_in_required", "请先登录", "登录后再继续。")

    /// 403: the actor may not do this.
    public static let forbidden = Problem(
        403, "access.forbidden", "没有权限", "您的账号没有办理这项操作的权限。如确有需要，请联系本单位管理员。")

    /// 404, also for what the actor may not know of.
    public static func notFound(_ what: String) -> Problem {
        Problem(404, "resource.not_found", "没有找到", "没有找到\(what)，请核对后重试。")
    }
}
