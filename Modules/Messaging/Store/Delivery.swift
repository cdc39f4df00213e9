public import Standards
public import Storage

/// One attempt to reach a person with a notice on one way (送达).
public struct Delivery: Sendable, Hashable {
    public let id: Identifier
    public let division: String
    public let notice: Identifier
    public let route: Route
    public var state: State
    /// When a short message goes, or goes again.
    public var dueAt: Instant
    public var attempts: Int
    /// When it was last attempted.
    public var attemptedAt: Instant?
    /// Why it waits or has failed: a code without personal data.
    public var reason: String?
    /// The provider's identifier of the message.
    public var reference: String?
    /// The number of the letter (编号); nil for what is no letter of ours.
    public let number: String?
    public let createdAt: Instant
    public var updatedAt: Instant
    /// What is sealed of it.
    public var content: Content

    /// Where a delivery stands.
    public enum State: String, Sendable, Codable, CaseIterable {
        case waiting, sending, sent, delivered, failed
        /// A paper that is to be printed, then posted or handed over.
        case toPrint = "to-print"
        /// On its way by post.
        case posted
        /// A paper that was served; its proof of service says how.
        case served
        /// No way is left, so that a member of staff must see to it (未能送达).
        case undelivered
        /// A member of staff saw to what had not been delivered.
        case resolved
        /// Not needed any more.
        case cancelled

        public var chinese: String {
            switch self {
            case .waiting: "等待发送"
            case .sending: "正在发送"
            case .sent: "已发出"
            case .delivered: "已到达"
            case .failed: "没有成功"
            case .toPrint: "待打印寄送"
            case .posted: "已寄出"
            case .served: "已送达"
            case .undelivered: "未能送达"
            case .resolved: "已处理"
            case .cancelled: "已取消"
            }
        }

        /// Whether it is under way or has arrived, so that no other way is needed.
        var isAlive: Bool {
            switch self {
            case .waiting, .sending, .sent, .delivered, .toPrint, .posted, .served, .undelivered, .resolved: true
            case .failed, .cancelled: false
            }
        }

        /// The states in which a list of the work is kept.
        public static let listed: [State] = [.toPrint, .posted, .undelivered, .failed, .waiting]
    }

    /// What is sealed of a delivery.
    public struct Content: Sendable, Hashable, Codable {
        /// To whom: the party, or the helper.
        public var name: String
        /// The telephone; nil on paper.
        public var phone: String?
        /// The postal address; nil for short messages.
        public var address: String?
        /// The provider's template and its variables by position.
        public var template: String?
        public var variables: [String]?
        /// The whole short message.
        public var text: String?
        /// How a paper was served, or on its way.
        public var service: NoticeService?
        /// What a member of staff did about what had not been delivered.
        public var note: String?

        init(name: String) { self.name = name }
    }
}

extension Delivery {
    /// The reason in words.
    public var reasonText: String? {
        switch reason {
        case nil: nil
        case "quiet_hours": "夜间不打扰，等到早上再发"
        case "rate_limit": "这个号码短时间内收到的短信较多，稍后再发"
        case "timeout", "unreachable", "no_response": "短信平台没有回应"
        case "interrupted": "发送时中断，正在重试"
        case "returned": "邮件被退回"
        case "no_way": "没有可用的手机号码、指定联系人和地址"
        case "all_failed": "各种方式都没有成功"
        case "no_channel": "短信渠道没有启用"
        case let code?: "短信平台答复 \(code)"
        }
    }
}
