public import Extension
public import Standards

/// A way by which short messages leave (短信渠道): a provider, or the sandbox's outbox.
public protocol MessageChannel: Sendable {
    /// What it is called in logs and in `doctor`.
    var name: String { get }

    /// Sends one message.
    ///
    /// - Parameters:
    ///   - message: what to send to whom.
    ///   - key: the same on every attempt, so that a message that was sent already is not sent once more.
    ///   - act: who sends and when.
    /// - Throws: ``ChannelFailure`` when it was not taken.
    func send(_ message: ShortMessage, key: String, by act: Act) async throws -> ChannelReceipt
}

/// A short message as it leaves.
public struct ShortMessage: Sendable, Hashable {
    public let phone: MobileNumber
    /// The provider's template.
    public let template: String
    /// The values of its variables by position.
    public let variables: [String]
    /// The whole text, for a channel that shows it.
    public let text: String

    public init(phone: MobileNumber, template: String, variables: [String], text: String) {
        self.phone = phone
        self.template = template
        self.variables = variables
        self.text = text
    }
}

/// What a channel answers when it took a message.
public struct ChannelReceipt: Sendable, Hashable {
    /// The channel's own identifier of the message.
    public let reference: String
    /// Whether it has arrived already; else a report tells later.
    public let isDelivered: Bool

    public init(reference: String, isDelivered: Bool) {
        self.reference = reference
        self.isDelivered = isDelivered
    }
}

/// Why a channel did not take a message.
public struct ChannelFailure: Error, Sendable, Hashable, CustomStringConvertible {
    /// A stable code without personal data, such as `timeout` or what the provider calls it.
    public let code: String
    /// Whether it may work later; else this way is of no use for this message.
    public let isPassing: Bool

    public init(_ code: String, isPassing: Bool) {
        self.code = code
        self.isPassing = isPassing
    }

    public var description: String { code }
}
