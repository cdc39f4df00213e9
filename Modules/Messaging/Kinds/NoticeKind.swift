public import Extension

/// One kind of notice (通知) that a service or plugin sends when something happened: what it is for, whom it tells, what
/// it may say, and how it is put into words unless the county words it otherwise.
///
/// The kind's key is stable: settings, wordings and templates of SMS providers refer to it.
public struct NoticeKind: Contribution, Hashable {
    /// Whom a notice tells.
    public enum Audience: String, Sendable, Codable {
        /// The applicant, or who acts for it.
        case applicant
        /// Another party of a case.
        case party

        public var chinese: String {
            switch self {
            case .applicant: "申请人或者其经办人"
            case .party: "办件的其他当事人"
            }
        }
    }

    /// What must happen to a notice.
    public enum Weight: String, Sendable, Codable {
        /// It is due by law or promise and must reach the person: one way after the other is tried, paper among them,
        /// and a member of staff sees it when none is left (应送达的通知).
        case due
        /// It helps; when the short message fails, the portal has it (提醒).
        case courtesy
        /// A short message alone, at once and also at night, such as a one-time code; the portal does not keep it.
        case instant

        public var chinese: String {
            switch self {
            case .due: "应送达"
            case .courtesy: "提醒"
            case .instant: "即时短信"
            }
        }
    }

    /// A stable name such as `case.accepted`; a plugin's begins with the plugin's ID.
    public let key: String
    /// What people call it, such as 受理通知.
    public let title: String
    /// When it is sent and what for, in Chinese.
    public let purpose: String
    public let audience: Audience
    public let weight: Weight
    /// What its wording may say.
    public let variables: [NoticeVariable]
    /// The words unless the county has its own.
    public let wording: NoticeWording
    /// The paper of legal force that tells the same, such as 受理通知书; nil when there is none.
    public let paper: String?

    public init(
        _ key: String, title: String, purpose: String, audience: Audience = .applicant, weight: Weight = .due,
        paper: String? = nil, variables: [NoticeVariable], wording: NoticeWording
    ) {
        self.key = key
        self.title = title
        self.purpose = purpose
        self.audience = audience
        self.weight = weight
        self.variables = variables
        self.wording = wording
        self.paper = paper
    }

    /// The variable with a name.
    public func variable(_ name: String) -> NoticeVariable? { variables.first { $0.name == name } }

    /// A value for every variable, to show and to measure a wording.
    public var samples: [String: String] {
        Dictionary(variables.map { ($0.name, $0.sample) }, uniquingKeysWith: { first, _ in first })
    }
}

/// One thing that a notice may say: it stands in the wording as `{名称}`.
public struct NoticeVariable: Sendable, Hashable {
    /// The word in braces, such as 办件编号.
    public let name: String
    /// What it means, in Chinese.
    public let meaning: String
    /// An invented value, to show and to measure a wording.
    public let sample: String
    /// Whether the portal's text must say it, since without it the notice tells nothing.
    public let isRequired: Bool
    /// Whether it may be absent; then it does not stand in a short message.
    public let mayBeAbsent: Bool
    /// Whether it may tell of somebody's circumstances; then it does not stand in a short message, which others read.
    public let isPrivate: Bool

    public init(
        _ name: String, _ meaning: String, sample: String, isRequired: Bool = false, mayBeAbsent: Bool = false,
        isPrivate: Bool = false
    ) {
        self.name = name
        self.meaning = meaning
        self.sample = sample
        self.isRequired = isRequired
        self.mayBeAbsent = mayBeAbsent
        self.isPrivate = isPrivate
    }

    /// In words to a helper: for whom the notice is.
    public static let addressee = NoticeVariable("收信人", "这条通知是给谁的，只用于发给指定联系人的短信", sample: "张三")
}
