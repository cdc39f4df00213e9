public import Extension
public import Storage

/// A person let another act in its name.
public struct HelpGranted: Event, Hashable {
    public static let name = "identity.help_granted"
    public let grant: Identifier
    public let principal: Identifier
    public let helper: Identifier
    public let relation: HelperGrant.Relation
    public let basis: HelperGrant.Basis
    public let scope: [String]
    /// The licence that proves it.
    public let evidence: Identifier?
}

/// A grant was taken back by the person, laid down by the helper, or ended at a window.
public struct HelpRevoked: Event, Hashable {
    public static let name = "identity.help_revoked"
    public let grant: Identifier
}

/// A person made a code by which a helper may accept a grant.
public struct HelperCodeMade: Event, Hashable {
    public static let name = "identity.helper_code_made"
    public let principal: Identifier
}
