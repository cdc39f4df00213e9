public import Storage

/// The whole organisation at one version, frozen: agencies, divisions, sites, roles and posts.
///
/// It keeps what is past, so that questions can be asked for any day.
public struct OrganisationSnapshot: Sendable {
    /// Grows by one with every change.
    public let version: Int64
    /// The divisions by code.
    public let divisions: [String: DivisionRecord]
    /// The agencies, past ones included.
    public let agencies: [Identifier: Agency]
    /// Who followed whom.
    public let successions: [Succession]
    /// The sites.
    public let sites: [Identifier: ServiceSite]
    /// The windows.
    public let windows: [Identifier: ServiceWindow]
    /// The roles.
    public let roles: [String: StaffRole]
    /// The posts of each account, past ones included, by their identifiers.
    public let postsByAccount: [Identifier: [PostRecord]]

    struct Office: Hashable {
        let department: String
        let division: String
    }
    let agenciesByOffice: [Office: [Agency]]

    init(
        version: Int64, divisions: [DivisionRecord], agencies: [Agency], successions: [Succession],
        sites: [ServiceSite],
        windows: [ServiceWindow], roles: [StaffRole], posts: [PostRecord]
    ) {
        self.version = version
        self.divisions = Dictionary(divisions.map { ($0.code, $0) }, uniquingKeysWith: { $1 })
        self.agencies = Dictionary(agencies.map { ($0.id, $0) }, uniquingKeysWith: { $1 })
        self.successions = successions
        self.sites = Dictionary(sites.map { ($0.id, $0) }, uniquingKeysWith: { $1 })
        self.windows = Dictionary(windows.map { ($0.id, $0) }, uniquingKeysWith: { $1 })
        self.roles = Dictionary(roles.map { ($0.id, $0) }, uniquingKeysWith: { $1 })
        postsByAccount = Dictionary(grouping: posts.sorted { $0.id < $1.id }, by: \.account)
        agenciesByOffice = Dictionary(grouping: agencies.sorted { $0.id < $1.id }) {
            Office(department: $0.department, division: $0.division)
        }
    }
}
