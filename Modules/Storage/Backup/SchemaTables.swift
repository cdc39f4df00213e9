import GRDB

/// One table as both databases have it.
public struct SchemaTable: Sendable, Hashable, Codable {
    public let name: String
    public let columns: [String]
}

extension SchemaTable {
    /// The tables that migrations make, each after those that it refers to; found on a scratch database in memory.
    ///
    /// The search index, for which the databases have different tables, stands at the end as ``SearchIndex/backup``.
    static func tables(of sets: [MigrationSet]) throws -> [SchemaTable] {
        try translatingErrors {
            try DatabaseQueue().inDatabase { database in
                for migration in sets.flatMap(\.migrations) { try database.execute(sql: migration.sql(for: .sqlite)) }
                let names = try String.fetchAll(
                    database, sql: "SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY rowid"
                ).filter { !$0.hasPrefix("sqlite_") }
                let plain = try names.filter { !SearchIndex.isTable($0) }.map { name in
                    SchemaTable(
                        name: name,
                        columns: try String.fetchAll(
                            database, sql: "SELECT name FROM pragma_table_info(?) ORDER BY cid", arguments: [name]))
                }
                return plain + (names.contains(where: SearchIndex.isTable) ? [SearchIndex.backup] : [])
            }
        }
    }

    /// The query that gives all rows.
    func query(_ dialect: Dialect) -> String {
        if self == SearchIndex.backup { return SearchIndex.backupQuery(dialect) }
        let order = Self.order[name].map { " ORDER BY \($0)" } ?? ""
        return "SELECT \(quotedColumns) FROM \"\(name)\"\(order)"
    }

    /// The chains are checked while they pass by, so they come in their order.
    private static let order = ["journal": "division, stream, seq", "journal_head": "division, stream"]

    /// Takes all rows out.
    func empty(in transaction: Transaction) throws {
        if self == SearchIndex.backup { return try SearchIndex.removeAll(in: transaction) }
        try transaction.execute("DELETE FROM \"\(name)\"")
    }

    /// Puts rows in.
    func insert(_ rows: [[SQLValue]], in transaction: Transaction) throws {
        if self == SearchIndex.backup { return try rows.forEach { try SearchIndex.restore($0, in: transaction) } }
        let sql = "INSERT INTO \"\(name)\" (\(quotedColumns)) VALUES \(placeholders(columns.count))"
        for row in rows { try transaction.send(sql, arguments: row) }
    }

    /// How many rows there are.
    func count(in snapshot: Snapshot) throws -> Int {
        let table = self == SearchIndex.backup ? "search_entry" : name
        return try snapshot.row("SELECT COUNT(*) AS n FROM \"\(table)\"")?.get("n") ?? 0
    }

    private var quotedColumns: String { columns.map { "\"\($0)\"" }.joined(separator: ", ") }
}
