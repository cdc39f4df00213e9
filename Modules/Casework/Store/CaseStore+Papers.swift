import Extension
import Standards
import Storage

/// The papers of cases: numbered without gaps, and sealed.
extension CaseStore {
    static let paperColumn = EncryptedColumn(
        table: "case_paper", keys: ["division", "case_id", "id"], column: "body"
    ) { row in
        paperContext(try row.get("division"), try row.get("case_id"), try row.get("id"))
    }

    private static func paperContext(_ division: String, _ caseID: String, _ id: String) -> String {
        "case_paper.body/\(division)/\(caseID)/\(id)"
    }

    /// The number of a paper within its agency, word and year.
    struct PaperSerial {
        let agency: Identifier
        let word: String
        let year: Int
        let serial: Int
    }

    /// Draws the next number: 1, 2, 3, … within an agency, word and year. The counter is a row of the transaction, so a
    /// change that fails gives its number back, and two that run at once wait for each other.
    func nextPaperSerial(
        agency: Identifier, word: String, year: Int, in transaction: Transaction
    ) throws -> PaperSerial {
        guard
            let row = try transaction.row(
                """
                INSERT INTO case_paper_serial (agency, word, year, last) VALUES (?, ?, ?, 1)
                ON CONFLICT (agency, word, year) DO UPDATE SET last = case_paper_serial.last + 1 RETURNING last
                """, agency, word, year)
        else { throw CaseworkError.notFound }
        return PaperSerial(agency: agency, word: word, year: year, serial: try row.get("last"))
    }

    /// Writes what a paper says.
    func insert(
        paper id: Identifier, _ body: [UInt8], number: PaperSerial, of file: CaseFile, by act: Act,
        in transaction: Transaction
    ) throws {
        let context = Self.paperContext(file.division, file.id.text, id.text)
        try transaction.send(
            """
            INSERT INTO case_paper (division, case_id, id, agency, word, year, serial, body)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?)
            """, file.division, file.id, id, number.agency, number.word, number.year, number.serial,
            try cipher.seal(body, context: context, seed: act.seed))
    }

    /// What a paper says.
    ///
    /// - Throws: ``StorageError`` when it was changed behind the program's back.
    func content(of paper: CasePaper, in file: CaseFile, _ snapshot: Snapshot) throws -> PaperContent {
        guard
            let row = try snapshot.row(
                "SELECT body FROM case_paper WHERE division = ? AND case_id = ? AND id = ?", file.division, file.id,
                paper.id)
        else { throw CaseworkError.paperDamaged(paper) }
        let bytes = try cipher.open(
            try row.get("body"), context: Self.paperContext(file.division, file.id.text, paper.id.text))
        guard PaperContent.digest(bytes) == paper.digest else { throw CaseworkError.paperDamaged(paper) }
        return try CompactCoding.decode(PaperContent.self, from: bytes)
    }

    /// Compares the papers with what their cases vouch for.
    func comparePapers(
        _ files: [(StreamStanding, CaseFile)], _ snapshot: Snapshot, _ comparison: inout StateComparison
    ) throws {
        for (division, files) in Dictionary(grouping: files, by: { $0.1.division }) {
            let marks = Array(repeating: "?", count: files.count).joined(separator: ", ")
            let rows = try snapshot.rows(
                "SELECT division, case_id, id, body FROM case_paper WHERE division = ? AND case_id IN (\(marks))",
                arguments: [.text(division)] + files.map { $0.1.id.sql })
            let stored = Dictionary(grouping: try rows.map { row in (try row.get("case_id", as: String.self), row) }) {
                $0.0
            }
            for (standing, file) in files {
                let found = stored[file.id.text, default: []].map(\.1)
                comparison.rows["case_paper", default: 0] += found.count
                let digests = try Dictionary(
                    found.map { row in
                        let bytes = try? cipher.open(try row.get("body"), context: try Self.paperColumn.context(row))
                        return (try row.get("id", as: String.self), bytes.map(PaperContent.digest) ?? "")
                    }, uniquingKeysWith: { first, _ in first })
                for paper in file.papers ?? [] {
                    guard let digest = digests[paper.id.text] else {
                        comparison.deviations.append(.gone(standing, "表 case_paper 里没有文书 \(paper.number)"))
                        continue
                    }
                    if digest != paper.digest {
                        comparison.deviations.append(
                            .changed(standing, "表 case_paper 里文书 \(paper.number) 的内容不是当时出具的"))
                    }
                }
            }
        }
    }
}
