/// The state of all shared data on which something was made ready, so that a later write can tell whether it still
/// stands (``Revision``).
public struct RevisionBasis: Sendable {
    private let marks: [String: Revision.Mark]

    /// The state that a view of the database sees.
    public init(in snapshot: Snapshot) throws { marks = try snapshot.revisions() }

    /// Whether nothing has moved since, not even what did not matter: that is rare, and cheap to be wrong about.
    public func holds(in snapshot: Snapshot) throws -> Bool { try snapshot.revisions() == marks }
}
