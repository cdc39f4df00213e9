import Documents
public import Extension
import Standards
public import Storage

/// What reading a table of norms gave.
public struct NormImport: Sendable {
    public let rows: Int
    public let added: Int
    public let changed: Int
    /// Everything that is wrong; then nothing was written.
    public let faults: [ImportFault]
}

extension NormService {
    /// Takes over norms from CSV or XLSX; those of the same number are changed. With one fault nothing is written.
    ///
    /// - Throws: ``CatalogueError`` when the file can't be read; `Problem` when the act is not permitted.
    public func load(_ path: String, sheet: String? = nil, isDryRun: Bool = false, by act: Act) async throws
        -> NormImport
    {
        guard act.actor.holds(Self.edit) else { throw Problem.forbidden }
        let (lines, faults) = try Self.read(path, sheet: sheet)
        if !faults.isEmpty { return NormImport(rows: lines.count, added: 0, changed: 0, faults: faults) }
        return try await database.write { transaction in
            var (added, changed) = (0, 0)
            for line in lines {
                let known = try transaction.row(
                    "SELECT \(Self.columns) FROM norms_norm WHERE number = ?", line.number
                ).map(ServiceNorm.init)
                let norm = ServiceNorm(
                    id: known?.id ?? act.identifier("norm/\(line.number)"), number: line.number, title: line.title,
                    level: line.level, theme: line.theme, effectiveFrom: line.effectiveFrom,
                    withdrawnOn: line.withdrawnOn, replacedBy: line.replacedBy)
                if norm == known { continue }
                if known == nil { added += 1 } else { changed += 1 }
                if !isDryRun { try save(norm, isNew: known == nil, by: act, in: transaction) }
            }
            return NormImport(rows: lines.count, added: added, changed: changed, faults: [])
        }
    }

    /// Tells how far a division is with a norm; what was told before is replaced, and stays in the journal.
    ///
    /// - Parameters:
    ///   - name: the norm's number or identifier.
    ///   - division: the division; staff speak for their own and those below it.
    /// - Throws: ``CatalogueError``, `Problem` with every finding.
    public func record(
        _ name: String, _ adoption: NormAdoption, by act: Act, in transaction: Transaction
    ) throws {
        guard act.actor.holds(Self.adopt),
            act.actor.post.map({ DivisionCode.covers($0.division, adoption.division) }) ?? true
        else { throw Problem.forbidden }
        let norm = try norm(name, in: transaction)
        let note = adoption.note.withoutInvisibles.trimmed
        var findings: [Finding] = []
        if adoption.state.wantsNote, note.isEmpty {
            findings.append(Finding("note", "field.required", "“\(adoption.state.rawValue)”请写明哪些没有采用，或为什么不适用。"))
        }
        if note.count > 500 { findings.append(Finding("note", "field.too_long", "说明最多 500 个字。")) }
        if adoption.state == .adopted || adoption.state == .partly, adoption.day > act.now.day {
            findings.append(Finding("day", "field.day", "还没有到的日期，请选“拟采用”。"))
        }
        if adoption.day < norm.effectiveFrom, adoption.state != .planned {
            findings.append(Finding("day", "field.day", "这项标准 \(norm.effectiveFrom.chinese)才实施，日期不能更早。"))
        }
        if !findings.isEmpty { throw Problem.invalid(findings) }
        let known: String? = try transaction.row(
            "SELECT id FROM norms_adoption WHERE division = ? AND norm = ?", adoption.division, norm.id)?.get("id")
        let id = known ?? act.identifier("norm-adoption").text
        let row = try transaction.row(
            """
            INSERT INTO norms_adoption (division, norm, id, state, day, note) VALUES (?, ?, ?, ?, ?, ?)
            ON CONFLICT (division, norm) DO UPDATE SET state = excluded.state, day = excluded.day, note = excluded.note
            \(adoptionState.returning)
            """, adoption.division, norm.id, id, adoption.state.rawValue, adoption.day, note)
        try events.record(
            [
                NormAdoptionRecorded(
                    number: norm.number, division: adoption.division, state: adoption.state.rawValue, day: adoption.day)
            ], to: StreamID(division: division, kind: "norms.adoption", id: id),
            state: try row.map(adoptionState.digest(of:)), by: act, in: transaction)
    }

    private func save(_ norm: ServiceNorm, isNew: Bool, by act: Act, in transaction: Transaction) throws {
        let row = try transaction.row(
            """
            INSERT INTO norms_norm (\(Self.columns)) VALUES (?, ?, ?, ?, ?, ?, ?, ?)
            ON CONFLICT (number) DO UPDATE SET title = excluded.title, level = excluded.level, theme = excluded.theme,
                effective_from = excluded.effective_from, withdrawn_on = excluded.withdrawn_on,
                replaced_by = excluded.replaced_by
            \(normState.returning)
            """, norm.id, norm.number, norm.title, norm.level.rawValue, norm.theme, norm.effectiveFrom,
            norm.withdrawnOn, norm.replacedBy)
        try events.record(
            [NormRecorded(number: norm.number)],
            to: StreamID(division: division, kind: "norms.norm", id: norm.id.text), isNew: isNew,
            state: try row.map(normState.digest(of:)), by: act, in: transaction)
    }

    private static func read(_ path: String, sheet: String?) throws -> (lines: [NormRow], faults: [ImportFault]) {
        var lines: [NormRow] = []
        var faults: [ImportFault] = []
        var columns: [String: Int]?
        var known: [String: Int] = [:]
        do {
            try TableFile(path: path).forEachRow(sheet: sheet) { row in
                guard let columns else {
                    if !row.isTitle { columns = try NormRow.columns(row) }
                    return
                }
                guard lines.count < 10_000 else {
                    throw CatalogueError(
                        code: "catalogue.import_too_long", status: 422, title: "表太长", message: "一次最多 10000 行，请分几次导入。")
                }
                guard let line = NormRow(row, columns, faults: &faults) else { return }
                if let first = known.updateValue(row.number, forKey: line.number) {
                    faults.append(
                        ImportFault(
                            row: row.number, column: "", title: "编号", message: "\(line.number) 与第 \(first) 行重复，请删去一行。"))
                }
                lines.append(line)
            }
        } catch let error as DocumentsError {
            throw CatalogueError.file(error)
        }
        if lines.isEmpty, faults.isEmpty { throw CatalogueError.emptyTable }
        return (lines, faults)
    }
}
