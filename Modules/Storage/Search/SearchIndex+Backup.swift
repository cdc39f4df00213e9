extension SearchIndex {
    /// All indexes as one table that both databases can give and take: the tokens by weight.
    static let backup = SchemaTable(name: "search", columns: ["name", "division", "id", "high", "normal", "low"])

    /// Whether a table is one of those that hold the indexes.
    static func isTable(_ name: String) -> Bool { name == "search_entry" || name.hasPrefix("search_text") }

    /// The query that gives the rows of ``backup``.
    static func backupQuery(_ dialect: Dialect) -> String {
        switch dialect {
        case .sqlite:
            """
            SELECT e.name, e.division, e.id, t.high, t.normal, t.low
            FROM search_entry e JOIN search_text t ON t.rowid = e.entry
            """
        case .postgreSQL:
            "SELECT e.name, e.division, e.id, "
                + [("A", "high"), ("B", "normal"), ("D", "low")].map { label, name in
                    """
                    COALESCE((SELECT string_agg(u.lexeme, ' ') FROM unnest(e.tokens) u
                              WHERE '\(label)' = ANY(u.weights)), '') AS \(name)
                    """
                }.joined(separator: ", ") + " FROM search_entry e"
        }
    }

    /// Puts a row of ``backup`` in; it must not be there.
    static func restore(_ row: [SQLValue], in transaction: Transaction) throws {
        let texts = row.compactMap { if case .text(let text) = $0 { text } else { nil } }
        guard texts.count == backup.columns.count else {
            throw StorageError(.backup, "备份里的搜索索引读不出来。请换一份备份。")
        }
        try SearchIndex(texts[0]).insert(
            id: texts[2], division: texts[1],
            tokens: [.high: texts[3], .normal: texts[4], .low: texts[5]], in: transaction)
    }

    /// Takes every index out.
    static func removeAll(in transaction: Transaction) throws {
        if transaction.dialect == .sqlite { try transaction.execute("DELETE FROM search_text") }
        try transaction.execute("DELETE FROM search_entry")
    }
}
