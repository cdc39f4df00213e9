public import Extension
public import Standards
public import Storage

/// A report that somebody demands an approval which no list holds (隐形审批线索, R02.2), followed to its end.
public struct HiddenApproval: Sendable, Hashable {
    public let id: Identifier
    public let state: State
    public let receivedAt: Instant
    public let content: Content

    /// How far it is looked into.
    public enum State: String, Sendable, CaseIterable {
        case received, examined, closed

        public var chinese: String {
            switch self {
            case .received: "已收到"
            case .examined: "正在核查"
            case .closed: "已办结"
            }
        }
    }

    /// What came out of it.
    public enum Outcome: String, Sendable, Codable, CaseIterable {
        case confirmed, unfounded, transferred

        public var chinese: String {
            switch self {
            case .confirmed: "属实，已经要求改正"
            case .unfounded: "经核查，不属于隐形审批"
            case .transferred: "已转交有权处理的机关"
            }
        }
    }

    /// Something known by a key, such as a kind of proof, that the report is about.
    public struct Subject: Sendable, Hashable, Codable {
        /// Names it in events, so never anything personal: the plugin's ID and the thing's code.
        public let key: String
        /// What it is called.
        public let title: String

        public init(key: String, title: String) {
            self.key = key
            self.title = title
        }
    }

    /// What was told and what was answered; sealed, since it may name persons.
    public struct Content: Sendable, Hashable, Codable {
        /// Who demands it.
        public var organ: String
        /// What is demanded, and when and where it was.
        public var text: String
        /// How the reporter can be reached; nil for somebody who does not want to be.
        public var contact: String?
        /// What it is about, where the page on which it was told knew that; nil for others.
        public var subject: Subject?
        public var outcome: Outcome?
        /// What the reporter is told at the end.
        public var reply: String?
    }
}

/// What a reporter tells.
public struct HiddenApprovalInput: SchemaType {
    public var organ = ""
    public var text = ""
    public var contact: String?

    public init() {}

    public static let schema = Schema<Self> {
        Field("organ", \.organ, .text(min: 2, max: 100), doc: "哪个单位要求的")
        Field("text", \.text, .text(min: 10, max: 2000, lines: true), doc: "要求办什么、什么时候、在哪里")
        Field("contact", \.contact, .optional(.text(max: 100)), doc: "联系方式；不想留的不写")
    }
}

/// What a reporter gets: the code by which it asks how far it is.
public struct HiddenApprovalReceipt: SchemaType {
    public var code = ""

    public init() {}

    public static let schema = Schema<Self> {
        Field("code", \.code, .text(max: 20), doc: "查询码，只出示这一次")
    }
}

/// How far a report is, for who holds its code.
public struct HiddenApprovalProgress: SchemaType {
    public var state = ""
    public var receivedAt = Instant(milliseconds: 0)
    public var outcome: String?
    public var reply: String?

    public init() {}

    init(_ report: HiddenApproval) {
        state = report.state.chinese
        receivedAt = report.receivedAt
        outcome = report.content.outcome?.chinese
        reply = report.content.reply
    }

    public static let schema = Schema<Self> {
        Field("state", \.state, .text(max: 20), doc: "进展")
        Field("received_at", \.receivedAt, .instant, doc: "收到的时间")
        Field("outcome", \.outcome, .optional(.text(max: 100)), doc: "结论")
        Field("reply", \.reply, .optional(.text(max: 1000)), doc: "答复")
    }
}

/// A report of a hidden approval came in.
public struct HiddenApprovalReported: Event, Hashable {
    public static let name = "inventory.hidden_approval_reported"
    public let report: Identifier
    /// The key of what it is about; nil where that is not known.
    public let subject: String?
}

/// Somebody began to look into a report.
public struct HiddenApprovalExamined: Event, Hashable {
    public static let name = "inventory.hidden_approval_examined"
    public let report: Identifier
}

/// A report was closed.
public struct HiddenApprovalClosed: Event, Hashable {
    public static let name = "inventory.hidden_approval_closed"
    public let report: Identifier
    public let outcome: HiddenApproval.Outcome
}
