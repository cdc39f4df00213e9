import Foundation
import GRDB

/// The embedded default: SQLite in WAL mode with `synchronous=FULL` and shared commits.
public struct SQLiteDatabase: Database {
    /// How a write reaches the disk.
    public struct Options: Sendable {
        /// Whether waiting writes share one commit (one fsync). Off only to measure what sharing brings.
        public var sharedCommits: Bool
        /// How many readers may run at once.
        public var readers: Int

        public init(sharedCommits: Bool = true, readers: Int = 4) {
            self.sharedCommits = sharedCommits
            self.readers = readers
        }
    }

    private let pool: DatabasePool
    private let commits: SharedCommits

    public var dialect: Dialect { .sqlite }
    public var hasOneWriter: Bool { true }

    /// Opens or creates a database file.
    ///
    /// - Throws: ``StorageError`` when the folder or the file cannot be used.
    public init(path: String, options: Options = Options()) throws {
        var configuration = Configuration()
        configuration.maximumReaderCount = options.readers
        configuration.busyMode = .timeout(10)
        configuration.foreignKeysEnabled = true
        if !FileManager.default.fileExists(atPath: path) {
            // SQLite gives its other files the mode of the first. Where this fails, opening says why.
            _ = FileManager.default.createFile(
                atPath: path, contents: nil, attributes: [.posixPermissions: 0o600])
        }
        pool = try translatingErrors {
            let pool = try DatabasePool(path: path, configuration: configuration)
            // After opening, since DatabasePool sets synchronous=NORMAL behind prepareDatabase.
            try pool.writeWithoutTransaction { try $0.execute(sql: "PRAGMA synchronous = FULL") }
            return pool
        }
        commits = SharedCommits(pool, maximumBatch: options.sharedCommits ? 256 : 1)
    }

    public func read<Value: Sendable>(
        _ body: @escaping @Sendable (Snapshot) throws -> Value
    ) async throws -> Value {
        do {
            return try await pool.read { try body(Snapshot(SQLiteConnection($0))) }
        } catch let error as DatabaseError {
            return try translatingErrors { throw error }
        }
    }

    public func write<Value: Sendable>(
        _ body: @escaping @Sendable (Transaction) throws -> Value
    ) async throws -> Value {
        try await commits.write(body)
    }

    public func readApart<Value>(_ body: (Snapshot) throws -> Value) throws -> Value {
        try translatingErrors { try pool.unsafeReentrantRead { try body(Snapshot(SQLiteConnection($0))) } }
    }

    public var commitStatistics: CommitStatistics { commits.statistics }

    /// The durability level in force on the writing connection, read back from SQLite: 2 is FULL.
    public func synchronousLevel() async throws -> Int {
        try await pool.writeWithoutTransaction { try Int.fetchOne($0, sql: "PRAGMA synchronous") ?? -1 }
    }

    public func close() async throws { try translatingErrors { try pool.close() } }
}
