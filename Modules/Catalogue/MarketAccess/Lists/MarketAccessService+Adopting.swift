public import Extension
import Standards
import Storage

/// What reading an edition gave.
public struct ScopeImport: Sendable {
    /// The edition; nil when nothing was written.
    public let publication: ScopePublication?
    /// Everything that is wrong, by row.
    public let faults: [ImportFault]
    /// How many entries of each verdict there are.
    public let counts: [ScopeEntry.Verdict: Int]
    /// Whether it is, word for word, the edition that holds already.
    public let isUnchanged: Bool
}

extension MarketAccessService {
    /// Takes over an edition of the catalogue from CSV or XLSX; one with a fault is not taken over at all.
    ///
    /// - Parameters:
    ///   - path: the file.
    ///   - sheet: the sheet of a spreadsheet; nil is its first.
    ///   - title: what the edition is called.
    ///   - basis: the document by which it holds.
    ///   - isSynthetic: whether it is a sample for rehearsals.
    ///   - isDryRun: whether it is only looked through.
    ///   - act: who does it; staff need `catalogue.approve`.
    /// - Throws: ``CatalogueError`` when the file can't be read; `Problem` when the act is not permitted.
    public func adopt(
        _ path: String, sheet: String? = nil, title: String, basis: String, isSynthetic: Bool = false,
        isDryRun: Bool = false, by act: Act
    ) async throws -> ScopeImport {
        guard act.actor.holds(.approveItems) else { throw Problem.forbidden }
        let (title, basis) = (title.withoutInvisibles.trimmed, basis.withoutInvisibles.trimmed)
        var findings: [Finding] = []
        if title.isEmpty || title.count > 100 {
            findings.append(Finding("title", "field.required", "请写明名称，不超过 100 个字。"))
        }
        if basis.isEmpty || basis.count > 200 {
            findings.append(Finding("basis", "field.required", "请写明依据的文件和文号，不超过 200 个字。"))
        }
        if !findings.isEmpty { throw Problem.invalid(findings) }
        let read = try ScopeListReader(path, sheet: sheet)
        let counts = Dictionary(grouping: read.entries, by: \.verdict).mapValues(\.count)
        if !read.faults.isEmpty || isDryRun {
            return ScopeImport(publication: nil, faults: read.faults, counts: counts, isUnchanged: false)
        }
        let body = try EventCoding.encode(read.entries)
        let publication = ScopePublication(
            id: act.identifier("market-list"), title: title, basis: basis, count: read.entries.count,
            digest: ItemDigest.of(body), adoptedAt: act.now, isSynthetic: isSynthetic)
        return try await database.write { transaction in
            if let current = try list(in: transaction)?.publication, current.digest == publication.digest,
                current.title == title, current.basis == basis
            {
                return ScopeImport(publication: current, faults: [], counts: counts, isUnchanged: true)
            }
            try insert(publication, body: body, by: act, in: transaction)
            return ScopeImport(publication: publication, faults: [], counts: counts, isUnchanged: false)
        }
    }

    private func insert(
        _ publication: ScopePublication, body: String, by act: Act, in transaction: Transaction
    ) throws {
        let row = try transaction.row(
            """
            INSERT INTO market_list (division, id, title, basis, total, digest, adopted_at, is_synthetic, body)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) \(state.returning)
            """, division, publication.id, publication.title, publication.basis, publication.count, publication.digest,
            publication.adoptedAt, publication.isSynthetic, body)
        try events.record(
            [
                ScopeListAdopted(
                    list: publication.id.text, title: publication.title, basis: publication.basis,
                    count: publication.count, digest: publication.digest)
            ], to: StreamID(division: division, kind: "market.list", id: publication.id.text), isNew: true,
            state: try row.map(state.digest(of:)), by: act, in: transaction)
        try Self.revision.advance(seed: act.seed, in: transaction)
    }
}
