public import ArgumentParser
public import Storage

/// A service of the kernel: it publishes the same contribution types as a plugin.
public protocol ServiceModule: Sendable {
    /// The owner of its migrations and the area of its commands.
    static var id: String { get }
    /// Its tables.
    static var migrations: MigrationSet { get }
    /// Its commands, known before any settings or database are read.
    ///
    /// A group with subcommands becomes an area of the command line; single commands stand in the area named ``id``.
    static var commands: [any ParsableCommand.Type] { get }
    /// Its endpoints, jobs, subscriptions and permissions.
    var contributions: [any Contribution] { get }
}

extension ServiceModule {
    public static var commands: [any ParsableCommand.Type] { [] }
    public var contributions: [any Contribution] { [] }
}
