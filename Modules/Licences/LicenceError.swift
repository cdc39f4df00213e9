public import Extension

/// Why a licence could not be issued, found or changed: what happened and what to do.
public struct LicenceError: Error, Sendable, Equatable, CustomStringConvertible {
    /// A stable code that scripts and tests may rely on.
    public struct Code: Sendable, Hashable {
        public let rawValue: String
        let status: Int
        /// What is told in a few words, in Chinese.
        let title: String

        private init(_ name: String, _ status: Int, _ title: String) {
            rawValue = "licences.\(name)"
            self.status = status
            self.title = title
        }

        /// The draft breaks a rule; the findings say which.
        public static let draft = Code("draft", 422, "证照内容有误")
        /// The signing certificate is missing, doesn't fit its key, or isn't valid now.
        public static let signer = Code("signer", 503, "暂时不能签发证照")
        /// There is no such licence, or the actor may not know of it.
        public static let notFound = Code("not_found", 404, "没有找到证照")
        /// The licence is no longer in force, so that it can't be revoked or replaced.
        public static let notInForce = Code("not_in_force", 409, "证照已失效")
        /// The licence was issued elsewhere, so that only its issuer may change it.
        public static let notOurs = Code("not_ours", 409, "不是本系统签发的证照")
        /// A code that shows nothing: unknown, run out, used up, stopped, or for others.
        public static let code = Code("code", 404, "这个码不能查看")
        /// A code that only signed-in staff may read.
        public static let onlyForStaff = Code("only_for_staff", 403, "只有政府部门的工作人员能扫")
        /// There is no signed file, since the licence was issued elsewhere.
        public static let noFile = Code("no_file", 404, "没有电子证照文件")
        /// No original was recorded.
        public static let noOriginal = Code("no_original", 404, "没有登记原件")
        /// The file to verify is too large to be a licence file.
        public static let fileSize = Code("file.size", 413, "文件太大")
        /// A file named on the command line can't be read; of its surroundings, not of the licence.
        public static let unreadable = Code("file.unreadable", 500, "文件无法读写")
    }

    public let code: Code
    /// What happened and what to do, in Chinese.
    public let message: String
    /// All findings of a validation.
    public let findings: [Finding]

    /// - Parameters:
    ///   - code: what failed.
    ///   - message: what happened and what to do, in Chinese, without personal data.
    ///   - findings: the single faults of a draft.
    public init(_ code: Code, _ message: String, findings: [Finding] = []) {
        self.code = code
        self.message = message
        self.findings = findings
    }

    static let unknown = LicenceError(.notFound, "没有找到这份证照，请核对编号；证照只对持证人、相关人员和有权的工作人员开放。")

    static let unreadableCode = LicenceError(
        .code, "没有这个码，或者它已经失效、已经用过、给了别的部门看。请对方重新亮码，再扫一次。")
    static let onlyForStaff = LicenceError(.onlyForStaff, "对方只同意给政府部门看。您是工作人员的，请登录后在“扫码核验”里扫。")

    public var description: String {
        ([message] + findings.map { "  - \($0.field)：\($0.message)" }).joined(separator: "\n")
    }
}

extension LicenceError: ProblemConvertible {
    public var problem: Problem {
        Problem(code.status, code.rawValue, code.title, message, findings: findings)
    }
}
