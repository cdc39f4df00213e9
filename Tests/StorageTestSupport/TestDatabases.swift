import Cryptography
import Foundation
public import Standards
public import Storage
public import Testing

/// One of the two databases that every test of storage runs on.
public enum TestDatabaseKind: String, Sendable, CaseIterable, CustomTestStringConvertible {
    case sqlite, postgreSQL

    public var testDescription: String { rawValue }
}

/// Fresh databases for tests.
public enum TestDatabase {
    /// Both databases, for `@Test(arguments:)`.
    public static let all = TestDatabaseKind.allCases

    /// The moment at which tests play unless they say otherwise: 2026-03-02T08:00:00Z.
    public static let now = Instant(milliseconds: 1_772_438_400_000)
}

/// Why a test can't have its database.
public struct TestDatabaseError: Error, CustomStringConvertible {
    public let description: String

    public init(description: String) { self.description = description }
}

/// Runs a test on a fresh database and removes it afterwards.
///
/// PostgreSQL is reached through the libpq connection string in `YICIBAN_TEST_POSTGRES`; the test fails without it,
/// since a suite that skips half of its databases proves nothing about them.
///
/// - Parameters:
///   - kind: which database.
///   - migrations: what to run first; the tables of Storage by default.
///   - body: the test; it must not close the database.
@discardableResult
public func withDatabase<Value>(
    _ kind: TestDatabaseKind, migrations: [MigrationSet] = [StorageSchema.migrations],
    _ body: (any Database) async throws -> Value
) async throws -> Value {
    try await withDatabaseOpener(kind) { open in
        let database = try open()
        return try await closing(database) {
            if !migrations.isEmpty { try await Migrator(migrations).run(on: database, at: TestDatabase.now) }
            return try await body(database)
        }
    }
}

/// Runs a test that opens one fresh database several times, as several servers do; whoever opens one closes it.
@discardableResult
public func withDatabaseOpener<Value>(
    _ kind: TestDatabaseKind, _ body: (@Sendable () throws -> any Database) async throws -> Value
) async throws -> Value {
    let name = "yiciban_" + Hex.encode(SecureRandom.bytes(8))
    switch kind {
    case .sqlite:
        let folder = FileManager.default.temporaryDirectory.appending(path: name, directoryHint: .isDirectory)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let path = folder.appending(path: "test.sqlite").path(percentEncoded: false)
        return try await body { try SQLiteDatabase(path: path) }
    case .postgreSQL:
        guard let server = ProcessInfo.processInfo.environment["YICIBAN_TEST_POSTGRES"], !server.isEmpty else {
            throw TestDatabaseError(
                description: "YICIBAN_TEST_POSTGRES 没有设置：请用 Scripts/with-postgres 运行测试，或给出 libpq 连接参数。")
        }
        await PostgreSQLTurns.shared.begin()
        defer { Task { await PostgreSQLTurns.shared.end() } }
        let root = try PostgreSQLDatabase(server, connections: 1)
        return try await closing(root) {
            try await root.write { _ = try $0.execute("CREATE SCHEMA \(name)") }
            let result: Result<Value, any Error>
            do {
                // Deadlocks are noticed soon, so that tests of them need not wait.
                let conninfo = "\(server) options='-csearch_path=\(name) -cdeadlock_timeout=20ms'"
                result = .success(try await body { try PostgreSQLDatabase(conninfo, connections: 4) })
            } catch {
                result = .failure(error)
            }
            try await root.write { transaction in
                _ = try transaction.execute("SET LOCAL client_min_messages = 'error'")
                _ = try transaction.execute("DROP SCHEMA \(name) CASCADE")
            }
            return try result.get()
        }
    }
}

/// Lets only a few tests at a time use the server, which has a bounded number of connections.
private actor PostgreSQLTurns {
    static let shared = PostgreSQLTurns()

    private var free = 4
    private var waiting: [CheckedContinuation<Void, Never>] = []

    func begin() async {
        if free > 0 {
            free -= 1
        } else {
            await withCheckedContinuation { waiting.append($0) }
        }
    }

    func end() {
        if waiting.isEmpty {
            free += 1
        } else {
            waiting.removeFirst().resume()
        }
    }
}

private func closing<Value>(_ database: any Database, _ body: () async throws -> Value) async throws -> Value {
    do {
        let value = try await body()
        try await database.close()
        return value
    } catch {
        try? await database.close()
        throw error
    }
}
