public import Organisation
public import Standards
public import Storage

/// A member of staff as its administrator sees it.
public struct StaffMember: Sendable, Hashable {
    public let account: Identifier
    public let loginName: String
    /// The name that people know it by.
    public let name: String
    public let isSuspended: Bool
    /// The posts within what the administrator manages that are in force or to come.
    public let posts: [PostRecord]
    /// Whether it has posts elsewhere too.
    public let hasPostsElsewhere: Bool
    /// Whether it carries rights that its administrator may not give, so that only somebody above may change it.
    public let isAbove: Bool
    /// The leave that is under way or to come; nil for none.
    public let leave: StaffLeave?
}

/// A leave with its stand-in (AB岗).
public struct StaffLeave: Sendable, Hashable {
    public let id: Identifier
    public let account: Identifier
    public let standIn: Identifier
    /// The first and the last day of absence.
    public let days: ClosedRange<LegalDay>

    init(_ row: Row) throws {
        id = try row.get("id")
        account = try row.get("account")
        standIn = try row.get("stand_in")
        days = try row.get("from_day", as: LegalDay.self)...row.get("until_day", as: LegalDay.self)
    }
}
