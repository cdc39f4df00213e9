public import Extension
public import Standards
public import Storage

/// A division was added to the deployment.
public struct DivisionAdded: Event, Hashable {
    public static let name = "organisation.division_added"
    public let division: String
}

/// An agency was added.
public struct AgencyAdded: Event, Hashable {
    public static let name = "organisation.agency_added"
    public let agency: Identifier
    public let department: String
    public let division: String
}

/// An agency bears a new name from a day on.
public struct AgencyRenamed: Event, Hashable {
    public static let name = "organisation.agency_renamed"
    public let agency: Identifier
    public let oldName: String
    public let newName: String
    public let day: LegalDay
}

/// Agencies were merged into one on a day.
public struct AgenciesMerged: Event, Hashable {
    public static let name = "organisation.agencies_merged"
    public let agencies: [Identifier]
    public let successor: Identifier
    public let day: LegalDay
}

/// An agency was split into several on a day.
public struct AgencySplit: Event, Hashable {
    public static let name = "organisation.agency_split"
    public let agency: Identifier
    public let successors: [Identifier]
    public let day: LegalDay
}

/// A site or a window was added or moved.
public struct SiteChanged: Event, Hashable {
    public static let name = "organisation.site_changed"
    public let site: Identifier
    public let division: String
}

/// A role was added, or allows something else now.
public struct RoleChanged: Event, Hashable {
    public static let name = "organisation.role_changed"
    public let role: String
    public let permissions: [String]
}

/// An account got a post.
public struct PostAdded: Event, Hashable {
    public static let name = "organisation.post_added"
    public let post: Identifier
    public let account: Identifier
    public let agency: Identifier
    public let division: String
    public let roles: [String]
}

/// A post ends on a day.
public struct PostEnded: Event, Hashable {
    public static let name = "organisation.post_ended"
    public let post: Identifier
    public let account: Identifier
    public let day: LegalDay
}
