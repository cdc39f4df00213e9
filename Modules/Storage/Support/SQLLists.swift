/// `(?, ?, ?)` for a number of columns.
func placeholders(_ columns: Int) -> String {
    "(" + Array(repeating: "?", count: columns).joined(separator: ", ") + ")"
}

/// `(?, ?), (?, ?)` for a number of rows of some columns: one statement instead of many.
func placeholders(rows: Int, columns: Int) -> String {
    Array(repeating: placeholders(columns), count: rows).joined(separator: ", ")
}

extension Snapshot {
    /// What makes a selected row ours until the end of the transaction, without waiting for another server's row.
    ///
    /// SQLite has one writer at a time, so that every row is ours.
    var skipLocked: String { dialect == .postgreSQL ? " FOR UPDATE SKIP LOCKED" : "" }
}
