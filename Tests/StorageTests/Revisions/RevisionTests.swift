import Storage
import StorageTestSupport
import Synchronization
import Testing

@Suite("What is held in memory while the data behind it may change")
struct RevisionTests {
    /// A value in the database, and one server's copy of it.
    private struct Server: Sendable {
        static let revision = Revision("sample")
        let database: any Database
        let held = Revised<Int>(Server.revision)
        let loads = Counter()

        func value() async throws -> Int { try await database.read { try value(in: $0) } }

        func value(in snapshot: Snapshot) throws -> Int {
            try held.value(in: snapshot) {
                loads.add()
                return try snapshot.row("SELECT count FROM item WHERE id = 1")?.get("count") ?? -1
            }
        }

        func change(to value: Int, in transaction: Transaction) throws {
            try Self.revision.advance(seed: .random(), in: transaction)
            try transaction.execute("UPDATE item SET count = ? WHERE id = 1", value)
        }
    }

    private final class Counter: Sendable {
        private let number = Mutex(0)
        func add() { number.withLock { $0 += 1 } }
        var count: Int { number.withLock { $0 } }
    }

    private func withServers(_ kind: TestDatabaseKind, _ body: (Server, Server) async throws -> Void) async throws {
        try await withDatabase(kind, migrations: [StorageSchema.migrations, .items]) { database in
            try await database.write { _ = try $0.execute("INSERT INTO item (id, text, count) VALUES (1, '', 0)") }
            try await body(Server(database: database), Server(database: database))
        }
    }

    @Test("it is loaded once, and again only when it was changed, on every server", arguments: TestDatabase.all)
    func loading(_ kind: TestDatabaseKind) async throws {
        try await withServers(kind) { first, second in
            for server in [first, second] {
                for _ in 0..<3 { #expect(try await server.value() == 0) }
                #expect(server.loads.count == 1)
            }
            try await first.database.write { try first.change(to: 5, in: $0) }
            for server in [first, second] {
                for _ in 0..<3 { #expect(try await server.value() == 5) }
                #expect(server.loads.count == 2)
            }
        }
    }

    @Test("writers that change nothing of it share one copy", arguments: TestDatabase.all)
    func writers(_ kind: TestDatabaseKind) async throws {
        try await withServers(kind) { server, _ in
            for _ in 0..<5 {
                let value = try await server.database.write { try server.value(in: $0) }
                #expect(value == 0)
            }
            #expect(server.loads.count == 1)
        }
    }

    @Test("a change that is rolled back leaves no trace in memory", arguments: TestDatabase.all)
    func rollBack(_ kind: TestDatabaseKind) async throws {
        try await withServers(kind) { server, other in
            await #expect(throws: Refusal.self) {
                try await server.database.write { transaction in
                    try server.change(to: 7, in: transaction)
                    #expect(try server.value(in: transaction) == 7)
                    throw Refusal()
                }
            }
            #expect(try await server.value() == 0)
            // The next change gets the number of the one that never happened.
            try await server.database.write { try server.change(to: 8, in: $0) }
            #expect(try await server.value() == 8)
            #expect(try await other.value() == 8)
        }
    }

    @Test("what a half-done change shows is not kept for the others", arguments: TestDatabase.all)
    func halfDone(_ kind: TestDatabaseKind) async throws {
        try await withServers(kind) { server, _ in
            try await server.database.write { transaction in
                try Server.revision.advance(seed: .random(), in: transaction)
                #expect(try server.value(in: transaction) == 0)
                try transaction.execute("UPDATE item SET count = 9 WHERE id = 1")
                #expect(try server.value(in: transaction) == 9)
            }
            #expect(try await server.value() == 9)
        }
    }

    @Test("a basis holds until any revision moves, and as long as a move is rolled back", arguments: TestDatabase.all)
    func basis(_ kind: TestDatabaseKind) async throws {
        try await withServers(kind) { server, _ in
            let basis = try await server.database.read { try RevisionBasis(in: $0) }
            func holds() async throws -> Bool { try await server.database.read { try basis.holds(in: $0) } }
            #expect(try await holds())
            await #expect(throws: Refusal.self) {
                try await server.database.write { transaction in
                    try server.change(to: 7, in: transaction)
                    #expect(try !basis.holds(in: transaction))
                    throw Refusal()
                }
            }
            #expect(try await holds())
            try await server.database.write { try server.change(to: 8, in: $0) }
            #expect(try await !holds())
        }
    }

    @Test("many revisions cost one look", arguments: TestDatabase.all)
    func marks(_ kind: TestDatabaseKind) async throws {
        try await withServers(kind) { server, _ in
            let names = (0..<5).map { Revision("kind-\($0)") }
            try await server.database.write { transaction in
                for name in names { try name.advance(seed: .random(), in: transaction) }
                for name in names { #expect(try name.mark(in: transaction).number == 1) }
            }
            let numbers = try await server.database.read { snapshot in
                try names.map { try $0.mark(in: snapshot).number }
            }
            #expect(numbers == [1, 1, 1, 1, 1])
            let never = try await server.database.read { try Revision("never").mark(in: $0).number }
            #expect(never == 0)
        }
    }
}
