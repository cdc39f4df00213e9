public import Extension
public import Standards
public import Storage

/// Agencies, divisions, sites, roles and posts (组织机构): what every service asks before it lets somebody act.
///
/// Reads go to a frozen ``OrganisationSnapshot`` that is loaded again only when its version number has changed, so a
/// check costs one look into a dictionary. Writes are synchronous in the caller's transaction and take their time and
/// identifiers from the ``Act``.
public struct OrganisationService: ServiceModule {
    public static let id = "organisation"
    public static let migrations = MigrationSet(owner: id, tablePrefix: "organisation_", migrations: [tables])

    /// May change agencies, roles and posts.
    public static let manage = Permission("organisation.manage", "维护机构、角色和岗位")

    let database: any Database
    let events: EventLog
    let cache = SnapshotCache()

    /// - Parameters:
    ///   - database: with the tables of ``migrations``.
    ///   - events: where changes are told.
    public init(database: any Database, events: EventLog) {
        self.database = database
        self.events = events
    }

    public var contributions: [any Contribution] { [Self.manage] }

    /// The organisation as it is committed now; one read of a version number, and of the tables when it has changed.
    public func snapshot() async throws -> OrganisationSnapshot {
        try await database.read { try snapshot(in: $0) }
    }

    /// The organisation as a view of the database or a transaction sees it.
    public func snapshot(in view: Snapshot) throws -> OrganisationSnapshot {
        let version = try Self.version(in: view)
        if let cached = cache.current, cached.version == version { return cached }
        let loaded = try OrganisationSnapshot.load(version: version, from: view)
        // What a transaction sees may be rolled back and its version number be given to other content.
        if !(view is Transaction) { cache.store(loaded) }
        return loaded
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

    static func version(in view: Snapshot) throws -> Int {
        guard let row = try view.row("SELECT version FROM organisation_state WHERE id = 'current'") else { return 0 }
        return try row.get("version")
    }

    /// Makes every server load the organisation again once the transaction is committed.
    ///
    /// It is called before any other statement of a change: the row's lock lets one change follow another.
    static func beginChange(in transaction: Transaction) throws {
        try transaction.execute("UPDATE organisation_state SET version = version + 1 WHERE id = 'current'")
    }
}
