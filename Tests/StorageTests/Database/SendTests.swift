import Storage
import StorageTestSupport
import Testing

@Suite("Statements that nobody waits for")
struct SendTests {
    private func count(in database: any Database) async throws -> Int {
        try await database.read { try $0.rows("SELECT id FROM item").count }
    }

    @Test("they take effect in their order and are seen by what follows", arguments: TestDatabase.all)
    func order(_ kind: TestDatabaseKind) async throws {
        try await withDatabase(kind, migrations: [.items]) { database in
            try await database.write { transaction in
                for id in 1...200 { try transaction.send("INSERT INTO item (id, text) VALUES (?, ?)", id, "一\(id)") }
                #expect(try transaction.rows("SELECT id FROM item").count == 200)
                try transaction.send("DELETE FROM item WHERE id > ?", 150)
                #expect(try transaction.execute("DELETE FROM item WHERE id > ?", 100) == 50)
                try transaction.send("UPDATE item SET text = 'last' WHERE id = 100")
            }
            let rows = try await database.read { try $0.rows("SELECT id, text FROM item ORDER BY id DESC") }
            #expect(rows.count == 100)
            #expect(try rows.first?.get("text", as: String.self) == "last")
        }
    }

    @Test("one that fails fails the whole write with its own error", arguments: TestDatabase.all, [true, false])
    func failure(_ kind: TestDatabaseKind, asksLater: Bool) async throws {
        try await withDatabase(kind, migrations: [.items]) { database in
            let error = await #expect(throws: StorageError.self) {
                try await database.write { transaction in
                    try transaction.send("INSERT INTO item (id, text) VALUES (1, '')")
                    try transaction.send("INSERT INTO item (id, text) VALUES (1, '')")
                    try transaction.send("INSERT INTO item (id, text) VALUES (2, '')")
                    if asksLater { _ = try transaction.rows("SELECT id FROM item WHERE id = 3") }
                }
            }
            #expect(error?.code == .uniqueViolation)
            // The connection goes on, with its statements.
            try await database.write { try $0.send("INSERT INTO item (id, text) VALUES (2, '')") }
            let left = try await count(in: database)
            #expect(left == 1)
        }
    }

    @Test("a write that is given up leaves nothing of them", arguments: TestDatabase.all)
    func givenUp(_ kind: TestDatabaseKind) async throws {
        try await withDatabase(kind, migrations: [.items]) { database in
            for _ in 0..<10 {
                await #expect(throws: Refusal.self) {
                    try await database.write { transaction in
                        try transaction.send("INSERT INTO item (id, text) VALUES (1, '')")
                        throw Refusal()
                    }
                }
            }
            let left = try await count(in: database)
            #expect(left == 0)
        }
    }

    @Test("a statement that can't be understood can be followed by others on the same connection")
    func misunderstood() async throws {
        try await withDatabase(.postgreSQL, migrations: [.items]) { database in
            for round in 1...5 {
                await #expect(throws: StorageError.self) {
                    try await database.write { transaction in
                        try transaction.send("INSERT INTO item (id, text) VALUES (?, '')", round)
                        try transaction.send("INSERT INTO nowhere VALUES (\(round))")
                    }
                }
                try await database.write {
                    try $0.send("INSERT INTO item (id, text, count) VALUES (?, '', \(round))", round)
                }
            }
            let left = try await count(in: database)
            #expect(left == 5)
        }
    }

    @Test("more different statements than a connection remembers all work")
    func manyStatements() async throws {
        try await withDatabase(.postgreSQL, migrations: [.items]) { database in
            try await database.write { transaction in
                for id in 1...1200 { try transaction.send("INSERT INTO item (id, text) VALUES (\(id), ?)", "x") }
            }
            let left = try await count(in: database)
            #expect(left == 1200)
        }
    }

    @Test("values of every type come back from PostgreSQL as they went in")
    func types() async throws {
        try await withDatabase(.postgreSQL, migrations: []) { database in
            let row = try await database.read { snapshot in
                try snapshot.row(
                    """
                    SELECT TRUE AS yes, FALSE AS no, CAST(-5 AS SMALLINT) AS small, CAST(-70000 AS INTEGER) AS medium,
                        CAST(-9000000000 AS BIGINT) AS large, CAST(1.5 AS REAL) AS single,
                        CAST(-2.25 AS DOUBLE PRECISION) AS double, CAST(123456.0625 AS NUMERIC) AS exact,
                        CAST(-0.00025 AS NUMERIC) AS tiny, CAST(70000000 AS NUMERIC) AS round, '岳阳' AS text,
                        CAST('\\x00ff10' AS BYTEA) AS bytes, NULL AS nothing
                    """)
            }
            let found = try #require(row)
            #expect(try found.get("yes", as: Bool.self) && !found.get("no", as: Bool.self))
            #expect(try found.get("small", as: Int.self) == -5)
            #expect(try found.get("medium", as: Int.self) == -70_000)
            #expect(try found.get("large", as: Int.self) == -9_000_000_000)
            #expect(try found.get("single", as: Double.self) == 1.5)
            #expect(try found.get("double", as: Double.self) == -2.25)
            #expect(try found.get("exact", as: Double.self) == 123_456.0625)
            #expect(abs(try found.get("tiny", as: Double.self) + 0.00025) < 1e-15)
            #expect(try found.get("round", as: Double.self) == 70_000_000)
            #expect(try found.get("text", as: String.self) == "岳阳")
            #expect(try found.get("bytes", as: [UInt8].self) == [0, 0xFF, 0x10])
            #expect(try found.get("nothing", as: String?.self) == nil)
        }
    }
}
