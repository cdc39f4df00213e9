public import Standards

/// Replaces the key that seals values and seals all values anew (密钥轮换).
///
/// It may run while servers are at work: each value is replaced only if nobody changed it meanwhile, and a server that
/// meets the new key's number reads the keys again. Old keys are retired, not destroyed: what a late server still seals
/// with one stays readable and is sealed anew by the next rotation. An interrupted rotation is taken up where it
/// stopped.
public struct KeyRotation: Sendable {
    private let columns: [EncryptedColumn]
    private let batch: Int

    /// - Parameters:
    ///   - columns: all encrypted columns of all modules.
    ///   - batch: how many values are sealed between two reports.
    public init(_ columns: [EncryptedColumn], batch: Int = 200) {
        self.columns = columns
        self.batch = batch
    }

    /// How far a rotation is.
    public struct Progress: Sendable, Hashable {
        /// The key that seals from now on.
        public var key: UInt32
        /// `table.column` under way.
        public var column: String = ""
        /// Values sealed anew so far.
        public var sealed: Int = 0
    }

    /// Makes a new key, unless an interrupted rotation made one already, and seals every value with it.
    ///
    /// - Parameters:
    ///   - database: the database.
    ///   - keyring: its keys.
    ///   - instant: when the key was made and the old ones retired.
    ///   - settle: how long to wait until all servers have learned the new key; they ask once a minute.
    ///   - report: told after each batch.
    /// - Returns: the key and how many values were sealed.
    @discardableResult
    public func run(
        on database: any Database, keyring: Keyring, at instant: Instant, settle: Duration = .zero,
        report: @Sendable (Progress) -> Void = { _ in }
    ) async throws -> Progress {
        try await keyring.refresh()
        let unretired = try await database.read { snapshot in
            try snapshot.rows("SELECT id FROM data_key WHERE id > 0 AND retired_at IS NULL").count
        }
        let key = unretired > 1 ? keyring.newest : try await keyring.rotate(at: instant, seed: .random())
        try await Task.sleep(for: settle)
        var progress = Progress(key: key)
        for column in columns {
            progress.column = "\(column.table).\(column.column)"
            // Again until nothing is left, since a server that had not yet learned the key may have sealed meanwhile.
            var before = -1
            while progress.sealed != before {
                before = progress.sealed
                try await pass(over: column, on: database, cipher: keyring.cipher, &progress, report)
            }
        }
        try await database.write { transaction in
            _ = try transaction.execute(
                "UPDATE data_key SET retired_at = ? WHERE id > 0 AND id < ? AND retired_at IS NULL", instant, Int(key))
        }
        return progress
    }

    private struct Replacement: Sendable {
        let key: [SQLValue]
        let old: SQLValue
        let new: SQLValue
    }

    private func pass(
        over column: EncryptedColumn, on database: any Database, cipher: FieldCipher, _ progress: inout Progress,
        _ report: @Sendable (Progress) -> Void
    ) async throws {
        let header = FieldCipher.header(key: progress.key)
        var cursor: [SQLValue] = []
        while true {
            try Task.checkCancellation()
            let after = cursor
            let rows = try await database.read { try select(column, header: header, after: after, in: $0) }
            guard let last = rows.last else { return }
            cursor = try key(of: last, column)
            let seed = Seed.random()
            let replacements = try rows.map { row in
                let sealed: [UInt8] = try row.get(column.column)
                let context = try column.context(row)
                let new = try cipher.seal(try cipher.open(sealed, context: context), context: context, seed: seed)
                return Replacement(key: try key(of: row, column), old: .blob(sealed), new: .blob(new))
            }
            progress.sealed += try await database.write { try replace(replacements, column, in: $0) }
            report(progress)
        }
    }

    private func key(of row: Row, _ column: EncryptedColumn) throws -> [SQLValue] {
        try column.keys.map { try row.get($0, as: SQLValue.self) }
    }

    private func select(
        _ column: EncryptedColumn, header: [UInt8], after cursor: [SQLValue], in snapshot: Snapshot
    ) throws -> [Row] {
        let keys = column.keys.joined(separator: ", ")
        let names = (column.keys + column.also + [column.column]).joined(separator: ", ")
        let beyond = cursor.isEmpty ? "" : "(\(keys)) > \(placeholders(column.keys.count)) AND "
        return try snapshot.rows(
            """
            SELECT \(names) FROM \(column.table) WHERE \(beyond)substr(\(column.column), 1, \(header.count)) <> ?
            ORDER BY \(keys) LIMIT ?
            """, arguments: cursor + [.blob(header), .integer(Int64(batch))])
    }

    private func replace(
        _ replacements: [Replacement], _ column: EncryptedColumn, in transaction: Transaction
    ) throws -> Int {
        let match = (column.keys + [column.column]).map { "\($0) = ?" }.joined(separator: " AND ")
        return try replacements.reduce(0) { count, replacement in
            count
                + (try transaction.execute(
                    "UPDATE \(column.table) SET \(column.column) = ? WHERE \(match)",
                    arguments: [replacement.new] + replacement.key + [replacement.old]))
        }
    }
}
