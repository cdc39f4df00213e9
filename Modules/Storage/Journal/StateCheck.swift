/// Ties what the tables hold of one kind of thing to its streams, so that a row changed behind the program's back is
/// found although the journal itself is whole.
///
/// Each module contributes the checks of its own tables; ``RowState`` makes the usual one.
public struct StateCheck: Sendable {
    /// The kind of the streams, for example `case`.
    public let kind: String
    /// What it is about, in Chinese, for example 办件.
    public let title: String
    /// The table with one row for each stream, and its key column, which holds the stream's identifier.
    let table: String
    let key: String
    /// Further tables whose every row must be vouched for by some stream.
    let dependents: [String]
    let compare: @Sendable ([StreamStanding], Snapshot) throws -> StateComparison

    /// - Parameters:
    ///   - kind: the kind of the streams.
    ///   - title: what it is about, in Chinese.
    ///   - table: the table with one row for each stream.
    ///   - key: its column that holds the stream's identifier.
    ///   - dependents: tables whose rows `compare` counts in ``StateComparison/rows``.
    ///   - compare: compares at most ``batch`` streams with the tables.
    public init(
        kind: String, title: String, table: String, key: String = "id", dependents: [String] = [],
        compare: @escaping @Sendable ([StreamStanding], Snapshot) throws -> StateComparison
    ) {
        self.kind = kind
        self.title = title
        self.table = table
        self.key = key
        self.dependents = dependents
        self.compare = compare
    }

    /// How many streams are compared at a time.
    static let batch = 200
}

/// A stream as it stands at the end of its chain.
public struct StreamStanding: Sendable, Hashable {
    public let division: String
    /// The thing's identifier: the stream's name without its kind.
    public let id: String
    /// The newest digest of the thing's state; nil when every change was made by a program that kept none.
    public let state: [UInt8]?
    /// The types of all its events.
    public let types: Set<String>
}

/// What a comparison of streams with tables found.
public struct StateComparison: Sendable {
    /// One thing that the tables hold otherwise than the journal vouches for.
    public struct Deviation: Sendable, Hashable {
        let standing: StreamStanding
        let isGone: Bool
        let what: String

        /// The thing's row, or one that belongs to it, is missing.
        public static func gone(_ standing: StreamStanding, _ what: String) -> Deviation {
            Deviation(standing: standing, isGone: true, what: what)
        }

        /// What is there is not what the program last wrote.
        public static func changed(_ standing: StreamStanding, _ what: String) -> Deviation {
            Deviation(standing: standing, isGone: false, what: what)
        }
    }

    public var deviations: [Deviation] = []
    /// How many rows of each dependent table belong to the compared streams.
    public var rows: [String: Int] = [:]
    /// How many streams have no digest of their state yet.
    public var untied = 0

    public init() {}
}
