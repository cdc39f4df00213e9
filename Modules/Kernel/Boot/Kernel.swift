public import Logging
public import PluginKit
public import ServiceLifecycle

/// A booted system: everything checked and frozen, ready to serve.
public struct Kernel: Sendable {
    /// The version of the program; `-dev` until the changelog names the release.
    public static let version = "1.0.0-dev"

    public let folder: DeploymentFolder
    public let settings: DeploymentSettings
    public let database: any Database
    public let clock: any Now
    public let registry: Registry
    public let events: EventLog
    public let keyring: Keyring
    /// The services by their type, ``KernelTools`` among them.
    public let services: ServiceDirectory
    let closers: [@Sendable () async throws -> Void]
    public let logger: Logger

    /// Encrypts personal data and makes keyed digests.
    public var cipher: FieldCipher { keyring.cipher }

    /// What runs beside the server: the outbox, the jobs, the look-out for new data keys, and the note that it runs.
    public var runners: [any Service] {
        [
            outboxRunner, jobRunner, KeyRefresher(keyring: keyring, logger: logger),
            PresenceKeeper(
                database: database, clock: clock, address: "\(settings.http.host):\(settings.http.port)", logger: logger
            ),
        ]
    }

    /// Hands events to their subscribers.
    public var outboxRunner: OutboxRunner {
        OutboxRunner(registry: registry, database: database, clock: clock, logger: logger)
    }

    /// Runs the jobs that are due.
    public var jobRunner: JobRunner {
        JobRunner(jobs: registry.jobs, database: database, clock: clock, logger: logger)
    }

    /// Closes the database; the last thing a program does.
    public func close() async throws {
        for closer in closers { try await closer() }
        try await database.close()
    }
}
