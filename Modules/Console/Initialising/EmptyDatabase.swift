import PluginKit

/// A PostgreSQL database that was empty when we came, and can be made so again.
struct EmptyDatabase {
    private let conninfo: String

    init(_ conninfo: String) { self.conninfo = conninfo }

    /// - Throws: ``ConsoleError`` when it holds tables; ``StorageError`` when it can't be reached.
    func check() async throws {
        if let table = try await tables().first {
            throw ConsoleError(
                "console.database_not_empty", "数据库里已有表（\(table) 等），没有改动任何内容。请换一个空的数据库。")
        }
    }

    /// Drops every table that was made since.
    func empty() async throws {
        let tables = try await tables()
        if tables.isEmpty { return }
        let names = tables.map { "\"\($0.replacing("\"", with: "\"\""))\"" }.joined(separator: ", ")
        let database = try PostgreSQLDatabase(conninfo)
        try await database.write { _ = try $0.execute("DROP TABLE \(names) CASCADE") }
        try await database.close()
    }

    private func tables() async throws -> [String] {
        let database = try PostgreSQLDatabase(conninfo)
        do {
            let names = try await database.read { snapshot in
                try snapshot.rows(
                    """
                    SELECT CAST(table_name AS TEXT) AS name FROM information_schema.tables
                    WHERE table_schema = current_schema() AND table_type = 'BASE TABLE' ORDER BY 1
                    """
                ).map { try $0.get("name", as: String.self) }
            }
            try await database.close()
            return names
        } catch {
            try? await database.close()
            throw error
        }
    }
}
