import Extension
import Storage

/// The table of how good the records are that were taken over.
struct QualityStore: Sendable {
    let state: RowState

    init(cipher: FieldCipher) {
        state = RowState(
            kind: "licence-quality", title: "证照采集质量", table: "licence_quality", key: "licence",
            columns: ["division", "licence", "quality", "findings", "basis", "since"],
            begins: [LicenceCollected.name, LicenceDoubted.name], cipher: cipher)
    }

    static let migration = Migration(
        "0005-quality",
        """
        CREATE TABLE licence_quality (
            division TEXT NOT NULL, licence TEXT NOT NULL, quality TEXT NOT NULL, findings TEXT NOT NULL,
            basis TEXT NOT NULL, since BIGINT NOT NULL, PRIMARY KEY (licence));
        CREATE INDEX licence_quality_open ON licence_quality (quality, licence) WHERE quality <> 'sound'
        """)

    /// A record that is to be looked into.
    struct Entry: Sendable {
        let licence: Identifier
        let quality: LicenceQuality
        let findings: String
        let basis: String

        init(_ row: Row) throws {
            licence = try row.get("licence")
            quality = try row.get("quality")
            findings = try row.get("findings")
            basis = try row.get("basis")
        }
    }

    /// Sets the quality of a licence.
    ///
    /// - Returns: the digest of the row, for the journal.
    func set(
        _ quality: LicenceQuality, _ findings: String, basis: String = "", of licence: Licence, by act: Act,
        in transaction: Transaction
    ) throws -> [UInt8]? {
        let row = try transaction.row(
            """
            INSERT INTO licence_quality (division, licence, quality, findings, basis, since) VALUES (?, ?, ?, ?, ?, ?)
            ON CONFLICT (licence) DO UPDATE SET quality = excluded.quality, findings = excluded.findings,
                basis = excluded.basis, since = excluded.since
            \(state.returning)
            """, licence.statement.division, licence.id, quality, findings, basis, act.now)
        return try row.map { try state.digest(of: $0) }
    }

    /// Whether nobody has confirmed a doubtful record yet.
    func isDoubtful(_ licence: Identifier, in snapshot: Snapshot) throws -> Bool {
        try entry(of: licence, in: snapshot)?.quality == .doubtful
    }

    func entry(of licence: Identifier, in snapshot: Snapshot) throws -> Entry? {
        try snapshot.row("SELECT licence, quality, findings, basis FROM licence_quality WHERE licence = ?", licence)
            .map(Entry.init)
    }

    /// Those of a quality that are not superseded or ended, in their order.
    ///
    /// - Parameter division: in this division and those below it; nil for everywhere.
    func entries(
        _ quality: LicenceQuality, in division: String?, after cursor: Identifier?, limit: Int, in snapshot: Snapshot
    ) throws -> [Entry] {
        // A division with none below it matches itself alone.
        let pattern = division.map { code in
            LicenceService.prefix(ofAllBelow: code).map { $0 + "%" } ?? code
        }
        return try snapshot.rows(
            """
            SELECT licence, quality, findings, basis FROM licence_quality AS found
            WHERE quality = ? AND licence > ? AND quality <> 'sound' AND (division = ? OR division LIKE ?)
                AND EXISTS (SELECT 1 FROM licence WHERE licence.id = found.licence AND licence.status = 'valid')
            ORDER BY licence LIMIT ?
            """, quality, cursor?.text ?? "", division ?? "", pattern ?? "%", limit
        ).map(Entry.init)
    }
}
