public import Standards
public import Storage

/// One action: who, when, and the randomness it may use; made at the edge and passed down to every write.
///
/// Since writes may be run again, neither the clock nor the random generator is asked inside them.
public struct Act: Sendable {
    /// Who acts.
    public let actor: Actor
    /// When, UTC.
    public let now: Instant
    /// The source of identifiers and nonces.
    public let seed: Seed
    /// The request's identifier, for logs and error pages.
    public let requestID: String
    /// The network address of the caller as the server sees it; empty where there is none.
    public let clientAddress: String

    public init(
        actor: Actor, now: Instant, seed: Seed = .random(), requestID: String = "", clientAddress: String = ""
    ) {
        self.actor = actor
        self.now = now
        self.seed = seed
        self.requestID = requestID
        self.clientAddress = clientAddress
    }

    /// A new identifier; the same label gives the same identifier, so each new thing has a label of its own.
    public func identifier(_ label: String) -> Identifier { seed.identifier(label, at: now) }
}
