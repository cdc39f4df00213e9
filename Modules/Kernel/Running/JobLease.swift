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

    /// The jobs that are due and that nobody runs.
    func due(at instant: Instant) async throws -> Set<String> {
        try await database.read { snapshot in
            Set(
                try snapshot.rows(
                    "SELECT name FROM kernel_job_lease WHERE next_at <= ? AND lease_until <= ?", instant, instant
                ).map { try $0.get("name") })
        }
    }

    /// Takes a job that is due.
    ///
    /// - Returns: false when another server was faster.
    func take(_ name: String, at instant: Instant) async throws -> Bool {
        try await database.write { transaction in
            try transaction.execute(
                """
                UPDATE kernel_job_lease SET holder = ?, lease_until = ?
                WHERE name = ? AND next_at <= ? AND lease_until <= ?
                """, holder, instant.adding(Self.duration), name, instant, instant) == 1
        }
    }

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
