public import Extension
public import Storage

/// A notice was sent to a person.
public struct MessagePosted: Event, Hashable {
    public static let name = "message.posted"
    public let notice: Identifier
    public let kind: String
    public let subject: String
    /// The ways on which it goes beside the inbox.
    public let routes: [Route]
}

/// The person opened it in the portal: the proof of service there.
public struct MessageRead: Event, Hashable {
    public static let name = "message.read"
    public let notice: Identifier
    public let subject: String
}

/// A short message was taken by the provider.
public struct MessageSent: Event, Hashable {
    public static let name = "message.sent"
    public let notice: Identifier
    public let delivery: Identifier
    public let route: Route
}

/// It reached the telephone.
public struct MessageDelivered: Event, Hashable {
    public static let name = "message.delivered"
    public let notice: Identifier
    public let delivery: Identifier
    public let route: Route
}

/// One way has failed.
public struct MessageFailed: Event, Hashable {
    public static let name = "message.failed"
    public let notice: Identifier
    public let delivery: Identifier
    public let route: Route
    /// A code without personal data.
    public let reason: String
    /// The way that is tried in its stead; nil when none is needed.
    public let next: Route?
}

/// A paper was put into the post.
public struct MessagePaperPosted: Event, Hashable {
    public static let name = "message.paper_posted"
    public let notice: Identifier
    public let delivery: Identifier
}

/// A paper was served.
public struct MessageServed: Event, Hashable {
    public static let name = "message.served"
    public let notice: Identifier
    public let delivery: Identifier
    public let way: NoticeService.Way
}

/// A member of staff saw to what had not been delivered.
public struct MessageResolved: Event, Hashable {
    public static let name = "message.resolved"
    public let notice: Identifier
    public let delivery: Identifier
}

/// Somebody asked for a notice to be sent once more.
public struct MessageResent: Event, Hashable {
    public static let name = "message.resent"
    public let notice: Identifier
    public let routes: [Route]
}

/// How a person wants to be reached was changed.
public struct MessageContactChanged: Event, Hashable {
    public static let name = "message.contact_changed"
    public let person: Identifier
    /// Whether a helper is named now.
    public let hasHelper: Bool
    public let declinesSMS: Bool
    public let wantsPaper: Bool
    /// Whether it agrees to electronic service.
    public let acceptsElectronic: Bool
}

/// A member of staff looked at how a person can be reached.
public struct MessageContactViewed: Event, Hashable {
    public static let name = "message.contact_viewed"
    public let person: Identifier
}

/// A member of staff looked at a notice or a list of deliveries with names, telephones or addresses in it.
public struct MessagesListed: Event, Hashable {
    public static let name = "message.listed"
    public let division: String
    public let state: String
    public let count: Int
}

/// A member of staff opened a notice with its deliveries.
public struct MessageViewed: Event, Hashable {
    public static let name = "message.viewed"
    public let notice: Identifier
}

/// An operator looked into the outbox of the sandbox.
public struct MessageSandboxViewed: Event, Hashable {
    public static let name = "message.sandbox_viewed"
    public let count: Int
}
