public import Extension

/// Why somebody can't sign in, act or look something up in that way.
public struct IdentityError: ProblemConvertible, Sendable, Equatable, CustomStringConvertible {
    /// A stable code.
    public struct Code: RawRepresentable, Hashable, Sendable {
        public let rawValue: String
        public init(rawValue: String) { self.rawValue = rawValue }

        /// Name and password do not fit; says nothing about whether the account exists.
        public static let credentials = Code(rawValue: "identity.credentials")
        /// Too many failed attempts from here.
        public static let tooManyAttempts = Code(rawValue: "identity.too_many_attempts")
        /// More sign-ins at once than the server can check.
        public static let busy = Code(rawValue: "identity.busy")
        /// The account was disabled.
        public static let accountDisabled = Code(rawValue: "identity.account_disabled")
        /// A member of staff without a post in force.
        public static let noPost = Code(rawValue: "identity.no_post")
        /// The session ended, or never was.
        public static let sessionEnded = Code(rawValue: "identity.session_ended")
        /// The mandate by which the session acted has ended.
        public static let mandateEnded = Code(rawValue: "identity.mandate_ended")
        /// The person may not act for that party.
        public static let notAgent = Code(rawValue: "identity.not_agent")
        /// The mandate does not cover what was asked.
        public static let outsideMandate = Code(rawValue: "identity.outside_mandate")
        /// The actor may not read that profile.
        public static let profileDenied = Code(rawValue: "identity.profile_denied")
        /// The person is registered already.
        public static let personExists = Code(rawValue: "identity.person_exists")
        /// No such person.
        public static let personUnknown = Code(rawValue: "identity.person_unknown")
        /// The enterprise is registered already.
        public static let enterpriseExists = Code(rawValue: "identity.enterprise_exists")
        /// A code of a helper that does not fit, has run out, or was used.
        public static let helperCode = Code(rawValue: "identity.helper_code")
        /// No such enterprise.
        public static let enterpriseUnknown = Code(rawValue: "identity.enterprise_unknown")
        /// Several enterprises have that name.
        public static let enterpriseAmbiguous = Code(rawValue: "identity.enterprise_ambiguous")
        /// No such mandate.
        public static let mandateUnknown = Code(rawValue: "identity.mandate_unknown")
        /// The login name is taken, or the person has an account already.
        public static let accountExists = Code(rawValue: "identity.account_exists")
        /// No such account.
        public static let accountUnknown = Code(rawValue: "identity.account_unknown")
        /// What an administrator of an agency may not do with somebody.
        public static let staffDenied = Code(rawValue: "identity.staff_denied")
        /// A login name of another form.
        public static let loginNameForm = Code(rawValue: "identity.login_name_form")
        /// A password that is too easily guessed.
        public static let passwordWeak = Code(rawValue: "identity.password_weak")
        /// The password was right; now a code of the second factor is needed.
        public static let codeNeeded = Code(rawValue: "identity.code_needed")
        /// The code of the second factor does not fit.
        public static let code = Code(rawValue: "identity.code")
        /// A second factor that is there already, isn't there, or must stay.
        public static let secondFactor = Code(rawValue: "identity.second_factor")
        /// A passkey that does not fit, or one too many.
        public static let passkey = Code(rawValue: "identity.passkey")
        /// Input with findings.
        public static let invalid = Code(rawValue: "input.invalid")
    }

    public let code: Code
    /// The HTTP status that tells it.
    public let status: Int
    public let title: String
    /// What happened and what to do, in Chinese.
    public let message: String
    /// All findings of a validation.
    public let findings: [Finding]
    /// After how long another attempt is of use.
    public let retryAfter: Duration?
    /// With ``Code/codeNeeded``: what proves in the second step that the password was right. Never shown to others.
    public let challenge: String?

    init(
        _ code: Code, _ status: Int, _ title: String, _ message: String, findings: [Finding] = [],
        retryAfter: Duration? = nil, challenge: String? = nil
    ) {
        self.code = code
        self.status = status
        self.title = title
        self.message = message
        self.findings = findings
        self.retryAfter = retryAfter
        self.challenge = challenge
    }

    public var problem: Problem {
        Problem(status, code.rawValue, title, message, findings: findings, retryAfter: retryAfter)
    }
    public var description: String { "\(message)[\(code.rawValue)]" }
}
