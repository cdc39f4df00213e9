public import Extension
public import Storage

/// An application was registered.
public struct ClientRegistered: Event, Hashable {
    public static let name = "openid.client_registered"
    public let client: String
    public let audience: String
    public let scopes: [String]
}

/// An application has a new secret; the old one is worth nothing any more.
public struct ClientSecretChanged: Event, Hashable {
    public static let name = "openid.client_secret_changed"
    public let client: String
}

/// An application was suspended or let in again.
public struct ClientSuspended: Event, Hashable {
    public static let name = "openid.client_suspended"
    public let client: String
    public let isSuspended: Bool
}

/// Somebody failed to prove that it is that application.
public struct ClientRefused: Event, Hashable {
    public static let name = "openid.client_refused"
    public let client: String
}

/// A person lets an application know something about it.
public struct ConsentGranted: Event, Hashable {
    public static let name = "openid.consent_granted"
    public let consent: Identifier
    public let account: Identifier
    public let client: String
    public let scopes: [String]
}

/// It took that back.
public struct ConsentRevoked: Event, Hashable {
    public static let name = "openid.consent_revoked"
    public let consent: Identifier
    public let account: Identifier
    public let client: String
}

/// Somebody entered an application.
public struct ApplicationEntered: Event, Hashable {
    public static let name = "openid.application_entered"
    public let grant: Identifier
    public let account: Identifier
    public let session: Identifier
    public let client: String
    public let scopes: [String]
}

/// An application was given a person's data.
public struct ClaimsGiven: Event, Hashable {
    public static let name = "openid.claims_given"
    public let grant: Identifier
    public let client: String
    public let scopes: [String]
}

/// All codes and tokens of one entering are worth nothing any more.
public struct GrantEnded: Event, Hashable {
    public static let name = "openid.grant_ended"
    public let grant: Identifier
    public let client: String
    public let reason: String
}

/// An application is to be told that somebody has signed out (back-channel logout).
public struct LogoutDue: Event, Hashable {
    public static let name = "openid.logout_due"
    public let client: String
    public let account: Identifier
    public let session: Identifier
}
