import Cryptography
import Extension
import Standards
import Storage

/// The tables of licences (证照库).
///
/// `licence_party` is keyed by the party rather than the division, since a wallet spans divisions: what a person holds
/// is read in one indexed look-up, however many licences there are.
struct LicenceRegister: Sendable {
    let cipher: FieldCipher
    let state: RowState
    let standing: RowState

    init(cipher: FieldCipher) {
        self.cipher = cipher
        state = Self.state(cipher)
        standing = Self.standing(cipher)
    }

    /// How a party stands to a licence.
    enum Role: String, SQLConvertible {
        case holder, viewer
    }

    static func context(_ id: String, _ column: String) -> String { "licence.\(column)/\(id)" }

    /// Puts a new licence in.
    ///
    /// - Returns: the digest of its row, for the journal.
    func insert(_ licence: Licence, file: [UInt8]?, by act: Act, in transaction: Transaction) throws -> [UInt8] {
        let statement = licence.statement
        let content = LicenceContent(statement, viewers: licence.viewers)
        let id = licence.id.text
        let json = content.json
        try transaction.send(
            """
            INSERT INTO licence (division, id, type, identifier, agency, case_id, item_id, origin, status, version,
                                 created_at, content, file, original, number_digest)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """,
            statement.division, id, statement.type, statement.identifier, statement.issuer.agency, statement.caseID,
            statement.itemID, licence.origin, licence.status, licence.version, act.now,
            try cipher.seal(json, context: Self.context(id, "content"), seed: act.seed),
            try file.map { try cipher.seal($0, context: Self.context(id, "file"), seed: act.seed) },
            licence.original, numberDigest(statement.number))
        let holders = Set(statement.holders.compactMap(key)).sorted().map { ($0, Role.holder) }
        let viewers = Set(licence.viewers.map(\.text)).sorted().map { ($0, Role.viewer) }
        for (party, role) in holders + viewers {
            try transaction.send(
                "INSERT INTO licence_party (party, licence, role, type, status, valid_until) VALUES (?, ?, ?, ?, ?, ?)",
                party, id, role, statement.type, licence.status, statement.validUntil)
        }
        return state.digest(of: [
            .text(statement.division), .text(id), .text(statement.type), statement.identifier.sql,
            statement.issuer.agency.sql, statement.caseID.sql, statement.itemID.sql, licence.origin.sql, act.now.sql,
            .blob(json), file.sql, licence.original.sql,
        ])
    }

    /// Changes the state of a licence.
    ///
    /// - Parameters:
    ///   - states: those in which it may be now.
    ///   - status: the new state.
    ///   - reason: why it is revoked.
    ///   - basis: the decision on which that rests; empty where another licence takes its place.
    /// - Returns: the digest of its standing, for the journal; nil when it is in none of those states, perhaps since
    ///   somebody else was faster.
    func change(
        _ id: Identifier, from states: [LicenceStatus], to status: LicenceStatus, reason: LicenceRevocation? = nil,
        basis: String = "", by act: Act, in transaction: Transaction
    ) throws -> [UInt8]? {
        let marks = Array(repeating: "?", count: states.count).joined(separator: ", ")
        let changed = try transaction.rows(
            """
            UPDATE licence SET status = ?, reason = ?, version = version + 1 WHERE id = ? AND status IN (\(marks))
            RETURNING division, version
            """, arguments: [status.sql, reason.sql, id.sql] + states.map(\.sql)
        ).first
        guard let changed else { return nil }
        try transaction.execute("UPDATE licence_party SET status = ? WHERE licence = ?", status, id)
        let row = try transaction.row(
            """
            INSERT INTO licence_standing (division, licence, status, reason, basis, version, since, reference)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?)
            ON CONFLICT (licence) DO UPDATE SET status = excluded.status, reason = excluded.reason,
                basis = excluded.basis, version = excluded.version, since = excluded.since
            \(standing.returning)
            """, try changed.get("division", as: String.self), id, status, reason, basis,
            try changed.get("version", as: Int.self), act.now, OfflineProof.reference(id))
        return try row.map { try standing.digest(of: $0) }
    }

    /// The decision on which a licence's state rests, and since when it is so; nil while nothing has become of it.
    func standing(of id: Identifier, in snapshot: Snapshot) throws -> (basis: String, since: Instant)? {
        try snapshot.row("SELECT basis, since FROM licence_standing WHERE licence = ?", id).map {
            (try $0.get("basis"), try $0.get("since"))
        }
    }

    /// The references of licences whose state is another than valid since an instant.
    func notInForce(since instant: Instant, limit: Int, in snapshot: Snapshot) throws -> [String] {
        try snapshot.rows(
            "SELECT reference FROM licence_standing WHERE since >= ? AND status <> 'valid' LIMIT ?", instant, limit
        ).map { try $0.get("reference") }
    }

    /// Whether the state of the licence with a reference is another than valid.
    func isNotInForce(_ reference: String, in snapshot: Snapshot) throws -> Bool {
        try snapshot.row(
            "SELECT 1 AS one FROM licence_standing WHERE reference = ? AND status <> 'valid'", reference) != nil
    }

    /// An agency's licences with a number, newest first; older ones than the number's digest are not found by it.
    func find(number: String, of agency: Identifier, in snapshot: Snapshot) throws -> [Licence] {
        try snapshot.rows(
            """
            SELECT \(Self.columns) FROM licence WHERE number_digest = ? AND agency = ? ORDER BY id DESC LIMIT 50
            """, numberDigest(number), agency
        ).map(licence)
    }

    /// The licences of a type with a number, whoever issued them, newest first.
    func find(number: String, type: String, in snapshot: Snapshot) throws -> [Licence] {
        try snapshot.rows(
            """
            SELECT \(Self.columns) FROM licence WHERE number_digest = ? AND type = ? ORDER BY id DESC LIMIT 50
            """, numberDigest(number), type
        ).map(licence)
    }

    /// What an agency issued or recorded, newest first.
    func issued(
        by agency: Identifier, before cursor: Identifier?, limit: Int, in snapshot: Snapshot
    ) throws -> [Licence] {
        try snapshot.rows(
            "SELECT \(Self.columns) FROM licence WHERE agency = ? AND id < ? ORDER BY id DESC LIMIT ?", agency,
            cursor?.text ?? "~", limit
        ).map(licence)
    }

    /// One licence; nil if there is none.
    func find(_ id: Identifier, in snapshot: Snapshot) throws -> Licence? {
        try snapshot.row("SELECT \(Self.columns) FROM licence WHERE id = ?", id).map(licence)
    }

    /// The licence with a licence identifier (GB/T 36904); nil if there is none.
    func find(identifier: String, in snapshot: Snapshot) throws -> (id: Identifier, status: LicenceStatus)? {
        try snapshot.row("SELECT id, status FROM licence WHERE identifier = ?", identifier)
            .map { (try $0.get("id"), try $0.get("status")) }
    }

    /// The signed file of a licence issued here.
    func file(of id: Identifier, in snapshot: Snapshot) throws -> [UInt8]? {
        let sealed: [UInt8]? = try snapshot.row("SELECT file FROM licence WHERE id = ?", id)?.get("file")
        return try sealed.map { try cipher.open($0, context: Self.context(id.text, "file")) }
    }

    /// The results of a case, in the order in which they came.
    func results(of caseID: Identifier, in snapshot: Snapshot) throws -> [Licence] {
        try snapshot.rows("SELECT \(Self.columns) FROM licence WHERE case_id = ? ORDER BY id", caseID).map(licence)
    }

    /// What a party holds or may see, newest first.
    func wallet(
        of party: Identifier, role: Role? = nil, before cursor: Identifier? = nil, limit: Int, in snapshot: Snapshot
    ) throws -> [Licence] {
        // A licence can stand there twice, for its holder and for the same person as a viewer.
        try snapshot.rows(
            """
            SELECT \(Self.columns) FROM licence WHERE id IN (
                SELECT DISTINCT licence FROM licence_party WHERE party = ? AND licence < ? AND role IN (?, ?)
                ORDER BY licence DESC LIMIT ?)
            ORDER BY id DESC
            """, party, cursor?.text ?? "~", role ?? .holder, role ?? .viewer, limit
        ).map(licence)
    }

    /// Whether a party holds a licence or is named as a viewer.
    func isParty(_ party: Identifier, to licence: Identifier, in snapshot: Snapshot) throws -> Bool {
        try snapshot.row("SELECT role FROM licence_party WHERE party = ? AND licence = ?", party, licence) != nil
    }

    /// Whether a party holds a licence itself.
    func isHolder(_ party: Identifier, of licence: Identifier, in snapshot: Snapshot) throws -> Bool {
        try snapshot.row(
            "SELECT 1 AS one FROM licence_party WHERE party = ? AND licence = ? AND role = ?", party, licence,
            Role.holder) != nil
    }

    /// Which types several parties hold on a day: party, then type, then the newest licence of it.
    func held(
        by parties: [Identifier], types: [String], on day: LegalDay, in snapshot: Snapshot
    ) throws -> [Identifier: [String: Identifier]] {
        guard !parties.isEmpty, !types.isEmpty else { return [:] }
        func marks(_ count: Int) -> String { Array(repeating: "?", count: count).joined(separator: ", ") }
        let rows = try snapshot.rows(
            """
            SELECT party, type, licence FROM licence_party
            WHERE role = 'holder' AND status = 'valid' AND party IN (\(marks(parties.count)))
                AND type IN (\(marks(types.count))) AND (valid_until IS NULL OR valid_until >= ?)
                AND NOT EXISTS (
                    SELECT 1 FROM licence_quality WHERE licence_quality.licence = licence_party.licence
                        AND quality = 'doubtful')
            ORDER BY licence
            """, arguments: parties.map(\.sql) + types.map(\.sql) + [day.sql])
        var held: [Identifier: [String: Identifier]] = [:]
        for row in rows { held[try row.get("party"), default: [:]][try row.get("type")] = try row.get("licence") }
        return held
    }

    /// Whose licences of some types end within some days, the first to end first.
    func ending(
        _ types: [String], from first: LegalDay, through last: LegalDay, after cursor: LicenceEnding?, limit: Int,
        in snapshot: Snapshot
    ) throws -> [LicenceEnding] {
        guard !types.isEmpty else { return [] }
        let marks = Array(repeating: "?", count: types.count).joined(separator: ", ")
        let since = max(first, cursor?.endsOn ?? first)
        let keys: [SQLValue] = [
            since.sql, last.sql, since.sql, .text(cursor?.licence.text ?? ""), .text(cursor?.licence.text ?? ""),
            .text(cursor?.holder.text ?? ""), limit.sql,
        ]
        return try snapshot.rows(
            """
            SELECT p.party, p.licence, p.type, p.valid_until, l.division FROM licence_party p
            JOIN licence l ON l.id = p.licence
            WHERE p.role = 'holder' AND p.status = 'valid' AND p.party NOT LIKE '#%' AND p.type IN (\(marks))
                AND p.valid_until >= ? AND p.valid_until <= ?
                AND (p.valid_until > ? OR p.licence > ? OR (p.licence = ? AND p.party > ?))
            ORDER BY p.valid_until, p.licence, p.party LIMIT ?
            """, arguments: types.map(\.sql) + keys
        ).map { row in
            LicenceEnding(
                licence: try row.get("licence"), holder: try row.get("party"), type: try row.get("type"),
                endsOn: try row.get("valid_until"), division: try row.get("division"))
        }
    }

    /// Makes the licences that were recorded under an identity number a party's own.
    ///
    /// - Returns: which they are.
    func claim(_ idNumber: String, for party: Identifier, in transaction: Transaction) throws -> [Identifier] {
        let key = numberKey(idNumber)
        try transaction.execute(
            """
            INSERT INTO licence_party (party, licence, role, type, status, valid_until)
                SELECT ?, licence, role, type, status, valid_until FROM licence_party WHERE party = ?
                ON CONFLICT (party, licence, role) DO NOTHING
            """, party, key)
        return try transaction.rows("DELETE FROM licence_party WHERE party = ? RETURNING licence", key)
            .map { try $0.get("licence") }
    }

    static let columns = "id, agency, origin, status, reason, version, content, original"

    func licence(_ row: Row) throws -> Licence {
        let id: Identifier = try row.get("id")
        let json = try cipher.open(try row.get("content"), context: Self.context(id.text, "content"))
        let content = try LicenceContent(json: try JSONParser.parse(json))
        return Licence(
            id: id, statement: content.statement(agency: try row.get("agency")),
            viewers: content.viewers.compactMap { try? Identifier($0) }, origin: try row.get("origin"),
            status: try row.get("status"), reason: try row.get("reason"), original: try row.get("original"),
            version: try row.get("version"))
    }

    /// Under what a holder is found: its opaque identifier, else a keyed digest of its number, else not at all.
    func key(of holder: LicenceHolder) -> String? { holder.party?.text ?? holder.idNumber.map(numberKey) }

    private func numberDigest(_ number: String) -> [UInt8] {
        cipher.blindIndex(
            String(number.uppercased().filter { !$0.isWhitespace }), purpose: "licence.number")
    }

    private func numberKey(_ number: String) -> String {
        let plain = String(number.uppercased().filter { !$0.isWhitespace })
        return "#" + Hex.encode(cipher.blindIndex(plain, purpose: "licence.holder"))
    }
}
