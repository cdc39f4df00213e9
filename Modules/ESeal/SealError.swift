public import Extension

/// Why a key, a certificate or a seal could not be made, used or changed: what happened and what to do.
public struct SealError: Error, Sendable, Equatable, CustomStringConvertible {
    /// A stable code that scripts and tests may rely on.
    public struct Code: Sendable, Hashable {
        public let rawValue: String
        let status: Int
        /// What is told in a few words, in Chinese.
        let title: String

        private init(_ name: String, _ status: Int, _ title: String) {
            rawValue = "eseal.\(name)"
            self.status = status
            self.title = title
        }

        /// What was entered breaks a rule; the findings say which.
        public static let invalid = Code("invalid", 422, "填写有误")
        /// There is no such seal, or the actor may not know of it.
        public static let notFound = Code("not_found", 404, "没有找到印章")
        /// The step doesn't fit the seal's state.
        public static let state = Code("state", 409, "印章当前的状态不能这样办理")
        /// The seal may not be used for this.
        public static let notUsable = Code("not_usable", 409, "不能用这枚印章")
        /// A key is missing, or can't be opened.
        public static let key = Code("key", 503, "密钥不可用")
        /// A certificate is missing, not valid, or doesn't fit.
        public static let certificate = Code("certificate", 409, "证书不可用")
        /// The certificate authority is there already, or not yet.
        public static let authority = Code("authority", 409, "证书机构的状态不能这样办理")
        /// A file can't be read or written.
        public static let unreadable = Code("file.unreadable", 500, "文件无法读写")
        /// A file is too large to be looked at.
        public static let fileSize = Code("file.size", 413, "文件太大")
    }

    public let code: Code
    /// What happened and what to do, in Chinese.
    public let message: String
    /// All findings of a validation.
    public let findings: [Finding]

    public init(_ code: Code, _ message: String, findings: [Finding] = []) {
        self.code = code
        self.message = message
        self.findings = findings
    }

    public var description: String {
        ([message] + findings.map { "  - \($0.field)：\($0.message)" }).joined(separator: "\n")
    }
}

extension SealError: ProblemConvertible {
    public var problem: Problem { Problem(code.status, code.rawValue, code.title, message, findings: findings) }
}
