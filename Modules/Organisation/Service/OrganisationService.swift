public import Extension
public import Standards
public import Storage

/// Agencies, divisions, sites, roles and posts (组织机构): what every service asks before it lets somebody act.
///
/// Reads go to a frozen ``OrganisationSnapshot`` that is loaded again only when its revision has moved, so a
/// check costs one look into a dictionary. Writes are synchronous in the caller's transaction and take their time and
/// identifiers from the ``Act``.
public struct OrganisationService: ServiceModule {
    public static let id = "organisation"
    public static let migrations = MigrationSet(
        owner: id, tablePrefix: "organisation_", migrations: [tables, sharedRevision, siteHours, windowKind])

    /// May change agencies, roles and posts.
    public static let manage = Permission("organisation.manage", "维护机构、角色和岗位")

    let database: any Database
    let events: EventLog
    let states: OrganisationStates
    private let held = Revised<OrganisationSnapshot>(Self.revision)

    /// - Parameters:
    ///   - database: with the tables of ``migrations``.
    ///   - events: where changes are told.
    ///   - cipher: makes the digests by which the journal vouches for roles and posts.
    public init(database: any Database, events: EventLog, cipher: FieldCipher) {
        self.database = database
        self.events = events
        states = OrganisationStates(cipher)
    }

    public var contributions: [any Contribution] { [Self.manage] + states.checks }

    /// The organisation as it is committed now; one read of a version number, and of the tables when it has changed.
    public func snapshot() async throws -> OrganisationSnapshot {
        try await database.read { try snapshot(in: $0) }
    }

    /// The organisation as it was last read, for what may be a moment old, such as a name in a header; nil before it was
    /// read for the first time.
    public var recent: OrganisationSnapshot? { held.recent }

    /// The organisation as a view of the database or a transaction sees it.
    public func snapshot(in view: Snapshot) throws -> OrganisationSnapshot {
        try held.value(in: view) {
            try OrganisationSnapshot.load(version: Self.revision.mark(in: view).number, from: view)
        }
    }

    /// The agency that does a department's work in a division on a day; see
    /// ``OrganisationSnapshot/agency(department:division:on:)``.
    public func agency(department: String, division: String, on day: LegalDay) async throws -> Agency? {
        try await snapshot().agency(department: department, division: division, on: day)
    }

    /// The first post in force of an account on a day, with what it may do; nil when it has none.
    public func post(for account: Identifier, on day: LegalDay) async throws -> StaffPost? {
        try await snapshot().posts(of: account, on: day).first
    }

    /// Moves with every change of the organisation; advanced before any other statement of a change.
    static let revision = Revision("organisation")
}
