public import Standards

/// Brings a database to the schema that the program was built for.
///
/// There is one migrator over all owners, enabled or not, in the given order (DESIGN §4). Several servers may start at
/// once: each migration runs in one transaction together with its row in the ledger, under a lock.
public struct Migrator: Sendable {
    private let sets: [MigrationSet]

    /// - Parameter sets: in the order in which they run.
    public init(_ sets: [MigrationSet]) { self.sets = sets }

    /// One migration by name.
    public struct Step: Sendable, Hashable, Codable, CustomStringConvertible {
        public let owner: String
        public let id: String

        public var description: String { "\(owner)/\(id)" }
    }

    /// Runs what has not run yet.
    ///
    /// - Parameters:
    ///   - database: the database to change.
    ///   - instant: what the ledger says about when.
    ///   - report: told of each migration after it was committed.
    /// - Returns: what ran.
    /// - Throws: ``StorageError`` with code `newerDatabase`, `changedMigration` or `migration`; what ran before the
    ///   failing one stays, and a later run goes on from there.
    @discardableResult
    public func run(
        on database: any Database, at instant: Instant, report: @Sendable (Step) -> Void = { _ in }
    ) async throws -> [Step] {
        try await database.write { transaction in
            try Self.lock(transaction)
            try transaction.script(Self.ledger)
        }
        var ran: [Step] = []
        for (step, migration) in try await missing(on: database) {
            let applied = try await database.write { transaction in
                try Self.lock(transaction)
                return try Self.apply(migration, as: step, at: instant, in: transaction)
            }
            if applied {
                ran.append(step)
                report(step)
            }
        }
        return ran
    }

    /// What has not run yet, after the same checks as ``run(on:at:report:)``; changes nothing.
    public func pending(on database: any Database) async throws -> [Step] {
        try await missing(on: database).map(\.step)
    }

    private static let ledger = """
        CREATE TABLE IF NOT EXISTS schema_migration (
            owner TEXT NOT NULL, id TEXT NOT NULL, checksum TEXT NOT NULL, applied_at BIGINT NOT NULL,
            PRIMARY KEY (owner, id))
        """

    private func missing(on database: any Database) async throws -> [(step: Step, migration: Migration)] {
        try missing(after: try await database.read { try Self.applied($0) })
    }

    /// What is missing after some steps, by the checksums that they had when they ran.
    private func missing(after applied: [Step: String]) throws -> [(step: Step, migration: Migration)] {
        var known: Set<Step> = []
        var missing: [(step: Step, migration: Migration)] = []
        for set in sets {
            for migration in set.migrations {
                let step = Step(owner: set.owner, id: migration.id)
                guard known.insert(step).inserted else {
                    throw StorageError(.migration, "迁移 \(step) 在程序里出现了两次，请改用不同的编号。")
                }
                switch applied[step] {
                case nil: missing.append((step, migration))
                case migration.checksum: break
                default: throw Self.changed(step)
                }
            }
        }
        let unknown = applied.keys.filter { !known.contains($0) }.map(\.description).sorted()
        guard unknown.isEmpty else {
            throw StorageError(
                .newerDatabase,
                "数据库由更新的程序建立，本程序不认识这些迁移：\(unknown.joined(separator: "、"))。请换用新版本的程序，或恢复升级前的备份。",
                detail: unknown.joined(separator: ","))
        }
        return missing
    }

    /// The migrations that have run, after the same checks as ``run(on:at:report:)``, as a migrator of their own.
    func applied(in snapshot: Snapshot) throws -> Migrator { try restricted(to: try Self.applied(snapshot)) }

    /// The migrator of some steps only, such as those of a backup.
    ///
    /// - Parameter steps: with the checksums that they had when they ran.
    /// - Throws: ``StorageError`` with code `newerDatabase` or `changedMigration` when the program knows them not or
    ///   otherwise.
    func restricted(to steps: [Step: String]) throws -> Migrator {
        _ = try missing(after: steps)
        return Migrator(
            sets.map { set in
                MigrationSet(
                    owner: set.owner, tablePrefix: set.tablePrefix,
                    migrations: set.migrations.filter { steps[Step(owner: set.owner, id: $0.id)] != nil })
            })
    }

    /// All steps with their checksums.
    var steps: [Step: String] {
        Dictionary(
            sets.flatMap { set in
                set.migrations.map { (Step(owner: set.owner, id: $0.id), $0.checksum) }
            }, uniquingKeysWith: { first, _ in first })
    }

    /// The tables that the migrations make, each after those that it refers to; the search index last.
    var tables: [SchemaTable] { get throws { try SchemaTable.tables(of: sets) } }

    /// Whether nothing has run yet.
    public static func isEmpty(_ snapshot: Snapshot) throws -> Bool { try applied(snapshot).isEmpty }

    static func applied(_ snapshot: Snapshot) throws -> [Step: String] {
        guard try snapshot.hasTable("schema_migration") else { return [:] }
        var applied: [Step: String] = [:]
        for row in try snapshot.rows("SELECT owner, id, checksum FROM schema_migration") {
            applied[Step(owner: try row.get("owner"), id: try row.get("id"))] = try row.get("checksum")
        }
        return applied
    }

    private static func apply(
        _ migration: Migration, as step: Step, at instant: Instant, in transaction: Transaction
    ) throws -> Bool {
        let found = try transaction.row(
            "SELECT checksum FROM schema_migration WHERE owner = ? AND id = ?", step.owner, step.id)
        if let checksum: String = try found?.get("checksum") {
            // Another server ran it while we waited for the lock.
            guard checksum == migration.checksum else { throw changed(step) }
            return false
        }
        do {
            try transaction.script(migration.sql(for: transaction.dialect))
        } catch let error as StorageError {
            throw StorageError(
                .migration, "数据库升级到 \(step) 时失败，没有改动任何内容。请保留日志并联系程序的提供者。", detail: error.description)
        }
        try transaction.execute(
            "INSERT INTO schema_migration (owner, id, checksum, applied_at) VALUES (?, ?, ?, ?)",
            step.owner, step.id, migration.checksum, instant)
        return true
    }

    /// Lets one server migrate at a time; SQLite's immediate transaction is the lock there.
    private static func lock(_ transaction: Transaction) throws {
        guard transaction.dialect == .postgreSQL else { return }
        _ = try transaction.row("SELECT pg_advisory_xact_lock(7105924810362117)")
    }

    private static func changed(_ step: Step) -> StorageError {
        StorageError(
            .changedMigration, "迁移 \(step) 已经执行过，但程序里的内容与当时不同。请换回发布的程序；改动表结构须另加一条迁移。",
            detail: step.description)
    }
}
