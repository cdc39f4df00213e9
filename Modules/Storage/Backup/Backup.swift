public import Cryptography
public import Standards

/// One file with everything of a deployment, readable by both databases: an ordinary tar archive (decision 0023).
///
/// ```
/// README.txt               what this is
/// header.json              program, migrations, tables
/// folder/…                 the deployment's own files
/// tables/001-data_key/…    the rows, in pieces
/// manifest.json            sizes and digests of all of the above, counts, the journal's heads
/// manifest.sig             the deployment's signature of the manifest (SM2, DER)
/// ```
///
/// What is personal stays sealed as it is in the database; the master key is never in it.
public struct Backup: Sendable {
    /// A file of the deployment's folder.
    public struct Attachment: Sendable, Hashable {
        /// Relative to the folder.
        public let path: String
        public let bytes: [UInt8]

        public init(path: String, bytes: [UInt8]) {
            self.path = path
            self.bytes = bytes
        }
    }

    let program: String
    let deployment: String
    let division: String
    let attachments: [Attachment]
    let guide: String
    let key: SM2.PrivateKey

    /// - Parameters:
    ///   - program: the version of the program.
    ///   - deployment: the deployment's name.
    ///   - division: its division.
    ///   - attachments: the files of its folder.
    ///   - guide: what people who unpack the file shall read.
    ///   - key: signs the manifest.
    public init(
        program: String, deployment: String, division: String, attachments: [Attachment], guide: String,
        key: SM2.PrivateKey
    ) {
        self.program = program
        self.deployment = deployment
        self.division = division
        self.attachments = attachments
        self.guide = guide
        self.key = key
    }

    /// Writes a backup from one consistent view of the database, while others go on writing.
    ///
    /// - Parameters:
    ///   - path: where the whole file shall be; nothing may be there.
    ///   - partialPath: where it is written until it is whole.
    ///   - database: the database, of any schema that the program knows.
    ///   - migrator: all migrations of the program.
    ///   - instant: now.
    ///   - progress: told of each table once its rows are written.
    /// - Throws: ``StorageError``; nothing but what was there before is left then.
    public func write(
        to path: String, partialPath: String, from database: any Database, migrator: Migrator, at instant: Instant,
        progress: @escaping @Sendable (_ table: String, _ rows: Int) -> Void = { _, _ in }
    ) async throws -> BackupManifest {
        let file = try PartialFile(path, partialPath: partialPath)
        do {
            let manifest = try await database.read { snapshot in
                try write(to: file, snapshot, migrator, instant, progress)
            }
            try file.finish()
            return manifest
        } catch {
            file.discard()
            throw error
        }
    }

    private func write(
        to file: PartialFile, _ snapshot: Snapshot, _ migrator: Migrator, _ instant: Instant,
        _ progress: (String, Int) -> Void
    ) throws -> BackupManifest {
        let applied = try migrator.applied(in: snapshot)
        let tables = try applied.tables
        let header = BackupHeader(
            program: program, madeAt: instant.milliseconds, deployment: deployment, division: division,
            database: snapshot.dialect.rawValue,
            migrations: applied.steps.map { .init(owner: $0.owner, id: $0.id, checksum: $1) }
                .sorted { ($0.owner, $0.id) < ($1.owner, $1.id) },
            tables: tables)
        var writer = BackupWriter(file, time: instant.milliseconds / 1000)
        try writer.add(BackupPath.guide, Array(guide.utf8))
        try writer.add(BackupPath.header, try BackupCoding.encode(header))
        for attachment in attachments { try writer.add(BackupPath.folder + attachment.path, attachment.bytes) }
        var rows: [String: Int] = [:]
        var journal = JournalPass()
        for (position, table) in tables.enumerated() {
            rows[table.name] = try write(table, at: position, to: &writer, snapshot, &journal)
            progress(table.name, rows[table.name] ?? 0)
        }
        let manifest = BackupManifest(parts: writer.parts, rows: rows, journal: journal.finish())
        let bytes = try BackupCoding.encode(manifest)
        try writer.close(manifest: bytes, signature: try key.sign(bytes))
        return manifest
    }

    private func write(
        _ table: SchemaTable, at position: Int, to writer: inout BackupWriter, _ snapshot: Snapshot,
        _ journal: inout JournalPass
    ) throws -> Int {
        var piece: [UInt8] = []
        var pieces = 0
        var rows = 0
        func flush() throws {
            if piece.isEmpty { return }
            pieces += 1
            try writer.add(BackupPath.table(position, table.name, piece: pieces), piece)
            piece.removeAll(keepingCapacity: true)
        }
        try snapshot.each(table.query(snapshot.dialect)) { row in
            RowCoding.append(row.values, to: &piece)
            journal.take(row.values, of: table)
            rows += 1
            if piece.count >= BackupWriter.pieceLength { try flush() }
        }
        try flush()
        return rows
    }
}
