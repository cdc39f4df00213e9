public import Extension
public import Standards
public import Storage

/// A licence was issued here and signed.
public struct LicenceIssued: Event {
    public static let name = "licence.issued"
    public let licence: Identifier
    public let type: String
    /// The licence identifier (GB/T 36904).
    public let identifier: String
    public let caseID: String?
    public let itemID: String?
}

/// A licence issued elsewhere was recorded; without a case when it was taken over from a register.
public struct LicenceRecorded: Event {
    public static let name = "licence.recorded"
    public let licence: Identifier
    public let type: String
    public let caseID: String?
    public let itemID: String?
    public let hasOriginal: Bool
}

/// A licence was revoked.
public struct LicenceRevoked: Event {
    public static let name = "licence.revoked"
    public let licence: Identifier
    public let reason: LicenceRevocation
}

/// A licence is not to be used for the time being (暂扣).
public struct LicenceSuspended: Event {
    public static let name = "licence.suspended"
    public let licence: Identifier
}

/// A suspended licence may be used again.
public struct LicenceResumed: Event {
    public static let name = "licence.resumed"
    public let licence: Identifier
}

/// What became of a licence, for the chain that vouches for its state.
public struct LicenceStandingChanged: Event {
    public static let name = "licence.standing_changed"
    public let licence: Identifier
    public let status: LicenceStatus
    public let reason: LicenceRevocation?
}

/// A licence was issued anew with other content or for another time.
public struct LicenceReissued: Event {
    public static let name = "licence.reissued"
    public let licence: Identifier
    public let replaces: Identifier
    public let ground: LicenceChangeGround
}

/// A newer licence took the place of this one.
public struct LicenceSuperseded: Event {
    public static let name = "licence.superseded"
    public let licence: Identifier
    public let by: Identifier
}

/// Somebody looked at a licence, or was refused to.
public struct LicenceLookedUp: Event {
    public static let name = "licence.looked_up"

    /// What was looked at.
    public enum Part: String, Sendable, Codable {
        case content, file, original
    }

    public let licence: Identifier
    public let part: Part
    /// By which right; nil when it was refused.
    public let ground: LicenceAccessGround?
    /// The case in which it serves, where that is the right.
    public let caseID: Identifier?
    /// When, since the record is written a moment later.
    public let at: Instant
}

/// Staff of an agency listed what it issued.
public struct IssuedLicencesListed: Event {
    public static let name = "licence.issued_listed"
    public let agency: Identifier
    public let count: Int
    public let at: Instant
}

/// Somebody listed what a party holds.
public struct LicencesListed: Event {
    public static let name = "licence.listed"
    public let party: Identifier
    public let count: Int
    public let at: Instant
}
