public import Extension
public import Storage

/// An agency applied for a seal.
public struct SealApplied: Event, Hashable {
    public static let name = "eseal.applied"
    public let seal: Identifier
    public let agency: Identifier
    public let kind: String
    public let replaces: Identifier?
}

/// A seal took a step of its life: approved, refused, made, received, suspended, resumed, revoked or replaced.
public struct SealStepped: Event, Hashable {
    public static let name = "eseal.stepped"
    public let seal: Identifier
    public let from: String
    public let to: String
}

/// A document was sealed.
public struct SealUsed: Event, Hashable {
    public static let name = "eseal.used"
    public let seal: Identifier
    /// What was sealed, such as a licence.
    public let subject: Identifier
    /// The item whose power was used.
    public let power: String
    /// The decision behind it, such as a case.
    public let decision: String
    /// The SM3 digest of the OFD document in hexadecimal.
    public let digest: String
}
