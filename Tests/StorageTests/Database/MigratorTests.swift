import Storage
import StorageTestSupport
import Synchronization
import Testing

@Suite("Migrations")
struct MigratorTests {
    private static func set(_ migrations: [Migration]) -> MigrationSet {
        MigrationSet(owner: "demo", tablePrefix: nil, migrations: migrations)
    }
    private static let first = Migration("0001-a", "CREATE TABLE demo_a (id BIGINT PRIMARY KEY, data BLOB)")
    private static let second = Migration("0002-b", "ALTER TABLE demo_a ADD COLUMN name TEXT")

    @Test("each migration runs once, in order, and is reported", arguments: TestDatabase.all)
    func runsOnce(_ kind: TestDatabaseKind) async throws {
        try await withDatabase(kind, migrations: []) { database in
            let reported = Mutex<[String]>([])
            let one = Migrator([Self.set([Self.first])])
            #expect(try await one.pending(on: database).map(\.description) == ["demo/0001-a"])
            try await one.run(on: database, at: TestDatabase.now) { step in reported.withLock { $0.append(step.id) } }
            let two = Migrator([Self.set([Self.first, Self.second])])
            #expect(try await two.run(on: database, at: TestDatabase.now).map(\.id) == ["0002-b"])
            #expect(try await two.run(on: database, at: TestDatabase.now).isEmpty)
            #expect(try await two.pending(on: database).isEmpty)
            #expect(reported.withLock { $0 } == ["0001-a"])
            try await database.write { transaction in
                _ = try transaction.execute(
                    "INSERT INTO demo_a (id, data, name) VALUES (1, ?, 'x')", [0, 1] as [UInt8])
            }
        }
    }

    @Test("several servers that start at once migrate once", arguments: TestDatabase.all)
    func together(_ kind: TestDatabaseKind) async throws {
        try await withDatabaseOpener(kind) { open in
            let servers = try (0..<4).map { _ in try open() }
            let ran = try await withThrowingTaskGroup(of: [Migrator.Step].self) { group in
                for server in servers {
                    group.addTask {
                        try await Migrator([StorageSchema.migrations, Self.set([Self.first, Self.second])])
                            .run(on: server, at: TestDatabase.now)
                    }
                }
                return try await group.reduce(into: []) { $0 += $1 }
            }
            for server in servers { try await server.close() }
            #expect(ran.count == StorageSchema.migrations.migrations.count + 2)
            #expect(Set(ran).count == ran.count)
        }
    }

    @Test("a database of a newer program is refused by the names of its migrations", arguments: TestDatabase.all)
    func newer(_ kind: TestDatabaseKind) async throws {
        try await withDatabase(kind, migrations: [Self.set([Self.first, Self.second])]) { database in
            let error = await #expect(throws: StorageError.self) {
                try await Migrator([Self.set([Self.first])]).run(on: database, at: TestDatabase.now)
            }
            #expect(error?.code == .newerDatabase)
            #expect(error?.message.contains("demo/0002-b") == true)
        }
    }

    @Test("a migration whose text was changed after it ran is refused", arguments: TestDatabase.all)
    func changed(_ kind: TestDatabaseKind) async throws {
        try await withDatabase(kind, migrations: [Self.set([Self.first])]) { database in
            let changed = Migration("0001-a", "CREATE TABLE demo_a (id BIGINT PRIMARY KEY)")
            let error = await #expect(throws: StorageError.self) {
                try await Migrator([Self.set([changed])]).pending(on: database)
            }
            #expect(error?.code == .changedMigration)
        }
    }

    @Test("a migration that fails leaves nothing behind and can run again", arguments: TestDatabase.all)
    func failing(_ kind: TestDatabaseKind) async throws {
        try await withDatabase(kind, migrations: []) { database in
            let broken = Migration("0002-b", "CREATE TABLE demo_b (id BIGINT); CREATE TABLE demo_a (id BIGINT)")
            let error = await #expect(throws: StorageError.self) {
                try await Migrator([Self.set([Self.first, broken])]).run(on: database, at: TestDatabase.now)
            }
            #expect(error?.code == .migration)
            let mended = Migration("0002-b", "CREATE TABLE demo_b (id BIGINT)")
            let ran = try await Migrator([Self.set([Self.first, mended])]).run(on: database, at: TestDatabase.now)
            #expect(ran.map(\.id) == ["0002-b"])
        }
    }

    @Test("two migrations of one name are refused")
    func twice() async throws {
        try await withDatabase(.sqlite, migrations: []) { database in
            await #expect(throws: StorageError.self) {
                try await Migrator([Self.set([Self.first, Self.first])]).run(on: database, at: TestDatabase.now)
            }
        }
    }

    @Test("only the type BLOB becomes BYTEA")
    func blobType() {
        let migration = Migration("1", "CREATE TABLE blob_chunk (x BLOB, \"BLOB\" TEXT DEFAULT 'BLOB') -- BLOB")
        #expect(
            migration.sql(for: .postgreSQL)
                == "CREATE TABLE blob_chunk (x BYTEA, \"BLOB\" TEXT DEFAULT 'BLOB') -- BLOB")
        #expect(migration.sql(for: .sqlite).contains("x BLOB"))
    }
}

@Suite("The fence around a plugin's migrations")
struct MigrationFenceTests {
    private func violations(_ sql: String) throws -> [String] {
        let plugin = MigrationSet(
            owner: "newborn", tablePrefix: "newborn_", migrations: [Migration("0001-x", sql)])
        return try MigrationFence.violations(of: [StorageSchema.migrations, .items, plugin])
            .map { "\($0.act.rawValue) \($0.object)" }
    }

    @Test(
        "a plugin may do as it likes with its own tables",
        arguments: [
            "CREATE TABLE newborn_notice (id TEXT PRIMARY KEY, data BLOB, journal TEXT, blob TEXT)",
            "CREATE TABLE newborn_a (id BIGINT); CREATE INDEX newborn_a_id ON newborn_a (id); DROP TABLE newborn_a",
            """
            CREATE TABLE newborn_a (id BIGINT); INSERT INTO newborn_a SELECT id FROM newborn_a;
            UPDATE newborn_a SET id = 1
            """,
            """
            CREATE TABLE newborn_a (id BIGINT);
            CREATE TRIGGER newborn_t AFTER INSERT ON newborn_a BEGIN DELETE FROM newborn_a; END
            """,
            "CREATE TABLE newborn_a (id BIGINT); ALTER TABLE newborn_a ADD COLUMN x TEXT DEFAULT 'from journal'",
        ])
    func allowed(_ sql: String) throws {
        #expect(try violations(sql) == [])
    }

    @Test(
        "and nothing with anybody else's",
        arguments: [
            ("CREATE TABLE notice (id TEXT)", ["created notice"]),
            ("DROP TABLE part", ["removed part", "used part"]),
            ("ALTER TABLE item ADD COLUMN newborn_x TEXT", ["changed item", "used item"]),
            ("CREATE INDEX newborn_i ON item (text)", ["created newborn_i"]),
            ("CREATE TABLE newborn_a (id BIGINT); CREATE INDEX other ON newborn_a (id)", ["created other"]),
            ("DROP INDEX journal_head_changed", ["removed journal_head_changed"]),
            ("CREATE TRIGGER newborn_t AFTER INSERT ON item BEGIN SELECT 1; END", ["created newborn_t"]),
            ("UPDATE item SET count = 1", ["used item"]),
            ("DELETE FROM \"journal\"", ["used journal"]),
            ("INSERT INTO outbox SELECT * FROM outbox", ["used outbox"]),
            ("CREATE TABLE newborn_a AS SELECT * FROM newborn_b, item", ["used item"]),
            ("CREATE TABLE newborn_a (id BIGINT REFERENCES item (id))", ["used item"]),
            ("PRAGMA user_version = 3", ["used pragma"]),
        ])
    func refused(_ sql: String, _ expected: [String]) throws {
        let setUp = sql.contains("newborn_b") ? "CREATE TABLE newborn_b (id BIGINT); " : ""
        #expect(try violations(setUp + sql) == expected)
    }

    @Test("the tables of Storage themselves pass on the scratch copy")
    func storage() throws {
        #expect(try MigrationFence.violations(of: [StorageSchema.migrations]) == [])
    }

    @Test("a migration that fails on the scratch copy is named")
    func failing() {
        let error = #expect(throws: StorageError.self) { try violations("CREATE TABEL x") }
        #expect(error?.code == .migration)
        #expect(error?.message.contains("newborn/0001-x") == true)
    }
}
