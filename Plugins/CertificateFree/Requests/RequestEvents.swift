public import PluginKit

/// A department asked another for a proof about a person.
public struct ProofQueried: Event, Hashable {
    public static let name = "certificate-free.proof_queried"
    public let request: Identifier
    public let proof: String
    public let caseID: Identifier
    public let asker: Identifier
    public let answerer: Identifier
    public let ground: String
}

/// A person asked to have a proof issued.
public struct ProofApplied: Event, Hashable {
    public static let name = "certificate-free.proof_applied"
    public let request: Identifier
    public let proof: String
    public let answerer: Identifier
    public let way: String
}

/// The person agreed that a department is told, until a day.
public struct ProofConsentGiven: Event, Hashable {
    public static let name = "certificate-free.consent_given"
    public let request: Identifier
    public let readableUntil: LegalDay
}

/// The person did not agree.
public struct ProofConsentDeclined: Event, Hashable {
    public static let name = "certificate-free.consent_declined"
    public let request: Identifier
}

/// The person took its consent back.
public struct ProofConsentWithdrawn: Event, Hashable {
    public static let name = "certificate-free.consent_withdrawn"
    public let request: Identifier
    /// Whether the answer had been given by then.
    public let wasAnswered: Bool
}

/// The department answered.
public struct ProofAnswered: Event, Hashable {
    public static let name = "certificate-free.proof_answered"
    public let request: Identifier
    public let answer: String
    public let isLate: Bool
    public let licence: Identifier?
}

/// A member of staff opened a request.
public struct ProofRequestViewed: Event, Hashable {
    public static let name = "certificate-free.request_viewed"
    public let request: Identifier
    /// The agency of who looked.
    public let agency: Identifier?
}
