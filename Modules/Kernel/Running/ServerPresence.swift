import Foundation
import Logging
public import PluginKit
import ServiceLifecycle

/// A server that serves a deployment, as it notes itself in the database for `yiciban status`.
public struct ServerPresence: Sendable, Hashable {
    /// The machine and the process.
    public let host: String
    public let pid: Int
    /// Where it listens.
    public let address: String
    public let version: String
    public let started: Instant
    public let seen: Instant

    /// How long a server may be silent before it counts as gone.
    static let silence = Duration.seconds(90)

    /// Forgets all servers: what was restored serves nowhere yet.
    public static func forget(in database: any Database) async throws {
        try await database.write { transaction in
            if try transaction.hasTable("kernel_server") { try transaction.execute("DELETE FROM kernel_server") }
        }
    }

    /// The servers that run: seen of late and, on this machine, with a living process, which may be slow
    /// to say so.
    public static func running(in snapshot: Snapshot, at now: Instant) throws -> [ServerPresence] {
        guard try snapshot.rows("SELECT 1 AS one FROM kernel_server LIMIT 1").first != nil else { return [] }
        let here = ProcessInfo.processInfo.hostName
        return try snapshot.rows(
            "SELECT host, pid, address, version, started_at, seen_at FROM kernel_server ORDER BY started_at"
        ).map { row in
            ServerPresence(
                host: try row.get("host"), pid: try row.get("pid"), address: try row.get("address"),
                version: try row.get("version"), started: try row.get("started_at"), seen: try row.get("seen_at"))
        }.filter { server in
            // A copy of the database tells of the original's server; only its own is seen again and again.
            if now - server.seen >= (server.host == here ? silence * 3 : silence) { return false }
            return server.host != here || kill(pid_t(truncatingIfNeeded: server.pid), 0) == 0 || errno == EPERM
        }
    }
}

/// Notes this server in the database while it runs.
struct PresenceKeeper: Service {
    let database: any Database
    let clock: any Now
    let address: String
    let logger: Logger
    private let id = Seed.random().identifier("server", at: SystemClock().now()).text

    init(database: any Database, clock: any Now, address: String, logger: Logger) {
        self.database = database
        self.clock = clock
        self.address = address
        self.logger = logger
    }

    func run() async throws {
        let started = clock.now()
        try? await cancelWhenGracefulShutdown {
            while true {
                do { try await note(started) } catch { logger.failure("presence not noted", error) }
                try await Task.sleep(for: ServerPresence.silence / 3)
            }
        }
        let id = id
        try? await database.write { _ = try $0.execute("DELETE FROM kernel_server WHERE id = ?", id) }
    }

    private func note(_ started: Instant) async throws {
        let now = clock.now()
        let (id, address) = (id, address)
        try await database.write { transaction in
            // What a killed server left.
            try transaction.execute("DELETE FROM kernel_server WHERE seen_at < ?", now.adding(.seconds(-86_400)))
            try transaction.execute(
                """
                INSERT INTO kernel_server (id, host, pid, address, version, started_at, seen_at)
                VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT (id) DO UPDATE SET seen_at = excluded.seen_at
                """, id, ProcessInfo.processInfo.hostName, Int(ProcessInfo.processInfo.processIdentifier), address,
                Kernel.version, started, now)
        }
    }
}
