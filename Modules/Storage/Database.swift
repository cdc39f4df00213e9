/// One SQL surface over the two drivers (DESIGN §7).
///
/// SQL is written once, in the subset that SQLite 3.40 and PostgreSQL 15 share. What differs lies behind the named
/// capabilities of this module (search, blobs, migrations).
public protocol Database: Sendable {
    /// Which database this is.
    var dialect: Dialect { get }

    /// Whether writes run one after the other: then whatever a write needs is best made ready before it.
    var hasOneWriter: Bool { get }

    /// Runs a closure over a consistent view of the database.
    func read<Value: Sendable>(_ body: @escaping @Sendable (Snapshot) throws -> Value) async throws -> Value

    /// Runs a closure in one durable transaction.
    ///
    /// The closure may be run again after a conflict, so it has no clock, no randomness and no network inside: whoever
    /// calls makes those values first. When the call returns, the change survives `kill -9` and power loss.
    func write<Value: Sendable>(_ body: @escaping @Sendable (Transaction) throws -> Value) async throws -> Value

    /// Reads at once on the calling thread, apart from any transaction under way on it.
    ///
    /// For the rare look-up in the middle of a synchronous closure, such as a key that another server has added; it
    /// may open a connection of its own.
    func readApart<Value>(_ body: (Snapshot) throws -> Value) throws -> Value

    /// How many writes were asked for and how many commits carried them.
    var commitStatistics: CommitStatistics { get }

    /// Waits for what is under way and closes all connections.
    func close() async throws
}

/// How writes shared commits since the database was opened.
public struct CommitStatistics: Sendable, Equatable {
    /// Writes that were committed.
    public var writes: Int
    /// Commits that carried them; with shared commits fewer than `writes`.
    public var commits: Int

    public init(writes: Int = 0, commits: Int = 0) {
        self.writes = writes
        self.commits = commits
    }
}
