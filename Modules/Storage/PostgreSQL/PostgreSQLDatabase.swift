import Foundation
import Synchronization

/// PostgreSQL over libpq with a bounded pool of connections.
public final class PostgreSQLDatabase: Database {
    private let conninfo: String
    private let pool: ConnectionPool
    private let statistics = Mutex(CommitStatistics())

    public var dialect: Dialect { .postgreSQL }
    public var hasOneWriter: Bool { false }

    /// Connects to a server.
    ///
    /// - Parameters:
    ///   - conninfo: a libpq connection string; several hosts are allowed.
    ///   - connections: the size of the pool.
    /// - Throws: ``StorageError`` with code ``StorageError/Code/connection`` when the server cannot be reached.
    public init(_ conninfo: String, connections: Int = 8) throws {
        self.conninfo = conninfo
        pool = try ConnectionPool(conninfo, connections: connections)
    }

    public func read<Value: Sendable>(
        _ body: @escaping @Sendable (Snapshot) throws -> Value
    ) async throws -> Value {
        try await pool.run { connection in
            try Self.inTransaction(connection, begin: Self.beginRead) {
                try body(Snapshot(connection))
            }
        }
    }

    public func write<Value: Sendable>(
        _ body: @escaping @Sendable (Transaction) throws -> Value
    ) async throws -> Value {
        let value = try await pool.run { connection in
            var attempt = 1
            while true {
                do {
                    return try Self.inTransaction(connection, begin: "BEGIN") { try body(Transaction(connection)) }
                } catch let error as StorageError where error.code == .conflict && attempt < 8 {
                    // Unequal pauses, so that the same transactions don't meet again at once.
                    Thread.sleep(forTimeInterval: .random(in: 0...0.005) * Double(1 << attempt))
                    attempt += 1
                }
            }
        }
        statistics.withLock { statistics in
            statistics.writes += 1
            statistics.commits += 1
        }
        return value
    }

    public func readApart<Value>(_ body: (Snapshot) throws -> Value) throws -> Value {
        // Waiting for the pool here could wait for ourselves.
        let connection = try PostgreSQLConnection(conninfo)
        return try Self.inTransaction(connection, begin: Self.beginRead) { try body(Snapshot(connection)) }
    }

    public var commitStatistics: CommitStatistics { statistics.withLock { $0 } }

    public func close() async throws { pool.close() }

    private static let beginRead = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY"

    private static func inTransaction<Value>(
        _ connection: PostgreSQLConnection, begin: String, _ body: () throws -> Value
    ) throws -> Value {
        do {
            try connection.send(begin, [])
            let value = try body()
            if connection.hasFailed {
                throw StorageError.known(.other, detail: "an error was swallowed inside a transaction")
            }
            _ = try connection.execute("COMMIT", [])
            return value
        } catch {
            connection.abandon()
            throw error
        }
    }
}
