public import Standards
public import Storage

/// Things whose rows go to the national platform, such as cases; each module that has some is asked through one.
public protocol ExchangeSource: Sendable {
    /// A name that never changes, such as `cases`.
    var name: String { get }
    /// Things that changed in a stretch of time, in the order of their keys.
    ///
    /// - Parameters:
    ///   - changes: when they changed.
    ///   - after: the key after which to begin; empty for the first.
    ///   - limit: the most to give.
    func units(
        changed changes: Range<Instant>, after: String, limit: Int, in snapshot: Snapshot
    ) throws -> [ExchangeUnit]
    /// Some things by their keys; one that is gone is left out.
    func units(keys: [String], in snapshot: Snapshot) throws -> [ExchangeUnit]
}

/// One thing with all its rows, such as a case.
public struct ExchangeUnit: Sendable {
    /// By which its source knows it.
    public let key: String
    /// What people know it by, such as the case number.
    public let subject: String
    public let rows: [ExchangeRow]
    /// What keeps rows from being made at all.
    public let obstacles: [ExchangeFinding]

    public init(key: String, subject: String, rows: [ExchangeRow], obstacles: [ExchangeFinding] = []) {
        self.key = key
        self.subject = subject
        self.rows = rows
        self.obstacles = obstacles
    }
}
