import PluginKit

/// The row by which servers that share a database agree on who runs a job: one of them at a time.
struct JobLease: Sendable {
    let database: any Database
    /// Names this server among all.
    let holder: String
    /// How long a server that fell silent keeps a job from the others.
    static let duration = Duration.seconds(60)

    /// Makes the rows of jobs that never ran; they are due at once.
    func prepare(_ names: [String], at instant: Instant) async throws {
        try await database.write { transaction in
            for name in names {
                try transaction.execute(
                    """
                    INSERT INTO kernel_job_lease (name, next_at, holder, lease_until) VALUES (?, ?, '', 0)
                    ON CONFLICT (name) DO NOTHING
                    """, name, instant)
            }
        }
    }

    /// The jobs that nobody runs, with when they are due.
    func free(at instant: Instant) async throws -> [(name: String, next: Instant)] {
        try await database.read { snapshot in
            try snapshot.rows(
                "SELECT name, next_at FROM kernel_job_lease WHERE \(Self.isFree) ORDER BY name", instant,
                instant.adding(Self.longest)
            ).map { (try $0.get("name"), try $0.get("next_at")) }
        }
    }

    /// Takes a job that is due.
    ///
    /// - Parameters:
    ///   - name: the job.
    ///   - next: when it was due, as ``free(at:)`` told.
    ///   - instant: now.
    /// - Returns: false when another server was faster.
    func take(_ name: String, due next: Instant, at instant: Instant) async throws -> Bool {
        try await database.write { transaction in
            try transaction.execute(
                """
                UPDATE kernel_job_lease SET holder = ?, lease_until = ? WHERE name = ? AND next_at = ? AND \(Self.isFree)
                """, holder, instant.adding(Self.duration), name, next, instant, instant.adding(Self.longest)) == 1
        }
    }

    /// Nobody's, or so far ahead that the clock was set back since.
    private static let isFree = "(lease_until <= ? OR lease_until > ?)"
    private static let longest = duration * 2

    /// Keeps a job that takes long.
    ///
    /// - Returns: false when the lease was lost.
    func renew(_ name: String, at instant: Instant) async throws -> Bool {
        try await database.write { transaction in
            try transaction.execute(
                "UPDATE kernel_job_lease SET lease_until = ? WHERE name = ? AND holder = ? AND lease_until > ?",
                instant.adding(Self.duration), name, holder, instant) == 1
        }
    }

    /// Gives a job back after a run.
    ///
    /// - Parameters:
    ///   - name: the job.
    ///   - started: when the run began.
    ///   - next: when the job is due again.
    ///   - error: what went wrong, if anything.
    func finish(_ name: String, started: Instant, next: Instant, error: String?) async throws {
        try await database.write { transaction in
            _ = try transaction.execute(
                """
                UPDATE kernel_job_lease SET holder = '', lease_until = 0, next_at = ?, last_at = ?, error = ?
                WHERE name = ? AND holder = ?
                """, next, started, error, name, holder)
        }
    }
}
