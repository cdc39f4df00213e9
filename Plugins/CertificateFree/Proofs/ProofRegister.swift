public import PluginKit

/// The catalogue of proofs (证明事项清单, R14.1).
public struct ProofRegister: Sendable {
    /// Keep the list of proofs.
    public static let keep = Permission("certificate-free.keep", "维护证明事项清单，查办还在索要的证明")

    let database: any Database
    let events: EventLog
    let catalogue: CatalogueService
    let inventory: InventoryService
    let division: String
    let state: RowState

    init(_ host: PluginHost) throws {
        database = host.database
        events = host.events
        catalogue = try host.service(CatalogueService.self)
        inventory = try host.service(InventoryService.self)
        division = inventory.division
        state = RowState(
            kind: "certificate-free.proof", title: "证明事项", table: "certificate_free_proof",
            columns: Self.columns.split(separator: ", ").map(String.init), begins: [ProofRecorded.name],
            cipher: host.cipher)
    }

    static let columns = "division, id, code, title, aliases, asked_by, issuer, basis, state, replacement, channels"

    /// What an import came to.
    public struct Import: Sendable {
        public let rows: Int
        public let added: Int
        public let changed: Int
    }

    /// Takes over a list from CSV or XLSX; proofs of the same code are changed, others stay. With one fault nothing is
    /// written.
    ///
    /// - Throws: `Problem` 422 with every fault of every row; 403 where the act is not permitted.
    public func load(_ path: String, sheet: String? = nil, isDryRun: Bool, by act: Act) async throws -> Import {
        guard act.actor.holds(Self.keep) else { throw Problem.forbidden }
        let (lines, faults) = try ProofTable.read(path, sheet: sheet)
        if !faults.isEmpty { throw faults.problem }
        return try await database.write { transaction in
            let known = try all(in: transaction)
            try refuseSharedWords(lines, among: known)
            let byCode = Dictionary(known.map { ($0.code, $0) }, uniquingKeysWith: { $1 })
            var (added, changed) = (0, 0)
            for line in lines {
                let old = byCode[line.code]
                let proof = ProofKind(
                    id: old?.id ?? act.identifier("proof/\(line.code)"), code: line.code, title: line.title,
                    aliases: line.aliases, askedBy: line.askedBy, issuer: line.issuer, basis: line.basis,
                    state: line.state, replacement: line.replacement, channels: line.channels)
                if proof == old { continue }
                if old == nil { added += 1 } else { changed += 1 }
                if !isDryRun { try save(proof, isNew: old == nil, by: act, in: transaction) }
            }
            return Import(rows: lines.count, added: added, changed: changed)
        }
    }

    /// All proofs in the order of their codes.
    public func all(in snapshot: Snapshot) throws -> [ProofKind] {
        try snapshot.rows(
            "SELECT \(Self.columns) FROM certificate_free_proof WHERE division = ? ORDER BY code", division
        )
        .map(ProofKind.init)
    }

    /// A page of the proofs whose code, title, other words or departments hold a text.
    ///
    /// - Parameter cursor: the code after which the page begins.
    public func list(
        _ text: String = "", state: ProofKind.State? = nil, after cursor: String = "", limit: Int, in snapshot: Snapshot
    ) throws -> [ProofKind] {
        let pattern = "%\(text.halfWidth.withoutInvisibles.trimmed.lowercased().filter { !"%_\\".contains($0) })%"
        return try snapshot.rows(
            """
            SELECT \(Self.columns) FROM certificate_free_proof
            WHERE division = ? AND code > ? AND (? = '' OR state = ?)
                AND LOWER(code || ' ' || title || ' ' || aliases || ' ' || asked_by || ' ' || issuer) LIKE ?
            ORDER BY code LIMIT ?
            """, division, cursor, state?.rawValue ?? "", state?.rawValue ?? "", pattern, limit
        ).map(ProofKind.init)
    }

    /// One proof by its code.
    ///
    /// - Throws: `Problem` 404.
    public func proof(_ code: String, in snapshot: Snapshot) throws -> ProofKind {
        let found = try snapshot.row(
            "SELECT \(Self.columns) FROM certificate_free_proof WHERE division = ? AND code = ?", division,
            code.halfWidth.trimmed.uppercased())
        guard let found else { throw Problem.notFound("编码为“\(code)”的证明事项") }
        return try ProofKind(found)
    }

    /// How many proofs are kept, cancelled and replaced by data.
    public func counts(in snapshot: Snapshot) throws -> [ProofKind.State: Int] {
        try snapshot.rows(
            "SELECT state, count(*) AS total FROM certificate_free_proof WHERE division = ? GROUP BY state", division
        ).reduce(into: [:]) { counts, row in
            if let state = ProofKind.State(rawValue: try row.get("state")) { counts[state] = try row.get("total") }
        }
    }

    /// A word that another proof, which is not among these lines, has already would lead to two conclusions.
    private func refuseSharedWords(_ lines: [ProofTable.Line], among known: [ProofKind]) throws {
        let codes = Set(lines.map(\.code))
        let taken = Dictionary(
            known.filter { !codes.contains($0.code) }.flatMap { proof in
                proof.words.map { (ProofWords.key($0), proof.code) }
            }, uniquingKeysWith: { $1 })
        let findings = lines.flatMap { line in
            ([line.title] + line.aliases).compactMap { word in
                taken[ProofWords.key(word)].map { other in
                    Finding(
                        line.code, "certificate-free.word_taken",
                        "\(line.code) 的“\(word)”已经是 \(other) 的叫法，一种叫法只能对应一种证明。")
                }
            }
        }
        if !findings.isEmpty {
            throw Problem(
                422, "catalogue.import_faults", "表格有误，没有导入", "共有 \(findings.count) 处错误。请全部改正后再导入。",
                findings: findings)
        }
    }

    private func save(_ proof: ProofKind, isNew: Bool, by act: Act, in transaction: Transaction) throws {
        let row = try transaction.row(
            """
            INSERT INTO certificate_free_proof (\(Self.columns)) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            ON CONFLICT (division, code) DO UPDATE SET title = excluded.title, aliases = excluded.aliases,
                asked_by = excluded.asked_by, issuer = excluded.issuer, basis = excluded.basis,
                state = excluded.state, replacement = excluded.replacement, channels = excluded.channels
            \(state.returning)
            """, division, proof.id, proof.code, proof.title, proof.aliases.joined(separator: ProofKind.separator),
            proof.askedBy, proof.issuer, proof.basis, proof.state.rawValue, proof.replacement, proof.channelText)
        try events.record(
            [ProofRecorded(code: proof.code, state: proof.state.rawValue)],
            to: StreamID(division: division, kind: state.kind, id: proof.id.text), isNew: isNew,
            state: try row.map(state.digest(of:)), by: act, in: transaction)
    }
}
