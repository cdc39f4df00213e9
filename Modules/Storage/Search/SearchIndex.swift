/// A full-text index by name, of either database (DESIGN §7).
///
/// PostgreSQL gets its tokens as the text of a `tsvector` and not through `array_to_tsvector`, which can't carry the
/// weights of fields.
public struct SearchIndex: Sendable {
    private let name: String

    /// - Parameter name: for example `catalogue.items`; each name is an index of its own.
    public init(_ name: String) { self.name = name }

    /// A text to be found by.
    public struct Field: Sendable, Hashable {
        /// How much a hit counts.
        public enum Weight: String, Sendable {
            /// Titles and names.
            case high
            case normal
            /// Long texts, in which a word says little.
            case low
        }

        public let text: String
        public let weight: Weight

        public init(_ text: String, _ weight: Weight = .normal) {
            self.text = text
            self.weight = weight
        }
    }

    /// Puts a document in, in place of what was there under its identifier.
    public func put(id: String, division: String, fields: [Field], in transaction: Transaction) throws {
        try remove(id: id, division: division, in: transaction)
        let weights: [Field.Weight] = [.high, .normal, .low]
        try insert(
            id: id, division: division,
            tokens: Dictionary(uniqueKeysWithValues: weights.map { ($0, tokens(fields, $0)) }), in: transaction)
    }

    /// Puts a document in by its tokens; it must not be there.
    func insert(id: String, division: String, tokens: [Field.Weight: String], in transaction: Transaction) throws {
        let scope = SearchTokens.scope(name, division)
        switch transaction.dialect {
        case .sqlite:
            let entry = try transaction.row(
                "INSERT INTO search_entry (name, division, id) VALUES (?, ?, ?) RETURNING entry", name, division, id)
            try transaction.execute(
                "INSERT INTO search_text (rowid, scope, high, normal, low) VALUES (?, ?, ?, ?, ?)",
                try entry?.get("entry", as: Int64.self), scope, tokens[.high] ?? "", tokens[.normal] ?? "",
                tokens[.low] ?? "")
        case .postgreSQL:
            let parts = [(Field.Weight.high, "A"), (.normal, "B"), (.low, "D")]
                .flatMap { weight, label in (tokens[weight] ?? "").split(separator: " ").map { "\($0):1\(label)" } }
            try transaction.execute(
                "INSERT INTO search_entry (name, division, id, tokens) VALUES (?, ?, ?, CAST(? AS tsvector))",
                name, division, id, ([scope] + parts).joined(separator: " "))
        }
    }

    /// Takes a document out, if it is there.
    public func remove(id: String, division: String, in transaction: Transaction) throws {
        let found = "FROM search_entry WHERE name = ? AND division = ? AND id = ?"
        if transaction.dialect == .sqlite {
            try transaction.execute(
                "DELETE FROM search_text WHERE rowid IN (SELECT entry \(found))", name, division, id)
        }
        try transaction.execute("DELETE \(found)", name, division, id)
    }

    /// The documents that a text asks for, the best first.
    ///
    /// Documents with all of its words; if there are none, those with some of them, so that a whole sentence
    /// (“我要生孩子了怎么办”) leads somewhere.
    ///
    /// - Parameters:
    ///   - text: as somebody typed it.
    ///   - divisions: whose documents.
    ///   - limit: how many at most.
    /// - Returns: identifiers; none for a text without a word.
    public func query(_ text: String, divisions: [String], limit: Int = 20, in snapshot: Snapshot) throws -> [String] {
        var seen: Set<String> = []
        let words = SearchTokens(text).query.filter { seen.insert($0).inserted }.prefix(64)
        guard !words.isEmpty, !divisions.isEmpty else { return [] }
        let all = try find(Array(words), all: true, divisions, limit, in: snapshot)
        return try all.isEmpty && words.count > 1 ? find(Array(words), all: false, divisions, limit, in: snapshot) : all
    }

    private func find(
        _ words: [String], all: Bool, _ divisions: [String], _ limit: Int, in snapshot: Snapshot
    ) throws -> [String] {
        let scopes = divisions.map { SearchTokens.scope(name, $0) }
        let rows: [Row]
        switch snapshot.dialect {
        case .sqlite:
            let scope = scopes.joined(separator: " OR ")
            let wanted = words.joined(separator: all ? " AND " : " OR ")
            rows = try snapshot.rows(
                """
                SELECT search_entry.id FROM search_text JOIN search_entry ON search_entry.entry = search_text.rowid
                WHERE search_text MATCH ? ORDER BY bm25(search_text, 0.0, 10.0, 4.0, 1.0), search_entry.id LIMIT ?
                """, "(scope : (\(scope))) AND ({high normal low} : (\(wanted)))", limit)
        case .postgreSQL:
            let scope = scopes.joined(separator: " | ")
            let wanted = words.joined(separator: all ? " & " : " | ")
            rows = try snapshot.rows(
                """
                SELECT id FROM search_entry WHERE tokens @@ CAST(? AS tsquery)
                ORDER BY ts_rank(tokens, CAST(? AS tsquery)) DESC, id LIMIT ?
                """, "(\(scope)) & (\(wanted))", words.joined(separator: " | "), limit)
        }
        return try rows.map { try $0.get("id") }
    }

    private func tokens(_ fields: [Field], _ weight: Field.Weight) -> String {
        fields.filter { $0.weight == weight }.flatMap { SearchTokens($0.text).document }.joined(separator: " ")
    }
}
