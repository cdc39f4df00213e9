import GRDB

/// Keeps plugins to their own tables: each migration first runs on a scratch copy whose catalogue is compared.
public enum MigrationFence {
    /// What a migration did outside of its fence.
    public struct Violation: Sendable, Hashable, CustomStringConvertible {
        /// What was done to the object.
        public enum Act: String, Sendable {
            case created, changed, removed, used
        }

        public let owner: String
        public let migration: String
        public let act: Act
        /// The table, index, view or trigger; a forbidden keyword for `used`.
        public let object: String

        /// Who did what to what, in Chinese.
        public var description: String {
            let verb =
                switch act {
                case .created: "建立了"
                case .changed: "改动了"
                case .removed: "删除了"
                case .used: "使用了"
                }
            return "插件 \(owner) 的迁移 \(migration) \(verb)不属于它的 \(object)"
        }
    }

    /// Runs all migrations on a scratch database in memory and lists everything done outside of a fence.
    ///
    /// An owner with the prefix `newborn_` may create, alter and drop only tables, views, indexes and triggers that
    /// begin with it, and may name only such tables in its statements; transactions, `PRAGMA` and `ATTACH` are
    /// nobody's.
    ///
    /// - Throws: ``StorageError`` with code ``StorageError/Code/migration`` when a migration fails there.
    public static func violations(of sets: [MigrationSet]) throws -> [Violation] {
        try translatingErrors {
            try DatabaseQueue().inDatabase { database in
                var violations: [Violation] = []
                for set in sets {
                    for migration in set.migrations {
                        let before = try catalogue(database)
                        do {
                            try database.execute(sql: migration.sqlite)
                        } catch {
                            throw StorageError(
                                .migration, "迁移 \(set.owner)/\(migration.id) 在试运行时失败，请检查 SQL。", detail: "\(error)")
                        }
                        guard let prefix = set.tablePrefix else { continue }
                        let fence = Fence(prefix: prefix, owner: set.owner, migration: migration.id)
                        violations += fence.compare(before, try catalogue(database))
                        violations += fence.scan(migration.sqlite, tables: Set(before.values.map(\.table)))
                    }
                }
                return violations
            }
        }
    }

    fileprivate struct Object: Equatable {
        let table: String
        let sql: String?
    }

    private static func catalogue(_ database: GRDB.Database) throws -> [String: Object] {
        var objects: [String: Object] = [:]
        // Without the indexes that SQLite makes for keys: they come and go with their tables.
        let sql = "SELECT name, tbl_name, sql FROM sqlite_master WHERE name NOT LIKE 'sqlite_autoindex%'"
        for row in try GRDB.Row.fetchAll(database, sql: sql) {
            objects[row["name"]] = Object(table: row["tbl_name"], sql: row["sql"])
        }
        return objects
    }
}

private struct Fence {
    let prefix: String
    let owner: String
    let migration: String

    func compare(_ before: [String: MigrationFence.Object], _ after: [String: MigrationFence.Object])
        -> [MigrationFence.Violation]
    {
        Set(before.keys).union(after.keys).sorted().compactMap { name in
            let act: MigrationFence.Violation.Act
            switch (before[name], after[name]) {
            case (nil, let new?):
                if isOurs(name, new) { return nil }
                act = .created
            case (let old?, nil):
                if isOurs(name, old) { return nil }
                act = .removed
            case (let old?, let new?):
                if old == new || isOurs(name, old) && isOurs(name, new) { return nil }
                act = .changed
            case (nil, nil): return nil
            }
            return violation(act, name)
        }
    }

    /// Finds statements on other owners' tables, which leave no trace in an empty catalogue.
    func scan(_ sql: String, tables: Set<String>) -> [MigrationFence.Violation] {
        let others = Set(tables.filter { !$0.lowercased().hasPrefix(prefix) }.map { $0.lowercased() })
        var found: [String] = []
        var previous = ""
        var isInTableList = false
        for piece in SQLWords(sql) {
            let word = piece.text.trimmingQuotes.lowercased()
            if word.allSatisfy(\.isWhitespace) || piece.text.hasPrefix("--") { continue }
            defer { previous = word }
            if Self.tableFollows.contains(word) {
                isInTableList = true
                continue
            }
            let isTable = Self.tableFollows.contains(previous) || isInTableList && previous == ","
            if word != ",", !isTable { isInTableList = isInTableList && !Self.tableListEnds.contains(word) }
            let isForeign = isTable && others.contains(word)
            let isForbidden = piece.isWord && Self.forbidden.contains(word)
            if isForeign || isForbidden, !found.contains(word) { found.append(word) }
        }
        return found.map { violation(.used, $0) }
    }

    private static let tableFollows: Set<String> = [
        "from", "join", "into", "update", "table", "references", "exists", "only",
    ]
    private static let tableListEnds: Set<String> = [
        "where", "set", "values", "select", "on", "group", "order", ";", "(",
    ]
    private static let forbidden: Set<String> = [
        "pragma", "attach", "detach", "vacuum", "commit", "rollback", "savepoint", "sqlite_master", "sqlite_schema",
        "schema_migration",
    ]

    private func isOurs(_ name: String, _ object: MigrationFence.Object) -> Bool {
        name.lowercased().hasPrefix(prefix) && object.table.lowercased().hasPrefix(prefix)
    }

    private func violation(_ act: MigrationFence.Violation.Act, _ object: String) -> MigrationFence.Violation {
        MigrationFence.Violation(owner: owner, migration: migration, act: act, object: object)
    }
}

extension String {
    fileprivate var trimmingQuotes: String {
        count >= 2 && hasPrefix("\"") && hasSuffix("\"") ? String(dropFirst().dropLast()) : self
    }
}
