import Cryptography
public import Standards

extension BackupCheck {
    /// Puts the rows into an empty database, of either kind, at the schema of the backup.
    ///
    /// Until the end a table says that the database is not whole; see ``isUnfinished(_:)``.
    ///
    /// - Parameters:
    ///   - database: an empty database.
    ///   - migrator: all migrations of the program.
    ///   - instant: now.
    ///   - progress: told after each piece of a table how many of its rows are in.
    /// - Throws: ``StorageError`` with code `newerDatabase` when the backup is a newer program's, before anything is
    ///   written; with code `backup` when the file changed since it was read.
    public func load(
        into database: any Database, migrator: Migrator, at instant: Instant,
        progress: @escaping @Sendable (_ table: String, _ rows: Int) -> Void = { _, _ in }
    ) async throws {
        let migrator = try migrator.restricted(to: header.steps)
        try await database.write { _ = try $0.execute("CREATE TABLE IF NOT EXISTS \(Self.mark) (at BIGINT NOT NULL)") }
        try await migrator.run(on: database, at: instant)
        let tables = header.tables
        // Migrations may have put rows in.
        try await database.write { transaction in for table in tables.reversed() { try table.empty(in: transaction) } }
        try await loadRows(into: database, progress)
        let expected = manifest.rows
        let record = BackupRecord(at: header.instant, file: path, bytes: 0)
        try await database.write { transaction in
            for table in tables {
                let count = try table.count(in: transaction)
                guard count == expected[table.name] else {
                    throw StorageError(.backup, "表 \(table.name) 恢复后有 \(count) 行，与清单不符。请换一份备份再恢复。")
                }
            }
            try record.insert(in: transaction)
            try transaction.execute("DROP TABLE \(Self.mark)")
        }
    }

    /// Checks that the program knows every migration of the backup.
    ///
    /// - Throws: ``StorageError`` with code `newerDatabase` or `changedMigration`.
    public func checkSchema(_ migrator: Migrator) throws { _ = try migrator.restricted(to: header.steps) }

    private func loadRows(into database: any Database, _ progress: @Sendable (String, Int) -> Void) async throws {
        let digests = Dictionary(manifest.parts.map { ($0.path, $0.sm3) }, uniquingKeysWith: { first, _ in first })
        var reader = try BackupReader(path)
        var loaded: [String: Int] = [:]
        while let (name, content) = try reader.next() {
            guard let position = BackupPath.table(of: name), header.tables.indices.contains(position) else { continue }
            let table = header.tables[position]
            guard Hex.encode(SM3.hash(content)) == digests[name],
                let rows = RowCoding.rows(content, columns: table.columns.count)
            else { throw StorageError(.backup, "备份在恢复期间变了，\(name) 与摘要不符。请把备份放到没有人改动的地方再恢复。") }
            try await database.write { try table.insert(rows, in: $0) }
            loaded[table.name, default: 0] += rows.count
            progress(table.name, loaded[table.name] ?? 0)
        }
    }

    private static let mark = "restore_unfinished"

    /// Whether a database is what a restoring that was cut off left behind.
    public static func isUnfinished(_ database: any Database) async throws -> Bool {
        try await database.read { try $0.hasTable(Self.mark) }
    }
}
