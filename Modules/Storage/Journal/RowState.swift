/// One table with one row for each stream of a kind: makes the digest of a row's state, which goes into the journal
/// with every change (``JournalEntry/state``), and the check that compares both.
///
/// Sealed columns are digested as plain text, so that the digests outlive a rotation of keys.
public struct RowState: Sendable {
    /// A stream with its row.
    public typealias Match = (standing: StreamStanding, row: Row)

    public let kind: String
    private let title: String
    private let table: String
    private let key: String
    /// The digested columns, in the order in which ``digest(of:)`` takes their values.
    public let columns: [String]
    private let sealed: [String: EncryptedColumn]
    private let begins: Set<String>
    private let cipher: FieldCipher

    /// - Parameters:
    ///   - kind: the kind of the streams.
    ///   - title: what it is about, in Chinese.
    ///   - table: the table.
    ///   - key: the column that holds the stream's identifier; unique by itself.
    ///   - columns: what is digested; the program changes it only together with an event.
    ///   - sealed: those among them that hold sealed values; others of this list are ignored.
    ///   - begins: the events with which a row comes to be.
    ///   - cipher: opens sealed values and makes the digests.
    public init(
        kind: String, title: String, table: String, key: String = "id", columns: [String],
        sealed: [EncryptedColumn] = [], begins: Set<String>, cipher: FieldCipher
    ) {
        self.kind = kind
        self.title = title
        self.table = table
        self.key = key
        self.columns = columns
        self.sealed = Dictionary(
            sealed.filter { $0.table == table }.map { ($0.column, $0) }, uniquingKeysWith: { first, _ in first })
        self.begins = begins
        self.cipher = cipher
    }

    /// For the end of a statement that writes a row: its digested columns come back.
    public var returning: String { "RETURNING \(columns.joined(separator: ", "))" }

    /// The digest of a row from its values in the order of ``columns``, sealed ones as plain text.
    public func digest(of values: [SQLValue]) -> [UInt8] {
        cipher.digest(of: values, purpose: "journal.state/\(kind)")
    }

    /// The digest of a row with all ``columns``.
    ///
    /// - Throws: ``StorageError`` when a sealed value can't be opened.
    public func digest(of row: Row) throws -> [UInt8] {
        digest(
            of: try columns.map { name in
                let value = try row.get(name, as: SQLValue.self)
                guard let column = sealed[name], case .blob(let bytes) = value else { return value }
                return .blob(try cipher.open(bytes, context: try column.context(row)))
            })
    }

    /// The check of the table.
    ///
    /// - Parameters:
    ///   - dependents: tables whose rows `more` counts.
    ///   - more: what else is to be compared; gets the rows that are there, with ``columns`` and the key.
    public func check(
        dependents: [String] = [],
        more: @escaping @Sendable ([Match], Snapshot) throws -> StateComparison = { _, _ in StateComparison() }
    ) -> StateCheck {
        StateCheck(kind: kind, title: title, table: table, key: key, dependents: dependents) { standings, snapshot in
            let rows = try rows(of: standings, in: snapshot)
            let matches = standings.compactMap { standing in rows[standing.id].map { (standing, $0) } }
            var comparison = try more(matches, snapshot)
            comparison.deviations += standings.filter { rows[$0.id] == nil && !begins.isDisjoint(with: $0.types) }
                .map { .gone($0, "表 \(table) 里没有它了") }
            for (standing, row) in matches {
                guard let found = try? digest(of: row) else {
                    comparison.deviations.append(.changed(standing, "表 \(table) 里密封的内容打不开"))
                    continue
                }
                guard let state = standing.state else {
                    comparison.untied += 1
                    continue
                }
                if found != state {
                    comparison.deviations.append(.changed(standing, "表 \(table) 里的内容不是程序最后一次写入的"))
                }
            }
            return comparison
        }
    }

    private func rows(of standings: [StreamStanding], in snapshot: Snapshot) throws -> [String: Row] {
        let names = Set(columns + sealed.values.flatMap { $0.keys + $0.also } + [key]).sorted()
        let rows = try snapshot.rows(
            """
            SELECT \(names.joined(separator: ", ")) FROM \(table) WHERE \(key) IN \(placeholders(standings.count))
            """, arguments: standings.map { .text($0.id) })
        return Dictionary(try rows.map { (try $0.get(key), $0) }, uniquingKeysWith: { first, _ in first })
    }
}
