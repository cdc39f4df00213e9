/// What a driver's connection can do; it lives on one thread for the length of a closure.
protocol DriverConnection: AnyObject {
    var dialect: Dialect { get }

    /// Runs one statement and returns its rows.
    func query(_ sql: String, _ arguments: [SQLValue]) throws -> [Row]

    /// Runs one statement and returns how many rows it changed.
    func execute(_ sql: String, _ arguments: [SQLValue]) throws -> Int

    /// Runs several statements without arguments: a migration.
    func script(_ sql: String) throws
}

/// Which of the two databases is spoken to. Only the named capabilities of this module branch on it.
public enum Dialect: String, Sendable {
    case sqlite
    case postgreSQL = "postgresql"
}

/// A consistent view of the database for the length of a `read` closure.
///
/// Not `Sendable` on purpose: it must not leave its closure.
public class Snapshot {
    let connection: any DriverConnection

    init(_ connection: any DriverConnection) { self.connection = connection }

    /// Which database this is.
    public var dialect: Dialect { connection.dialect }

    /// All rows of a query; `?` stands for each argument in order.
    public func rows(_ sql: String, _ arguments: any SQLConvertible...) throws -> [Row] {
        try connection.query(sql, arguments.map(\.sql))
    }

    /// All rows of a query whose arguments are counted at run time.
    public func rows(_ sql: String, arguments: [SQLValue]) throws -> [Row] {
        try connection.query(sql, arguments)
    }

    /// The first row of a query, if any.
    public func row(_ sql: String, _ arguments: any SQLConvertible...) throws -> Row? {
        try connection.query(sql, arguments.map(\.sql)).first
    }
}

/// One transaction: everything in the `write` closure is committed together or not at all.
public final class Transaction: Snapshot {
    /// Runs a statement.
    ///
    /// - Returns: the number of rows changed.
    @discardableResult
    public func execute(_ sql: String, _ arguments: any SQLConvertible...) throws -> Int {
        try connection.execute(sql, arguments.map(\.sql))
    }

    /// Runs a statement whose arguments are counted at run time.
    @discardableResult
    public func execute(_ sql: String, arguments: [SQLValue]) throws -> Int {
        try connection.execute(sql, arguments)
    }

    /// Runs several statements without arguments, such as a migration.
    func script(_ sql: String) throws { try connection.script(sql) }
}
