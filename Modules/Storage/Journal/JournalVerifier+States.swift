extension JournalVerifier {
    /// Follows one stream to its end and hands it to the check of its kind.
    struct Follower {
        private(set) var stream: StreamID?
        private var state: [UInt8]?
        private var types: Set<String> = []

        /// Takes an event; gives back the standing of the stream before, when this one begins another.
        mutating func follow(_ stream: StreamID, type: String?, state: [UInt8]?) -> (kind: String, StreamStanding)? {
            let finished = self.stream == stream ? nil : end()
            self.stream = stream
            if let type { types.insert(type) }
            if let state { self.state = state }
            return finished
        }

        /// The standing of the stream that is followed.
        mutating func end() -> (kind: String, StreamStanding)? {
            defer { self = Follower() }
            guard let stream, let slash = stream.text.firstIndex(of: "/") else { return nil }
            return (
                String(stream.text[..<slash]),
                StreamStanding(
                    division: stream.division, id: String(stream.text[stream.text.index(after: slash)...]),
                    state: state, types: types)
            )
        }
    }

    /// Gathers a stream that has ended, and compares when enough have come together.
    mutating func gather(_ finished: (kind: String, standing: StreamStanding)?) throws {
        guard let finished, checks[finished.kind] != nil else { return }
        gathered[finished.kind, default: []].append(finished.standing)
        if gathered[finished.kind]?.count == StateCheck.batch { try compare(finished.kind) }
    }

    private mutating func compare(_ kind: String) throws {
        guard let check = checks[kind], let standings = gathered.removeValue(forKey: kind) else { return }
        let comparison = try check.compare(standings, snapshot)
        report.untied += comparison.untied
        for (table, count) in comparison.rows { rows[table, default: 0] += count }
        for deviation in comparison.deviations {
            let standing = deviation.standing
            report.find(
                deviation.isGone ? .gone : .deviating, "\(standing.division)/\(kind)/\(standing.id)",
                detail: "\(check.title)：\(deviation.what)")
        }
    }

    /// Compares what is left, then looks for rows that no stream tells of.
    mutating func checkStates() throws {
        for kind in checks.keys.sorted() { try compare(kind) }
        var strays = 0
        for check in checks.values.sorted(by: { $0.kind < $1.kind }) {
            strays += try findStrays(check)
            for table in check.dependents {
                let count: Int = try snapshot.row("SELECT COUNT(*) AS rows FROM \(table)")?.get("rows") ?? 0
                let surplus = count - rows[table, default: 0]
                if surplus > 0 { report.find(.stray, table, detail: "\(check.title)：表 \(table) 里多出 \(surplus) 行") }
            }
        }
        if report.entries == 0, strays > 0 { report.find(.empty, "journal") }
    }

    private mutating func findStrays(_ check: StateCheck) throws -> Int {
        let sql = """
            FROM \(check.table) t LEFT JOIN journal_head h ON h.stream = '\(check.kind)/' || t.\(check.key)
            WHERE h.stream IS NULL
            """
        let count: Int = try snapshot.row("SELECT COUNT(*) AS strays \(sql)")?.get("strays") ?? 0
        if count == 0 { return 0 }
        for row in try snapshot.rows("SELECT t.\(check.key) AS id \(sql) ORDER BY t.\(check.key) LIMIT \(Self.shown)") {
            report.find(
                .stray, "\(check.kind)/\(try row.get("id", as: String.self))",
                detail: "\(check.title)：表 \(check.table) 里有它，日志里没有")
        }
        if count > Self.shown { report.omitted += count - Self.shown }
        return count
    }

    /// How many rows without a stream are listed for each table.
    private static var shown: Int { 20 }
}
