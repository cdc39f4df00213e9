/// Work at intervals. With several servers on one database, each run happens on one of them.
public struct Job: Contribution {
    /// The name; a plugin's is prefixed with the plugin's ID.
    public let name: String
    /// The time between two runs.
    public let interval: Duration
    /// Does the work.
    public let run: @Sendable (Act) async throws -> Void

    public init(_ name: String, every interval: Duration, _ run: @escaping @Sendable (Act) async throws -> Void) {
        self.name = name
        self.interval = interval
        self.run = run
    }
}
