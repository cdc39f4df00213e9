import Cryptography

/// One step of a schema, run once per database.
public struct Migration: Sendable, Hashable {
    /// A sortable name such as `0001-cases`, never changed after a release.
    public let id: String
    let sqlite: String
    let postgreSQL: String

    /// A migration in the SQL that both databases share.
    ///
    /// - Parameters:
    ///   - id: for example `0001-cases`.
    ///   - sql: statements separated by semicolons. The column type `BLOB`, in capitals, becomes `BYTEA`
    ///     on PostgreSQL.
    public init(_ id: String, _ sql: String) {
        self.init(id, sqlite: sql, postgreSQL: bytea(sql))
    }

    /// A migration for a capability that the two databases do not share (search).
    init(_ id: String, sqlite: String, postgreSQL: String) {
        self.id = id
        self.sqlite = sqlite
        self.postgreSQL = postgreSQL
    }

    /// The statements for one of the databases.
    public func sql(for dialect: Dialect) -> String {
        switch dialect {
        case .sqlite: sqlite
        case .postgreSQL: postgreSQL
        }
    }

    /// SM3 over both texts in hexadecimal: a migration that ran must never change.
    var checksum: String {
        var canonical = CanonicalBytes()
        canonical.append(sqlite)
        canonical.append(postgreSQL)
        return Hex.encode(SM3.hash(canonical.bytes))
    }
}

/// The migrations of one module or plugin, in the order in which they run.
public struct MigrationSet: Sendable, Hashable {
    /// Who owns the tables, for example `casework` or `newborn`.
    public let owner: String
    /// What every table, index and trigger of a plugin must begin with, for example `newborn_`; nil for the kernel.
    public let tablePrefix: String?
    public let migrations: [Migration]

    public init(owner: String, tablePrefix: String?, migrations: [Migration]) {
        self.owner = owner
        self.tablePrefix = tablePrefix
        self.migrations = migrations
    }
}

/// Replaces the word `BLOB` outside of quotes and comments by PostgreSQL's `BYTEA`; only in capitals, since our files
/// lie in a table called `blob`.
private func bytea(_ sql: String) -> String {
    SQLWords(sql).map { $0.isQuoted || $0.text != "BLOB" ? $0.text : "BYTEA" }.joined()
}
