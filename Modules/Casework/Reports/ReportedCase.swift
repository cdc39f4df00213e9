public import Catalogue
public import Standards
public import Storage

/// A case with what its theme says of it, for whoever reports on cases to others.
public struct ReportedCase: Sendable {
    public let file: CaseFile
    public let theme: Theme

    /// The applicant's name as the form has it; nil while it is not known.
    public var applicantName: String? { CaseNames(file, theme: theme, isMasked: false).applicant }

    /// A value of the form that was prefilled by a key, such as the mobile number.
    public func value(_ key: PrefillKey) -> String? {
        theme.form.flatMap(\.fields).lazy.filter { $0.prefill == key.rawValue }.compactMap { file.form[$0.id] }
            .first { !$0.isEmpty }
    }
}

extension CaseworkService {
    /// The cases that were accepted and changed in a stretch of time, in the order of their identifiers.
    ///
    /// - Parameters:
    ///   - changes: when they changed last.
    ///   - after: the identifier after which to begin; empty for the first.
    ///   - limit: the most to give.
    public func reported(
        changed changes: Range<Instant>, after: String, limit: Int, in snapshot: Snapshot
    ) throws -> [ReportedCase] {
        // Those that were never accepted are looked past in pages, so that a page of them alone ends nothing.
        var (found, place) = ([ReportedCase](), after)
        while found.count < limit {
            let rows = try snapshot.rows(
                """
                SELECT id, division, number, version, body FROM case_file
                WHERE id > ? AND updated_at >= ? AND updated_at < ? AND state NOT IN ('draft', 'submitted')
                ORDER BY id LIMIT ?
                """, place, changes.lowerBound, changes.upperBound, limit - found.count)
            guard let last = rows.last else { break }
            place = try last.get("id")
            found += try rows.compactMap { try reported($0, in: snapshot) }
        }
        return found
    }

    /// Some cases by their identifiers; those that were never accepted are left out.
    public func reported(_ ids: [Identifier], in snapshot: Snapshot) throws -> [ReportedCase] {
        try ids.compactMap { id in
            try snapshot.row("SELECT id, division, number, version, body FROM case_file WHERE id = ?", id)
                .flatMap { try reported($0, in: snapshot) }
        }
    }

    private func reported(_ row: Row, in snapshot: Snapshot) throws -> ReportedCase? {
        let file = try store.decode(row, id: try row.get("id"))
        guard file.times.accepted != nil, file.number != nil else { return nil }
        return ReportedCase(file: file, theme: try catalogue.theme(hash: file.theme.hash, in: snapshot))
    }
}
