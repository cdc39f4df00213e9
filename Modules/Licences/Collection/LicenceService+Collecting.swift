public import Extension
import Standards
public import Storage

/// Taking over old registers (存量证照归集, R14.5), and looking into what is doubtful in them.
extension LicenceService {
    /// How many rows are written in one transaction.
    private static let part = 200

    /// Takes over the licences of an old register.
    ///
    /// The file is read and checked as a whole first; with a single fault nothing is written. The same file again does
    /// nothing, or goes on with what was interrupted.
    ///
    /// - Parameters:
    ///   - path: CSV or XLSX.
    ///   - sheet: which sheet of a workbook; nil is the first.
    ///   - isDryRun: only tell what would happen.
    ///   - progress: told how many rows are done.
    ///   - act: a new act for each part that is written; staff need `licences.collect`.
    /// - Throws: ``Problem`` with every fault and its place; ``Problem/forbidden``.
    public func collect(
        _ path: String, sheet: String? = nil, isDryRun: Bool = false, progress: @Sendable (Int) -> Void = { _ in },
        act: @Sendable () async throws -> Act
    ) async throws -> LicenceCollection {
        let first = try await act()
        guard first.actor.holds(Self.collectRight) else { throw Problem.forbidden }
        let (types, division) = (types, first.actor.post?.division ?? division)
        let table = try await onOwnThread {
            try CollectionTable(path, sheet: sheet, types: types, division: division, today: first.now.day)
        }
        guard table.faults.isEmpty else {
            throw Problem(
                422, "licences.collection.faults", "证照没有导入",
                "表里有 \(table.faults.count) 处错误，一行也没有导入。请全部改正后再导入。", findings: table.faults)
        }
        var report = LicenceCollection()
        report.unknownLines = table.unknownLines.sorted()
        for start in stride(from: 0, to: table.rows.count, by: Self.part) {
            let part = Array(table.rows[start..<min(start + Self.part, table.rows.count)])
            let act = try await act()
            var next = report
            if isDryRun {
                next = try await database.read { [report] snapshot in
                    var trial = report
                    for row in part { _ = try self.examine(row, &trial, in: snapshot) }
                    return trial
                }
            } else {
                next = try await database.write { [report] transaction in
                    var written = report
                    for row in part { try self.take(row, &written, by: act, in: transaction) }
                    return written
                }
                next.linked += try await link(part, by: act)
            }
            report = next
            progress(report.rows)
            try Task.checkCancellation()
        }
        return report
    }

    /// What becomes of a row: the licence whose place it takes, if any, and its quality; nil when it is known already.
    private func examine(
        _ row: CollectedRow, _ report: inout LicenceCollection, in snapshot: Snapshot
    ) throws -> (row: CollectedRow, replaces: Identifier?, clashes: [Licence], party: Identifier?)? {
        var row = row
        report.rows += 1
        let same = try register.find(
            number: row.draft.number ?? "", type: row.draft.type, in: snapshot
        ).filter { $0.status != .superseded && $0.issuer.name == row.draft.issuer.name }
        let holder = row.draft.holders.first
        let known = same.first {
            $0.holders.first?.name == holder?.name && $0.holders.first?.idNumber == holder?.idNumber
        }
        let clashes =
            types[row.draft.type]?.hasUniqueNumber == true ? same.filter { $0.id != known?.id } : []
        if !clashes.isEmpty { row.findings.noteSameNumber() }
        let party = try holder?.idNumber.flatMap { try parties?.party(withNumber: $0, in: snapshot) }
        if let party, party.name != holder?.name { row.findings.noteOtherName() }
        report.note(row)
        guard let known else {
            report.added += 1
            return (row, nil, clashes, party?.id)
        }
        // What was issued or recorded in a case, or has ended since, an old register doesn't change.
        if !known.isImported || known.status != .valid || known.says(row.draft) {
            report.unchanged += 1
            return nil
        }
        report.changed += 1
        return (row, known.id, clashes, party?.id)
    }

    private func take(
        _ row: CollectedRow, _ report: inout LicenceCollection, by act: Act, in transaction: Transaction
    ) throws {
        guard let (examined, old, clashes, party) = try examine(row, &report, in: transaction) else { return }
        var row = examined
        if let party {
            row.draft.holders[0].party = party
            report.linked += 1
        }
        row.draft.replaces = old
        let licence = try issue(row.draft, by: act, in: transaction)
        // Of two with one number nobody knows yet which is right.
        for other in clashes where other.id != old {
            try doubt(other, QualityFindings.sameNumber, because: licence.id, by: act, in: transaction)
        }
        try set(
            row.findings.quality, row.findings.text, of: licence,
            LicenceCollected(
                licence: licence.id, quality: row.findings.quality), by: act, in: transaction)
    }

    /// Claims what belongs to somebody who registered while the part was written.
    private func link(_ part: [CollectedRow], by act: Act) async throws -> Int {
        guard let parties else { return 0 }
        let numbers = Set(part.compactMap { $0.draft.holders.first?.idNumber }).sorted()
        return try await database.write { transaction in
            var claimed = 0
            for number in numbers {
                guard let party = try parties.party(withNumber: number, in: transaction) else { continue }
                claimed += try self.claim(number, for: party, by: act, in: transaction)
            }
            return claimed
        }
    }

    /// Confirms a licence that was taken over and is doubtful or incomplete: somebody has looked into it.
    ///
    /// - Parameter basis: what was looked at, such as the number of the paper file.
    /// - Throws: ``LicenceError`` with `licences.not_found`, `licences.not_in_force`, `licences.draft`;
    ///   ``Problem/forbidden``.
    public func confirm(_ id: Identifier, basis: String, by act: Act, in transaction: Transaction) throws {
        guard act.actor.holds(Self.collectRight) else { throw Problem.forbidden }
        let basis = basis.withoutInvisibles.trimmed
        guard (1...80).contains(basis.count) else {
            throw LicenceError(
                .draft, "还不能核实，请按提示改正。",
                findings: [Finding("basis", "field.required", "请写明核对了什么，例如底档的编号，不超过 80 个字。")])
        }
        guard let licence = try register.find(id, in: transaction), reaches(licence, act.actor),
            let entry = try qualities.entry(of: id, in: transaction)
        else { throw LicenceError.unknown }
        guard licence.status == .valid, entry.quality != .sound else {
            throw LicenceError(.notInForce, "这份证照已经是“合格”，或者已经失效，不用再核实。")
        }
        try set(
            .sound, entry.findings, basis: basis, of: licence, LicenceConfirmed(licence: id, quality: .sound), by: act,
            in: transaction)
    }

    private func set(
        _ quality: LicenceQuality, _ findings: String, basis: String = "", of licence: Licence, _ told: any Event,
        by act: Act, in transaction: Transaction
    ) throws {
        let state = try qualities.set(
            quality, findings, basis: basis, of: licence, by: act, in: transaction)
        try events.record(
            [told],
            to: StreamID(
                division: licence.statement.division, kind: "licence-quality", id: licence.id.text), state: state,
            by: act, in: transaction)
    }

    /// Doubts a record that was taken over, unless somebody has confirmed it or it is doubted already.
    ///
    /// - Parameters:
    ///   - text: what contradicts it, in Chinese, without personal data.
    ///   - other: the licence that does; nil where it is a register.
    func doubt(
        _ licence: Licence, _ text: String, because other: Identifier? = nil, by act: Act, in transaction: Transaction
    ) throws {
        guard licence.isImported, licence.status == .valid else { return }
        let entry = try qualities.entry(of: licence.id, in: transaction)
        guard entry?.quality != .doubtful, entry?.basis.isEmpty ?? true else { return }
        let known = entry.map(\.findings).flatMap { $0.isEmpty ? nil : $0 }
        try set(
            .doubtful, [text, known].compactMap(\.self).joined(separator: "；"), of: licence,
            LicenceDoubted(licence: licence.id, by: other), by: act, in: transaction)
    }

    /// That a licence can't be shown while it is doubtful.
    static func doubtful(_ licence: Licence) -> Finding {
        Finding("licence", "licences.doubtful", "“\(licence.title)”是从原有登记簿导入的，内容有疑问，核实以前不能出示。请到发证机关核对。")
    }

    /// How good the record of a licence is that was taken over; nil for others, and for those out of the actor's reach.
    ///
    /// - Throws: ``Problem/forbidden``.
    public func quality(of id: Identifier, by act: Act) async throws -> CollectedLicence? {
        guard act.actor.holds(Self.collectRight) else { throw Problem.forbidden }
        return try await database.read { snapshot in
            guard let entry = try self.qualities.entry(of: id, in: snapshot),
                let licence = try self.register.find(id, in: snapshot), self.reaches(licence, act.actor)
            else { return nil }
            return CollectedLicence(licence: licence, quality: entry.quality, findings: entry.findings)
        }
    }

    /// Licences that were taken over and are doubtful or incomplete, in the order in which they came.
    ///
    /// - Throws: ``Problem/forbidden``.
    public func collected(
        _ quality: LicenceQuality, after cursor: Identifier? = nil, limit: Int = 50, by act: Act
    ) async throws -> [CollectedLicence] {
        guard act.actor.holds(Self.collectRight) else { throw Problem.forbidden }
        return try await database.read { snapshot in
            try self.qualities.entries(
                quality, in: act.actor.post?.division, after: cursor, limit: min(max(limit, 1), 201), in: snapshot
            ).compactMap { entry in
                try self.register.find(entry.licence, in: snapshot).map {
                    CollectedLicence(licence: $0, quality: entry.quality, findings: entry.findings)
                }
            }
        }
    }

    /// Whether a licence lies in the division of whoever looks into it.
    private func reaches(_ licence: Licence, _ actor: Actor) -> Bool {
        guard let post = actor.post else { return true }
        return Self.division(post.division, covers: licence.statement.division)
    }
}

/// A licence that was taken over, with what is to be looked into.
public struct CollectedLicence: Sendable {
    public let licence: Licence
    public let quality: LicenceQuality
    public let findings: String
}

extension Licence {
    /// Whether a record says the same as a draft.
    fileprivate func says(_ draft: LicenceDraft) -> Bool {
        let holder = draft.holders.first
        return statement.title == draft.title && statement.issuer.name == draft.issuer.name
            && statement.issuer.creditCode == draft.issuer.creditCode && statement.issuedOn == draft.issuedOn
            && statement.validUntil == draft.validUntil && statement.fields == draft.fields
            && statement.holders.first?.name == holder?.name && statement.holders.first?.idNumber == holder?.idNumber
    }
}
