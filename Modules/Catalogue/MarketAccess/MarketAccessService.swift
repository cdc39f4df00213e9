public import ArgumentParser
public import Extension
public import Storage

/// The catalogue of business scopes and the negative list of market access (市场准入负面清单, R04.1): whoever sets up a
/// business learns of every activity whether it is forbidden, needs a licence, or is free.
public struct MarketAccessService: ServiceModule {
    public static let id = "market"
    public static var migrations: MigrationSet { MarketSchema.migrations }
    public static var commands: [any ParsableCommand.Type] { [ScopeCommands.self] }

    public let database: any Database
    let events: EventLog
    let division: String
    let state: RowState
    private let held = Revised<ScopeList?>(MarketAccessService.revision)

    /// Moves whenever another edition is taken over.
    static let revision = Revision("market")

    /// - Parameters:
    ///   - cipher: makes the digests by which the journal vouches for the editions.
    ///   - division: under which they stand.
    public init(database: any Database, events: EventLog, cipher: FieldCipher, division: String) {
        self.database = database
        self.events = events
        self.division = division
        state = RowState(
            kind: "market.list", title: "经营范围目录", table: "market_list",
            columns: ["id", "title", "basis", "total", "digest", "adopted_at", "is_synthetic", "body"],
            begins: [ScopeListAdopted.name], cipher: cipher)
    }

    public var contributions: [any Contribution] { [state.check()] + endpoints }

    /// The edition that holds; nil where none was taken over.
    public func list(in snapshot: Snapshot) throws -> ScopeList? {
        try held.value(in: snapshot) {
            guard
                let row = try snapshot.row(
                    "SELECT \(ScopePublication.columns), body FROM market_list ORDER BY id DESC LIMIT 1")
            else { return nil }
            return ScopeList(
                publication: try ScopePublication(row),
                entries: try EventCoding.decode([ScopeEntry].self, try row.get("body")))
        }
    }

    /// The edition that holds; nil where none was taken over.
    public func list() async throws -> ScopeList? { try await database.read { try list(in: $0) } }

    /// All editions, newest first.
    public func publications() async throws -> [ScopePublication] {
        try await database.read { snapshot in
            try snapshot.rows("SELECT \(ScopePublication.columns) FROM market_list ORDER BY id DESC LIMIT 100")
                .map(ScopePublication.init)
        }
    }
}

extension ScopePublication {
    static let columns = "id, title, basis, total, digest, adopted_at, is_synthetic"

    init(_ row: Row) throws {
        self.init(
            id: try row.get("id"), title: try row.get("title"), basis: try row.get("basis"),
            count: try row.get("total"), digest: try row.get("digest"), adoptedAt: try row.get("adopted_at"),
            isSynthetic: try row.get("is_synthetic"))
    }
}
