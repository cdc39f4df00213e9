public import Extension
public import Storage

/// An account has one more passkey.
public struct PasskeyAdded: Event, Hashable {
    public static let name = "identity.passkey_added"
    public let account: Identifier
    public let passkey: Identifier
}

/// A passkey opens nothing any more.
public struct PasskeyRemoved: Event, Hashable {
    public static let name = "identity.passkey_removed"
    public let account: Identifier
    public let passkey: Identifier
}
