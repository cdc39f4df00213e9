public import Extension
public import Storage

/// A member of staff signs in with a code of its telephone from now on.
public struct SecondFactorAdded: Event, Hashable {
    public static let name = "identity.second_factor_added"
    public let account: Identifier
}

/// It does so no more: by itself, or because an administrator took a lost one away.
public struct SecondFactorRemoved: Event, Hashable {
    public static let name = "identity.second_factor_removed"
    public let account: Identifier
}

/// One of the recovery codes was spent.
public struct RecoveryCodeUsed: Event, Hashable {
    public static let name = "identity.recovery_code_used"
    public let account: Identifier
}
