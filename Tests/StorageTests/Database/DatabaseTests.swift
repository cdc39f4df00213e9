import Foundation
import Standards
import Storage
import StorageTestSupport
import Testing

@Suite("One SQL surface over two databases")
struct DatabaseTests {
    @Test("SQLite commits with synchronous=FULL on its writing connection")
    func fullSynchronous() async throws {
        try await withDatabaseOpener(.sqlite) { open in
            let database = try #require(try open() as? SQLiteDatabase)
            #expect(try await database.synchronousLevel() == 2)
            try await database.close()
        }
    }

    @Test("PostgreSQL confirms a commit only when it is on the disk")
    func synchronousCommit() async throws {
        try await withDatabase(.postgreSQL) { database in
            let level = try await database.read {
                try $0.row("SHOW synchronous_commit")?.get("synchronous_commit", as: String.self)
            }
            #expect(level == "on")
        }
    }

    @Test("a write that fails takes no neighbour of its shared commit with it", arguments: TestDatabase.all)
    func failingNeighbour(_ kind: TestDatabaseKind) async throws {
        try await withDatabase(kind, migrations: [.items]) { database in
            let results = await withTaskGroup(of: (Int, Bool).self) { group in
                for number in 0..<60 {
                    group.addTask {
                        do {
                            try await database.write { transaction in
                                try transaction.execute("INSERT INTO item (id, text) VALUES (?, ?)", number, "a")
                                if number % 3 == 0 { throw Refusal() }
                                if number % 3 == 1 {
                                    try transaction.execute("INSERT INTO item (id, text) VALUES (?, ?)", number, "b")
                                }
                            }
                            return (number, true)
                        } catch {
                            return (number, false)
                        }
                    }
                }
                return await group.reduce(into: [:]) { $0[$1.0] = $1.1 }
            }
            #expect(results.count == 60)
            #expect(results.allSatisfy { $0.value == ($0.key % 3 == 2) })
            let ids = try await database.read {
                try $0.rows("SELECT id FROM item ORDER BY id").map { try $0.get("id", as: Int.self) }
            }
            #expect(ids == Array(stride(from: 2, to: 60, by: 3)))
            #expect(database.commitStatistics.writes == ids.count + kind.setUpWrites)
        }
    }

    @Test("every one of many concurrent writers is answered", arguments: TestDatabase.all)
    func manyWriters(_ kind: TestDatabaseKind) async throws {
        try await withDatabase(kind, migrations: [.items]) { database in
            try await database.write { _ = try $0.execute("INSERT INTO item (id, text) VALUES (0, '')") }
            let seen = try await withThrowingTaskGroup(of: Int.self) { group in
                for _ in 0..<400 {
                    group.addTask {
                        try await database.write {
                            try $0.row("UPDATE item SET count = count + 1 WHERE id = 0 RETURNING count")?.get("count")
                                ?? -1
                        }
                    }
                }
                return try await group.reduce(into: Set<Int>()) { $0.insert($1) }
            }
            #expect(seen == Set(1...400))
            let statistics = database.commitStatistics
            #expect(statistics.writes == 401 + kind.setUpWrites)
            if kind == .sqlite { #expect(statistics.commits < statistics.writes) }
        }
    }

    @Test("without shared commits every write has its own")
    func unsharedCommits() async throws {
        let path = FileManager.default.temporaryDirectory.appending(path: "yiciban-\(UUID().uuidString).sqlite").path()
        defer { for ending in ["", "-wal", "-shm"] { try? FileManager.default.removeItem(atPath: path + ending) } }
        let database = try SQLiteDatabase(path: path, options: .init(sharedCommits: false))
        try await database.write { _ = try $0.execute("CREATE TABLE t (id BIGINT)") }
        try await withThrowingTaskGroup(of: Void.self) { group in
            for number in 0..<50 {
                group.addTask { try await database.write { _ = try $0.execute("INSERT INTO t VALUES (?)", number) } }
            }
            try await group.waitForAll()
        }
        #expect(database.commitStatistics == CommitStatistics(writes: 51, commits: 51))
        try await database.close()
    }

    @Test("what a commit answered is there after the file is opened again", arguments: TestDatabase.all)
    func reopening(_ kind: TestDatabaseKind) async throws {
        try await withDatabaseOpener(kind) { open in
            let first = try open()
            try await Migrator([.items]).run(on: first, at: TestDatabase.now)
            try await first.write { _ = try $0.execute("INSERT INTO item (id, text) VALUES (1, '岳阳')") }
            try await first.close()
            let second = try open()
            let text = try await second.read { try $0.row("SELECT text FROM item")?.get("text", as: String.self) }
            try await second.close()
            #expect(text == "岳阳")
        }
    }

    @Test("a closed database answers with an error and never hangs", arguments: TestDatabase.all)
    func closed(_ kind: TestDatabaseKind) async throws {
        try await withDatabaseOpener(kind) { open in
            let database = try open()
            try await database.close()
            await #expect(throws: StorageError.self) { try await database.write { _ = try $0.execute("SELECT 1") } }
        }
    }

    @Test("values come back as they were stored", arguments: TestDatabase.all)
    func roundTrip(_ kind: TestDatabaseKind) async throws {
        try await withDatabase(kind, migrations: [.values]) { database in
            let day = try LegalDay(year: 2026, month: 11, day: 22)
            try await database.write { transaction in
                try transaction.execute(
                    "INSERT INTO value (a, b, c, d, e, f) VALUES (?, ?, ?, ?, ?, ?)", "张三 '\"?--🀄", Int64.min, 1.5,
                    [UInt8](0...255), true, nil as String?)
                try transaction.execute(
                    "INSERT INTO value (a, b, c, d, e, f) VALUES (?, ?, ?, ?, ?, ?)", "", TestDatabase.now, -0.0,
                    [] as [UInt8], day, "x")
            }
            try await database.read { snapshot in
                let rows = try snapshot.rows("SELECT a, b, c, d, e, f FROM value ORDER BY b")
                #expect(try rows[0].get("a") == "张三 '\"?--🀄")
                #expect(try rows[0].get("b") == Int64.min)
                #expect(try rows[0].get("c") == 1.5)
                #expect(try rows[0].get("d") == [UInt8](0...255))
                #expect(try rows[0].get("e") == true)
                #expect(try rows[0].get("f", as: String?.self) == nil)
                #expect(try rows[1].get("a") == "")
                #expect(try rows[1].get("b") == TestDatabase.now)
                #expect(try rows[1].get("d") == [UInt8]())
                #expect(try rows[1].get("e") == day)
                #expect(throws: StorageError.self) { try rows[0].get("a", as: Int.self) }
                #expect(throws: StorageError.self) { try rows[0].get("f", as: String.self) }
                #expect(throws: StorageError.self) { try rows[0].get("missing", as: String.self) }
            }
        }
    }

    @Test("a text with a NUL is refused, not cut", arguments: TestDatabase.all)
    func nul(_ kind: TestDatabaseKind) async throws {
        try await withDatabase(kind, migrations: [.items]) { database in
            let error = await #expect(throws: StorageError.self) {
                try await database.write { _ = try $0.execute("INSERT INTO item (id, text) VALUES (1, ?)", "a\0b") }
            }
            #expect(error?.code == .nulCharacter)
        }
    }

    @Test("a read sees one moment, whatever is written meanwhile", arguments: TestDatabase.all)
    func consistentRead(_ kind: TestDatabaseKind) async throws {
        try await withDatabase(kind, migrations: [.items]) { database in
            let (first, second) = try await database.read { snapshot in
                let first = try snapshot.rows("SELECT id FROM item").count
                let written = DispatchSemaphore(value: 0)
                Task {
                    try await database.write { _ = try $0.execute("INSERT INTO item (id, text) VALUES (1, '')") }
                    written.signal()
                }
                written.wait()
                return (first, try snapshot.rows("SELECT id FROM item").count)
            }
            #expect((first, second) == (0, 0))
        }
    }

    @Test("a body that swallows an SQL error does not report success on PostgreSQL")
    func swallowedError() async throws {
        try await withDatabase(.postgreSQL, migrations: [.items]) { database in
            await #expect(throws: StorageError.self) {
                try await database.write { transaction in
                    try transaction.execute("INSERT INTO item (id, text) VALUES (1, '')")
                    _ = try? transaction.execute("INSERT INTO item (id, text) VALUES (1, '')")
                }
            }
            let count = try await database.read { try $0.rows("SELECT id FROM item").count }
            #expect(count == 0)
        }
    }

    @Test("two transactions in each other's way are both done in the end")
    func deadlock() async throws {
        try await withDatabase(.postgreSQL, migrations: [.items]) { database in
            try await database.write { _ = try $0.execute("INSERT INTO item (id, text) VALUES (1, ''), (2, '')") }
            try await withThrowingTaskGroup(of: Void.self) { group in
                for number in 0..<16 {
                    group.addTask {
                        try await database.write { transaction in
                            for id in number.isMultiple(of: 2) ? [1, 2] : [2, 1] {
                                try transaction.execute("UPDATE item SET count = count + 1 WHERE id = ?", id)
                            }
                        }
                    }
                }
                try await group.waitForAll()
            }
            let counts = try await database.read {
                try $0.rows("SELECT count FROM item ORDER BY id").map { try $0.get("count", as: Int.self) }
            }
            #expect(counts == [16, 16])
        }
    }

    @Test("errors mean the same on both databases", arguments: TestDatabase.all, FailingStatement.allCases)
    func errors(_ kind: TestDatabaseKind, _ statement: FailingStatement) async throws {
        try await withDatabase(kind, migrations: [.items]) { database in
            try await database.write { _ = try $0.execute("INSERT INTO item (id, text) VALUES (1, '')") }
            let error = await #expect(throws: StorageError.self) {
                try await database.write { _ = try $0.execute(statement.rawValue) }
            }
            #expect(error?.code == statement.code)
            #expect(error?.message.contains("。") == true)
        }
    }

    @Test("a folder that is not there gives an error that names the remedy")
    func missingFolder() {
        let error = #expect(throws: StorageError.self) { try SQLiteDatabase(path: "/nowhere/at/all.sqlite") }
        #expect(error?.code == .cannotOpen)
    }

    @Test("a file that is no database is called damaged")
    func notADatabase() throws {
        let path = FileManager.default.temporaryDirectory.appending(path: "yiciban-\(UUID().uuidString)").path()
        try String(repeating: "not a database. ", count: 300).write(toFile: path, atomically: true, encoding: .utf8)
        defer { try? FileManager.default.removeItem(atPath: path) }
        #expect(#expect(throws: StorageError.self) { try SQLiteDatabase(path: path) }?.code == .corrupt)
    }

    @Test("a server that is not there gives an error that names the remedy")
    func missingServer() {
        let error = #expect(throws: StorageError.self) {
            try PostgreSQLDatabase("host=127.0.0.1 port=1 user=nobody dbname=none connect_timeout=2")
        }
        #expect(error?.code == .connection)
    }
}

struct Refusal: Error {}

enum FailingStatement: String, CaseIterable, CustomTestStringConvertible {
    case unique = "INSERT INTO item (id, text) VALUES (1, '')"
    case foreignKey = "INSERT INTO part (id, item) VALUES (1, 99)"
    case check = "INSERT INTO item (id, text, count) VALUES (2, '', -1)"
    case notNull = "INSERT INTO item (id) VALUES (2)"
    case syntax = "INSRET INTO item (id) VALUES (2)"

    var code: StorageError.Code {
        switch self {
        case .unique: .uniqueViolation
        case .foreignKey: .foreignKey
        case .check, .notNull: .checkViolation
        case .syntax: .other
        }
    }

    var testDescription: String { code.rawValue }
}

extension TestDatabaseKind {
    /// The ledger and one migration.
    var setUpWrites: Int { 2 }
}

extension MigrationSet {
    static let items = MigrationSet(
        owner: "items", tablePrefix: nil,
        migrations: [
            Migration(
                "0001-items",
                """
                CREATE TABLE item (id BIGINT NOT NULL PRIMARY KEY, text TEXT NOT NULL,
                                   count BIGINT NOT NULL DEFAULT 0 CHECK (count >= 0));
                CREATE TABLE part (id BIGINT NOT NULL PRIMARY KEY, item BIGINT NOT NULL REFERENCES item (id))
                """)
        ])
    static let values = MigrationSet(
        owner: "values", tablePrefix: nil,
        migrations: [
            Migration(
                "0001-values", "CREATE TABLE value (a TEXT, b BIGINT, c DOUBLE PRECISION, d BLOB, e BIGINT, f TEXT)")
        ])
}
