import Storage

/// What the audit compares: each licence's row with its content and file, its status with its events, and who holds it.
extension LicenceRegister {
    /// Without status and version, which the events themselves tell.
    static func state(_ cipher: FieldCipher) -> RowState {
        RowState(
            kind: "licence", title: "证照", table: "licence",
            columns: [
                "division", "id", "type", "identifier", "agency", "case_id", "item_id", "origin", "created_at",
                "content", "file", "original",
            ],
            sealed: LicenceService.encryptedColumns, begins: [LicenceIssued.name, LicenceRecorded.name],
            cipher: cipher)
    }

    /// What became of licences after they were issued, in chains of their own.
    static func standing(_ cipher: FieldCipher) -> RowState {
        RowState(
            kind: "licence-standing", title: "证照状态", table: "licence_standing", key: "licence",
            columns: ["division", "licence", "status", "reason", "basis", "version", "since"],
            begins: [LicenceStandingChanged.name], cipher: cipher)
    }

    /// The state of each licence that had one other than its first.
    private func standings(
        of ids: [SQLValue], marks: String, in snapshot: Snapshot
    ) throws -> [String: (status: LicenceStatus, reason: LicenceRevocation?, version: Int)] {
        let rows = try snapshot.rows(
            "SELECT licence, status, reason, version FROM licence_standing WHERE licence IN (\(marks))", arguments: ids)
        return Dictionary(
            try rows.map {
                (try $0.get("licence"), (try $0.get("status"), try $0.get("reason"), try $0.get("version")))
            }, uniquingKeysWith: { $1 })
    }

    var audit: StateCheck {
        state.check(dependents: ["licence_party"]) { matches, snapshot in
            var comparison = StateComparison()
            if matches.isEmpty { return comparison }
            let marks = Array(repeating: "?", count: matches.count).joined(separator: ", ")
            let ids = matches.map { SQLValue.text($0.standing.id) }
            let licences = try snapshot.rows(
                "SELECT \(Self.columns) FROM licence WHERE id IN (\(marks))", arguments: ids
            ).compactMap { try? licence($0) }
            let parties = Dictionary(
                grouping: try snapshot.rows(
                    "SELECT party, licence, role, type, status, valid_until FROM licence_party WHERE licence IN (\(marks))",
                    arguments: ids
                ).map(PartyRow.init), by: \.licence)
            let standings = Dictionary(matches.map { ($0.standing.id, $0.standing) }, uniquingKeysWith: { $1 })
            let known = try self.standings(of: ids, marks: marks, in: snapshot)
            for licence in licences {
                guard let standing = standings[licence.id.text] else { continue }
                let rows = parties[licence.id.text, default: []]
                comparison.rows["licence_party", default: 0] += rows.count
                // Those that ended before there were standings are vouched for by their own events.
                let old = Self.status(after: standing.types)
                let (status, reason, version) = known[licence.id.text] ?? (old, nil, old == .valid ? 1 : 2)
                if licence.status != status || licence.reason != reason || licence.version != version {
                    comparison.deviations.append(
                        .changed(standing, "表 licence 里的状态是\(licence.status.title)，日志里是\(status.title)"))
                }
                if !fits(rows, licence, status) {
                    comparison.deviations.append(.changed(standing, "表 licence_party 里的持证人、状态或有效期与证照不一致"))
                }
            }
            return comparison
        }
    }

    private static func status(after types: Set<String>) -> LicenceStatus {
        if types.contains(LicenceRevoked.name) { return .revoked }
        return types.contains(LicenceSuperseded.name) ? .superseded : .valid
    }

    /// Whether the rows are those of the licence; a holder known by number only may have claimed it since.
    private func fits(_ rows: [PartyRow], _ licence: Licence, _ status: LicenceStatus) -> Bool {
        let holders = Set(licence.statement.holders.compactMap(key))
        let named = holders.filter { !$0.hasPrefix("#") }
        let found = Set(rows.filter { $0.role == Role.holder.rawValue }.map(\.party))
        let viewers = Set(rows.filter { $0.role == Role.viewer.rawValue }.map(\.party))
        return named.isSubset(of: found) && found.count <= holders.count
            && (holders.isEmpty || !found.isEmpty) && viewers == Set(licence.viewers.map(\.text))
            && rows.allSatisfy {
                $0.type == licence.statement.type && $0.status == status.rawValue
                    && $0.validUntil == licence.statement.validUntil.sql
            }
    }

    private struct PartyRow {
        let party: String
        let licence: String
        let role: String
        let type: String
        let status: String
        let validUntil: SQLValue

        init(_ row: Row) throws {
            party = try row.get("party")
            licence = try row.get("licence")
            role = try row.get("role")
            type = try row.get("type")
            status = try row.get("status")
            validUntil = try row.get("valid_until")
        }
    }
}
