import Cryptography

/// A mark that moves whenever shared data of one kind changes, so that every server knows when what it holds in memory
/// is out of date.
///
/// A snapshot reads all marks with its first question and answers the later ones itself: however many kinds of data an
/// operation consults, it pays for one look.
public struct Revision: Sendable, Hashable {
    /// Which state of the data a view of the database sees.
    public struct Mark: Sendable, Hashable {
        /// Grows by one with every change; 0 before the first.
        public let number: Int64
        /// Tells apart two changes that got one number because the first of them was rolled back.
        let token: String

        static let none = Mark(number: 0, token: "")
    }

    /// The kind of data, for example `organisation`.
    public let name: String

    public init(_ name: String) { self.name = name }

    /// The mark as this view of the database sees it.
    public func mark(in snapshot: Snapshot) throws -> Mark { try snapshot.revisions()[name] ?? .none }

    /// Makes every server load the data again once the transaction is committed.
    ///
    /// Called before any other statement of a change, the row's lock lets one change follow another.
    ///
    /// - Parameters:
    ///   - seed: of the act that changes the data.
    ///   - transaction: the change's own.
    public func advance(seed: Seed, in transaction: Transaction) throws {
        try transaction.execute(
            """
            INSERT INTO revision (name, number, token) VALUES (?, 1, ?)
            ON CONFLICT (name) DO UPDATE SET number = revision.number + 1, token = excluded.token
            """, name, Hex.encode(seed.bytes("storage.revision/\(name)", count: 12)))
        transaction.begin(changing: self)
    }
}
