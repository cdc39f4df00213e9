public import Logging
public import PluginKit
public import ServiceLifecycle

/// Runs the jobs when they are due; with several servers on one database, each run on one of them.
public struct JobRunner: Service {
    private let jobs: [String: Job]
    private let lease: JobLease
    private let clock: any Now
    private let logger: Logger

    public init(jobs: [Registry.Owned<Job>], database: any Database, clock: any Now, logger: Logger) {
        self.jobs = Dictionary(jobs.map { ($0.name, $0.value) }, uniquingKeysWith: { first, _ in first })
        lease = JobLease(database: database, holder: Seed.random().identifier("server", at: clock.now()).text)
        self.clock = clock
        self.logger = logger
    }

    /// Runs until the process is asked to stop.
    public func run() async throws {
        try? await cancelWhenGracefulShutdown {
            try await prepare()
            await withDiscardingTaskGroup { group in
                while !Task.isCancelled {
                    do {
                        for name in try await taken() { group.addTask { await runTaken(name) } }
                    } catch {
                        logger.failure("jobs unavailable", error)
                    }
                    guard (try? await Task.sleep(for: .seconds(1))) != nil else { return }
                }
            }
        }
    }

    /// Makes the rows of new jobs, waiting for the database if need be.
    private func prepare() async throws {
        while !Task.isCancelled {
            do {
                return try await lease.prepare(jobs.keys.sorted(), at: clock.now())
            } catch {
                logger.failure("jobs unavailable", error)
                try await Task.sleep(for: .seconds(1))
            }
        }
    }

    /// Runs every job that is due once and waits for them.
    ///
    /// - Returns: the names of the jobs that this server ran.
    @discardableResult
    public func runDue() async throws -> [String] {
        try await lease.prepare(jobs.keys.sorted(), at: clock.now())
        let names = try await taken()
        await withDiscardingTaskGroup { group in
            for name in names { group.addTask { await runTaken(name) } }
        }
        return names
    }

    private func taken() async throws -> [String] {
        let now = clock.now()
        var taken: [String] = []
        for (name, next) in try await lease.free(at: now) {
            guard let job = jobs[name], Self.isDue(next, every: job.interval, at: now) else { continue }
            if try await lease.take(name, due: next, at: now) { taken.append(name) }
        }
        return taken
    }

    /// Whether a job's turn has come. A turn further ahead than the job's interval was set before the clock was set
    /// back, and has come as well.
    private static func isDue(_ next: Instant, every interval: Duration, at now: Instant) -> Bool {
        next <= now || next > now.adding(interval + JobLease.duration)
    }

    private func runTaken(_ name: String) async {
        guard let job = jobs[name] else { return }
        let started = clock.now()
        var failure: String?
        do {
            try await renewing(name) { try await job.run(Act(actor: .system(name), now: started, requestID: name)) }
        } catch {
            failure = String("\(error)".prefix(500))
            logger.failure("job failed", error, ["job": "\(name)"])
        }
        do {
            try await lease.finish(name, started: started, next: started.adding(job.interval), error: failure)
        } catch {
            // The lease ends by itself and the job comes again.
            logger.failure("job not recorded", error, ["job": "\(name)"])
        }
    }

    /// Runs a job while keeping its lease; a lease that is lost cancels the run.
    private func renewing(_ name: String, _ work: @escaping @Sendable () async throws -> Void) async throws {
        try await withThrowingTaskGroup(of: Bool.self) { group in
            group.addTask {
                try await work()
                return true
            }
            group.addTask {
                while true {
                    try await Task.sleep(for: JobLease.duration / 3)
                    guard try await lease.renew(name, at: clock.now()) else { return false }
                }
            }
            defer { group.cancelAll() }
            guard try await group.next() == true else {
                throw KernelError(.overran, "任务 \(name) 失去了租约，已由另一台服务器接手。")
            }
        }
    }
}
