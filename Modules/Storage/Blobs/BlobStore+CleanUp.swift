public import Standards

/// A column that refers to files, declared by the module that owns it.
public struct BlobReference: Sendable, Hashable {
    /// A table that has a `division` column too.
    public let table: String
    public let column: String

    public init(table: String, column: String) {
        self.table = table
        self.column = column
    }
}

extension BlobStore {
    /// Deletes files to which nothing refers, a hundred at a time.
    ///
    /// - Parameters:
    ///   - references: **all** columns of all modules that refer to files.
    ///   - instant: files used since are spared, since the row that refers to them may still be on its way.
    ///   - database: the database.
    /// - Returns: how many were deleted.
    @discardableResult
    public static func deleteUnreferenced(
        _ references: [BlobReference], before instant: Instant, on database: any Database
    ) async throws -> Int {
        let isUnused = references.map { reference in
            """
             AND NOT EXISTS (SELECT 1 FROM \(reference.table) r
                WHERE r.division = blob.division AND r.\(reference.column) = blob.id)
            """
        }.joined()
        var total = 0
        while true {
            let count = try await database.write { transaction in
                let deleted = try transaction.rows(
                    """
                    DELETE FROM blob WHERE used_at < ?\(isUnused) AND (division, id) IN
                        (SELECT division, id FROM blob WHERE used_at < ?\(isUnused) ORDER BY used_at LIMIT 100)
                    RETURNING division, id
                    """, instant, instant)
                for row in deleted {
                    try transaction.execute(
                        "DELETE FROM blob_chunk WHERE division = ? AND id = ?",
                        try row.get("division", as: String.self), try row.get("id", as: String.self))
                }
                return deleted.count
            }
            if count == 0 { return total }
            total += count
        }
    }
}
