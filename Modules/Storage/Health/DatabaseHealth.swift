/// How a database is set up and whether its file is whole: the named capability behind `yiciban doctor`.
public struct DatabaseHealth: Sendable, Hashable {
    /// The product with its version, such as `SQLite 3.40.1`.
    public let version: String
    /// How much it holds, in bytes.
    public let bytes: Int
    /// What endangers the data, in Chinese; empty when nothing does.
    public let problems: [String]

    /// Looks at a database; reads the whole of a SQLite file.
    public static func look(at database: any Database) async throws -> DatabaseHealth {
        switch database.dialect {
        case .sqlite:
            let level = try await (database as? SQLiteDatabase)?.synchronousLevel()
            return try await database.read { try sqlite($0, synchronous: level) }
        case .postgreSQL: return try await database.read { try postgreSQL($0) }
        }
    }

    private static func sqlite(_ snapshot: Snapshot, synchronous: Int?) throws -> DatabaseHealth {
        var problems: [String] = []
        let mode: String = try snapshot.row("PRAGMA journal_mode")?.get("journal_mode") ?? ""
        if mode != "wal" { problems.append("日志模式是 \(mode) 而不是 wal") }
        if let synchronous, synchronous < 2 { problems.append("synchronous 是 \(synchronous) 而不是 FULL，断电会丢数据") }
        let damage = try snapshot.rows("PRAGMA quick_check(5)").map { try $0.get("quick_check", as: String.self) }
        if damage != ["ok"] { problems.append("数据库文件损坏：\(damage.joined(separator: "；"))") }
        let orphans = try snapshot.rows("PRAGMA foreign_key_check").count
        if orphans > 0 { problems.append("有 \(orphans) 行引用了不存在的记录") }
        let pages: Int = try snapshot.row("PRAGMA page_count")?.get("page_count") ?? 0
        let page: Int = try snapshot.row("PRAGMA page_size")?.get("page_size") ?? 0
        let version: String = try snapshot.row("SELECT sqlite_version() AS version")?.get("version") ?? ""
        return DatabaseHealth(version: "SQLite \(version)", bytes: pages * page, problems: problems)
    }

    private static func postgreSQL(_ snapshot: Snapshot) throws -> DatabaseHealth {
        func setting(_ name: String) throws -> String {
            try snapshot.row("SELECT current_setting(?) AS value", name)?.get("value") ?? ""
        }
        var problems: [String] = []
        for name in ["fsync", "full_page_writes"] where try setting(name) != "on" {
            problems.append("\(name) 没有打开，断电会损坏数据库")
        }
        if try setting("synchronous_commit") == "off" { problems.append("synchronous_commit 是 off，断电会丢数据") }
        let encoding = try setting("server_encoding")
        if encoding != "UTF8" { problems.append("数据库的编码是 \(encoding) 而不是 UTF8") }
        let bytes: Int = try snapshot.row("SELECT pg_database_size(current_database()) AS bytes")?.get("bytes") ?? 0
        return DatabaseHealth(version: "PostgreSQL \(try setting("server_version"))", bytes: bytes, problems: problems)
    }

    /// How far the database server's clock is ahead of ours, in milliseconds; nil where there is only one clock.
    public static func clockDifference(_ database: any Database, now: Int64) async throws -> Int64? {
        guard database.dialect == .postgreSQL else { return nil }
        return try await database.read { snapshot in
            let server: Int64? = try snapshot.row(
                "SELECT CAST(EXTRACT(EPOCH FROM clock_timestamp()) * 1000 AS BIGINT) AS now")?.get("now")
            return server.map { $0 - now }
        }
    }
}
