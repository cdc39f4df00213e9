/// What a driver's connection can do; it lives on one thread for the length of a closure.
protocol DriverConnection: AnyObject {
    var dialect: Dialect { get }

    /// Runs one statement and returns its rows.
    func query(_ sql: String, _ arguments: [SQLValue]) throws -> [Row]

    /// Runs one query without arguments and hands over its rows one by one, so that memory does not grow with them.
    func each(_ sql: String, _ body: (Row) throws -> Void) throws

    /// Runs one statement and returns how many rows it changed.
    func execute(_ sql: String, _ arguments: [SQLValue]) throws -> Int

    /// Runs one statement whose outcome nobody waits for: a failure may come with a later statement or the commit.
    func send(_ sql: String, _ arguments: [SQLValue]) throws

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
    /// All revisions, once one of them was asked for; see ``Revision``.
    private var knownRevisions: [String: Revision.Mark]?

    init(_ connection: any DriverConnection) { self.connection = connection }

    func revisions() throws -> [String: Revision.Mark] {
        if let knownRevisions { return knownRevisions }
        let rows = try connection.query("SELECT name, number, token FROM revision", [])
        var read: [String: Revision.Mark] = [:]
        for row in rows {
            read[try row.get("name")] = Revision.Mark(number: try row.get("number"), token: try row.get("token"))
        }
        knownRevisions = read
        return read
    }

    func forgetRevisions() { knownRevisions = nil }

    /// Whether this very transaction is changing the data of a revision, so that what it reads may be half done.
    func isChanging(_ revision: Revision) -> Bool { false }

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

    /// Hands over the rows of a query one by one, however many there are.
    func each(_ sql: String, _ body: (Row) throws -> Void) throws { try connection.each(sql, body) }

    /// The first row of a query, if any.
    public func row(_ sql: String, _ arguments: any SQLConvertible...) throws -> Row? {
        try connection.query(sql, arguments.map(\.sql)).first
    }
}

/// One transaction: everything in the `write` closure is committed together or not at all.
public final class Transaction: Snapshot {
    private var changing: Set<Revision> = []

    override func isChanging(_ revision: Revision) -> Bool { changing.contains(revision) }

    func begin(changing revision: Revision) {
        changing.insert(revision)
        forgetRevisions()
    }

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

    /// Runs a statement without waiting for its outcome, which spares a journey to the server where there is one.
    ///
    /// It takes effect in its order. If it fails, the transaction fails, with the error at a later statement or at the
    /// commit; so it is for what can only fail as a whole.
    public func send(_ sql: String, _ arguments: any SQLConvertible...) throws {
        try connection.send(sql, arguments.map(\.sql))
    }

    /// As ``send(_:_:)``, with arguments that are counted at run time.
    public func send(_ sql: String, arguments: [SQLValue]) throws { try connection.send(sql, arguments) }

    /// Runs several statements without arguments, such as a migration.
    func script(_ sql: String) throws { try connection.script(sql) }
}
