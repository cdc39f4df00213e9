public import Extension
public import Storage

/// Somebody was registered.
public struct PersonRegistered: Event, Hashable {
    public static let name = "identity.person_registered"
    public let person: Identifier
}

/// A person's data were changed.
public struct PersonChanged: Event, Hashable {
    public static let name = "identity.person_changed"
    public let person: Identifier
}

/// An enterprise was registered.
public struct EnterpriseRegistered: Event, Hashable {
    public static let name = "identity.enterprise_registered"
    public let enterprise: Identifier
}

/// A person may act for an enterprise from now on.
public struct MandateGranted: Event, Hashable {
    public static let name = "identity.mandate_granted"
    public let mandate: Identifier
    public let enterprise: Identifier
    public let person: Identifier
    public let scope: [String]
}

/// A mandate was taken back.
public struct MandateRevoked: Event, Hashable {
    public static let name = "identity.mandate_revoked"
    public let mandate: Identifier
}

/// An account was opened.
public struct AccountAdded: Event, Hashable {
    public static let name = "identity.account_added"
    public let account: Identifier
    public let kind: String
}

/// An account was disabled.
public struct AccountDisabled: Event, Hashable {
    public static let name = "identity.account_disabled"
    public let account: Identifier
}

/// An account has a new password; its sessions have ended.
public struct PasswordChanged: Event, Hashable {
    public static let name = "identity.password_changed"
    public let account: Identifier
}

/// Somebody signed in.
public struct SignedInEvent: Event, Hashable {
    public static let name = "identity.signed_in"
    public let account: Identifier
    public let session: Identifier
    public let terminal: String
    /// A keyed digest of the network address.
    public let addressDigest: String
    public let isKnownDevice: Bool
}

/// A sign-in was refused.
public struct SignInRefused: Event, Hashable {
    public static let name = "identity.sign_in_refused"
    /// Why.
    public enum Reason: String, Codable, Sendable {
        case credentials
        case tooManyAttempts = "too_many_attempts"
        case disabled
        case noPost = "no_post"
        /// The second factor did not fit.
        case code
    }
    public let reason: Reason
    /// A keyed digest of the name that was typed.
    public let nameDigest: String
    /// A keyed digest of the network address.
    public let addressDigest: String
}

/// A session ended before its time.
public struct SessionEnded: Event, Hashable {
    public static let name = "identity.session_ended"
    public let session: Identifier
    public let account: Identifier
}

/// A session acts for another party or at another post from now on.
public struct ActingChanged: Event, Hashable {
    public static let name = "identity.acting_changed"
    public let session: Identifier
    public let party: Identifier?
    public let mandate: Identifier?
    public let post: Identifier?
}

/// A member of staff began to work the system for somebody at a window (窗口代录).
public struct AssistanceBegun: Event, Hashable {
    public static let name = "identity.assistance_begun"
    public let session: Identifier
    public let person: Identifier
    public let account: Identifier
    /// Whether the original of the identity card was held against the person.
    public let isCardChecked: Bool
}

/// A member of staff saw the papers by which somebody at a window acts for an enterprise on that day.
public struct MandateWitnessed: Event, Hashable {
    public static let name = "identity.mandate_witnessed"
    public let mandate: Identifier
    public let enterprise: Identifier
    public let person: Identifier
    /// The member of staff's account.
    public let account: Identifier
    public let basis: AssistedEnterprise.Basis
}

/// It ended.
public struct AssistanceEnded: Event, Hashable {
    public static let name = "identity.assistance_ended"
    public let session: Identifier
    public let person: Identifier
}

/// Somebody asked for what is not theirs: another party, another's profile.
public struct IdentityDenied: Event, Hashable {
    public static let name = "identity.denied"
    /// The code of the refusal.
    public let code: String
    public let subject: Identifier
}

/// A member of staff looked at a person's profile.
public struct ProfileRead: Event, Hashable {
    public static let name = "identity.profile_read"
    public let person: Identifier
}
