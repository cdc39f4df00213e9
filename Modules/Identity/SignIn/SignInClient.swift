public import Extension

/// From where somebody signs in.
public struct SignInClient: Sendable, Hashable {
    /// The network address as the server sees it.
    public let address: String
    /// What the device cookie holds: ``SignedIn/device`` of an earlier sign-in; nil when there is none.
    public let device: String?
    /// The terminal.
    public let terminal: Actor.Terminal
    /// Whether the elder edition (长辈版) is in use.
    public let isElder: Bool
    /// The token of a session that this sign-in replaces; nil when there is none.
    public let replacing: String?

    public init(
        address: String, device: String? = nil, terminal: Actor.Terminal, isElder: Bool = false,
        replacing: String? = nil
    ) {
        self.address = address
        self.device = device
        self.terminal = terminal
        self.isElder = isElder
        self.replacing = replacing
    }
}

/// What a sign-in gives.
public struct SignedIn: Sendable {
    /// The bearer token: 256 random bits, stored only as its hash.
    public let token: String
    /// What the device cookie is to hold from now on, for a year; nil when it stays as it is.
    public let device: String?
    /// Who acts.
    public let actor: Actor
    /// Whether the password must be changed first.
    public let mustChangePassword: Bool
}
