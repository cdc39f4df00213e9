public import Storage

/// A role (角色): a named set of permissions.
public struct StaffRole: Hashable, Sendable {
    /// A stable name such as `window-clerk`.
    public let id: String
    /// What people call it, such as `窗口人员`.
    public let title: String
    /// The identifiers of what it allows.
    public let permissions: Set<String>

    public init(id: String, title: String, permissions: Set<String>) {
        self.id = id
        self.title = title
        self.permissions = permissions
    }
}

/// A post as it is stored (岗位): one account's place in one agency for some days.
public struct PostRecord: Hashable, Sendable {
    public let id: Identifier
    public let account: Identifier
    public let agency: Identifier
    /// The division whose cases it handles, with everything below.
    public let division: String
    public let site: Identifier?
    /// The roles by their identifiers.
    public let roles: [String]
    public let validity: ValidDays

    public init(
        id: Identifier, account: Identifier, agency: Identifier, division: String, site: Identifier?, roles: [String],
        validity: ValidDays
    ) {
        self.id = id
        self.account = account
        self.agency = agency
        self.division = division
        self.site = site
        self.roles = roles
        self.validity = validity
    }
}
