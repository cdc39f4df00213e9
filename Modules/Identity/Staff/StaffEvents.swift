public import Extension
public import Standards
public import Storage

/// An account may be used again.
public struct AccountResumed: Event, Hashable {
    public static let name = "identity.account_resumed"
    public let account: Identifier
}

/// A member of staff is on leave, with who stands in.
public struct StaffLeaveSet: Event, Hashable {
    public static let name = "identity.leave_set"
    public let account: Identifier
    public let standIn: Identifier
    public let from: LegalDay
    public let until: LegalDay
}

/// A leave ended before its time.
public struct StaffLeaveEnded: Event, Hashable {
    public static let name = "identity.leave_ended"
    public let account: Identifier
    public let day: LegalDay
}

/// A member of staff left, and a colleague took over.
public struct StaffDeparted: Event, Hashable {
    public static let name = "identity.staff_departed"
    public let account: Identifier
    public let colleague: Identifier
    /// The first day on which it is gone.
    public let day: LegalDay
}
