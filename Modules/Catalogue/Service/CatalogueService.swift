public import Extension
public import Storage

/// The service catalogue (事项目录): themes with versions, their guides, and the search over them.
public struct CatalogueService: Sendable {
    public let database: any Database
    let events: EventLog
    let shelf = ThemeShelf()
    let state: ThemeState
    let index = SearchIndex("catalogue")
    /// What the plan wants of the themes.
    public let targets: ThemeTargets
    /// What whoever contributes rules demands of what is published.
    public let rules: PublicationRules

    /// - Parameters:
    ///   - cipher: makes the digests by which the journal vouches for the themes.
    ///   - targets: what the plan wants of the themes.
    ///   - rules: what is demanded of what is published.
    public init(
        database: any Database, events: EventLog, cipher: FieldCipher, targets: ThemeTargets = ThemeTargets(),
        rules: PublicationRules = PublicationRules()
    ) {
        self.rules = rules
        self.targets = targets
        self.database = database
        self.events = events
        state = ThemeState(cipher)
    }

    /// A theme in one version; open cases keep theirs.
    public func theme(hash: String, in snapshot: Snapshot) throws -> Theme {
        try shelf.theme(hash: hash, in: snapshot)
    }

    /// A theme in its current version, with the version's hash.
    public func current(theme id: String, in snapshot: Snapshot) throws -> (theme: Theme, hash: String) {
        let entry = try entry(id, in: snapshot)
        return (entry.theme, entry.hash)
    }

    /// The number that a theme's cases carry.
    public func number(of id: String, in snapshot: Snapshot) throws -> Int {
        // Also for a theme that was taken down while its cases are still open.
        if let entry = try shelf.current(in: snapshot).byID[id] { return entry.number }
        guard let row = try snapshot.row("SELECT number FROM catalogue_theme WHERE theme = ?", id) else {
            throw CatalogueError.themeNotFound(id, nearest: nil)
        }
        return try row.get("number")
    }

    /// All current themes in their order; a change by another server is seen within a second.
    public func themes() async throws -> [CurrentTheme] {
        try await shelf.current(on: database).themes
    }

    /// All current themes by their IDs.
    public func currentThemes(in snapshot: Snapshot) throws -> [String: CurrentTheme] {
        try shelf.current(in: snapshot).byID
    }

    /// One current theme; a change by another server is seen within a second.
    public func theme(_ id: String) async throws -> CurrentTheme {
        try Self.entry(id, of: try await shelf.current(on: database))
    }

    /// The themes that fit a text in everyday words, best first.
    public func search(_ text: String, limit: Int = 20) async throws -> [CurrentTheme] {
        try await database.read { snapshot in
            let current = try shelf.current(in: snapshot)
            return try index.query(text, divisions: ["*"], limit: limit, in: snapshot).compactMap { current.byID[$0] }
        }
    }

    private func entry(_ id: String, in snapshot: Snapshot) throws -> CurrentTheme {
        try Self.entry(id, of: try shelf.current(in: snapshot))
    }

    private static func entry(_ id: String, of current: ThemeShelf.Current) throws -> CurrentTheme {
        guard let entry = current.byID[id] else {
            throw CatalogueError.themeNotFound(id, nearest: nearest(to: id, among: current.byID.keys))
        }
        return entry
    }
}

extension CatalogueService: ServiceModule {
    public static let id = "catalogue"
    public static var migrations: MigrationSet { CatalogueSchema.migrations }
}
