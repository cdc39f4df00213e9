import ESeal
import Extension
import Standards
import Storage

/// The sealed documents of licences: the OFD and the PDF that people download.
struct LicenceDocuments: Sendable {
    let cipher: FieldCipher

    /// In which form a document is wanted.
    enum Form: String, Sendable, CaseIterable {
        case ofd, pdf

        var contentType: String { self == .ofd ? "application/ofd" : "application/pdf" }
    }

    static func context(_ licence: String, _ form: Form) -> String { "licence_document.\(form.rawValue)/\(licence)" }

    /// Keeps a document unless there is one already.
    ///
    /// - Returns: whether it was kept.
    func insert(_ sealed: SealedDocument, of licence: Licence, by act: Act, in transaction: Transaction) throws -> Bool
    {
        let id = licence.id.text
        return try transaction.execute(
            """
            INSERT INTO licence_document (division, licence, seal, sealed_at, ofd, pdf) VALUES (?, ?, ?, ?, ?, ?)
            ON CONFLICT (licence) DO NOTHING
            """, licence.statement.division, id, sealed.seal, act.now,
            try cipher.seal(sealed.ofd, context: Self.context(id, .ofd), seed: act.seed),
            try cipher.seal(sealed.pdf, context: Self.context(id, .pdf), seed: act.seed)) == 1
    }

    func bytes(of licence: Identifier, _ form: Form, in snapshot: Snapshot) throws -> [UInt8]? {
        let row = try snapshot.row("SELECT \(form.rawValue) AS bytes FROM licence_document WHERE licence = ?", licence)
        return try row.map { try cipher.open(try $0.get("bytes"), context: Self.context(licence.text, form)) }
    }

    /// The licences issued here that are in force and have no document, in their order.
    func missing(after cursor: Identifier?, limit: Int, in snapshot: Snapshot) throws -> [Identifier] {
        try snapshot.rows(
            """
            SELECT id FROM licence WHERE origin = 'here' AND status = 'valid' AND case_id IS NOT NULL AND id > ?
                AND NOT EXISTS (SELECT 1 FROM licence_document WHERE licence_document.licence = licence.id)
            ORDER BY id LIMIT ?
            """, cursor?.text ?? "", limit
        ).map { try $0.get("id") }
    }
}
