public import Extension
public import Standards
public import Storage

/// A holder consented to show licences (授权出示, R14.15): to whom and until when.
public struct PresentationBegun: Event {
    public static let name = "licence.presentation_begun"
    public let presentation: Identifier
    public let party: Identifier
    /// `anyone`, `staff` or an agency's identifier.
    public let audience: String
    public let licences: [Identifier]
    public let expires: Instant
}

/// Somebody read it.
public struct PresentationRead: Event {
    public static let name = "licence.presentation_read"
    public let presentation: Identifier
    /// The agency whose staff read it; nil for somebody without an account here.
    public let agency: Identifier?
    public let licences: [Identifier]
}

/// The holder stopped it before its time.
public struct PresentationEnded: Event {
    public static let name = "licence.presentation_ended"
    public let presentation: Identifier
}
