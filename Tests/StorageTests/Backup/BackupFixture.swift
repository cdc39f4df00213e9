import Cryptography
import Foundation
import Standards
import Storage
import StorageTestSupport

/// A database with rows of every kind, and the way through a file into another database.
enum BackupFixture {
    static let migrations = MigrationSet(
        owner: "demo", tablePrefix: nil,
        migrations: [
            Migration(
                "0001-values",
                """
                CREATE TABLE demo_owner (id TEXT NOT NULL PRIMARY KEY);
                CREATE TABLE demo_value (
                    id BIGINT NOT NULL, owner TEXT NOT NULL REFERENCES demo_owner (id), note TEXT, real DOUBLE PRECISION,
                    data BLOB);
                INSERT INTO demo_owner (id) VALUES ('made by the migration')
                """)
        ])
    static let migrator = Migrator([StorageSchema.migrations, migrations])

    static func backup(_ key: SM2.PrivateKey) -> Backup {
        Backup(
            program: "1.0.0", deployment: "测试", division: "430600",
            attachments: [.init(path: "themes/出生/theme.yaml", bytes: Array("id: birth\n".utf8))], guide: "说明", key: key)
    }

    /// Values at the edges of their kinds, in the order of their numbers.
    static let values: [[SQLValue]] = [
        [.integer(.min), .text("甲"), .null, .null, .null],
        [.integer(0), .text("乙"), .text("行\n二 ' \" ; 𠮷"), .real(1e300), .blob([0, 255, 0])],
        [.integer(.max), .text("甲"), .text(""), .real(-0.1), .blob([])],
    ]

    static func fill(_ database: any Database, _ key: SM2.PrivateKey) async throws {
        try await JournalTests.fill(database, key)
        try await database.write { transaction in
            for owner in ["甲", "乙"] { try transaction.execute("INSERT INTO demo_owner (id) VALUES (?)", owner) }
            for row in values {
                try transaction.execute(
                    "INSERT INTO demo_value (id, owner, note, real, data) VALUES (?, ?, ?, ?, ?)", arguments: row)
            }
            try SearchIndex("things").put(
                id: "1", division: "430600", fields: [.init("新生儿出生一件事", .high), .init("户口登记"), .init("住址", .low)],
                in: transaction)
        }
        _ = try await Keyring.forTests(database)
    }

    static func rows(_ database: any Database) async throws -> [[SQLValue]] {
        try await database.read { snapshot in
            try snapshot.rows("SELECT id, owner, note, real, data FROM demo_value ORDER BY id").map { row in
                try ["id", "owner", "note", "real", "data"].map { try row.get($0, as: SQLValue.self) }
            }
        }
    }

    /// Runs a test with a folder of its own.
    static func inFolder<Value>(_ body: (String) async throws -> Value) async throws -> Value {
        let path = FileManager.default.temporaryDirectory.path + "/yiciban-backup-\(UInt64.random(in: 0 ... .max))"
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: path) }
        return try await body(path)
    }

    /// A filled database's backup in a folder of its own.
    static func withBackup(
        _ kind: TestDatabaseKind = .sqlite, _ body: (_ file: String, _ key: SM2.PrivateKey) async throws -> Void
    ) async throws {
        let key = try SM2.PrivateKey.generate()
        try await inFolder { folder in
            try await withDatabase(kind, migrations: [StorageSchema.migrations, migrations]) { database in
                try await fill(database, key)
                _ = try await backup(key).write(
                    to: "\(folder)/a.tar", partialPath: "\(folder)/a.tar.partial", from: database, migrator: migrator,
                    at: TestDatabase.now)
            }
            try await body("\(folder)/a.tar", key)
        }
    }
}
