public import Cryptography

extension Journal {
    /// Looks for any change made behind the program's back.
    ///
    /// Reads one consistent view page by page, so that memory does not grow with the journal. What no checkpoint covers
    /// yet is protected by its chain and head alone; newest checkpoints removed together with all that they cover are
    /// noticed only against an anchor.
    ///
    /// - Parameters:
    ///   - database: the database.
    ///   - publicKey: of the audit key.
    ///   - anchor: a checkpoint that was noted elsewhere and must still be there.
    ///   - checks: compare the tables with the streams.
    ///   - contents: look at what vouches for itself.
    ///   - progress: told how many events were looked at, now and then.
    public static func verify(
        _ database: any Database, publicKey: SM2.PublicKey, anchor: JournalCheckpoint? = nil,
        checks: [StateCheck] = [], contents: [ContentCheck] = [],
        progress: @escaping @Sendable (Int) -> Void = { _ in }
    ) async throws -> JournalReport {
        try await database.read { snapshot in
            var verifier = JournalVerifier(
                snapshot: snapshot, publicKey: publicKey, checks: checks, progress: progress)
            try verifier.checkCheckpoints(anchor: anchor)
            try verifier.checkEntries()
            try verifier.checkCoverage()
            try verifier.checkStates()
            try verifier.checkContents(contents)
            return verifier.report
        }
    }
}

struct JournalVerifier {
    let snapshot: Snapshot
    let publicKey: SM2.PublicKey
    let progress: (Int) -> Void
    let checks: [String: StateCheck]
    var report = JournalReport()
    /// Streams that have ended and are not compared yet, by kind.
    var gathered: [String: [StreamStanding]] = [:]
    /// How many rows of each dependent table belong to a stream.
    var rows: [String: Int] = [:]

    private static let page = 1000

    init(
        snapshot: Snapshot, publicKey: SM2.PublicKey, checks: [StateCheck], progress: @escaping (Int) -> Void
    ) {
        self.snapshot = snapshot
        self.publicKey = publicKey
        self.checks = Dictionary(checks.map { ($0.kind, $0) }, uniquingKeysWith: { first, _ in first })
        self.progress = progress
    }

    // MARK: Checkpoints

    mutating func checkCheckpoints(anchor: JournalCheckpoint?) throws {
        var number = Int64.min
        var expected: Int64 = 1
        var previous = StreamID.genesis
        var isAnchored = anchor == nil
        while let row = try snapshot.row(
            "SELECT \(JournalCheckpoint.columns) FROM journal_checkpoint WHERE number > ? ORDER BY number LIMIT 1",
            number)
        {
            guard let checkpoint = try? JournalCheckpoint(row) else {
                // A value of a foreign type can only come from outside.
                number = try row.get("number")
                report.find(.checkpoint, checkpoint: number)
                continue
            }
            let hash = try hash(of: checkpoint)
            let isInOrder = checkpoint.number == expected && checkpoint.previous == previous
            if !isInOrder || hash != checkpoint.hash { report.find(.checkpoint, checkpoint: checkpoint.number) }
            if !publicKey.verify(checkpoint.signature, for: checkpoint.hash) {
                report.find(.signature, checkpoint: checkpoint.number)
            }
            if let anchor, anchor.number == checkpoint.number { isAnchored = anchor.hash == checkpoint.hash }
            number = checkpoint.number
            expected = checkpoint.number + 1
            previous = checkpoint.hash
            report.newest = checkpoint
            report.checkpoints += 1
        }
        if let anchor, !isAnchored { report.find(.anchor, checkpoint: anchor.number) }
        let orphans = try snapshot.rows(
            """
            SELECT DISTINCT checkpoint FROM journal_checkpoint_head
            WHERE checkpoint NOT IN (SELECT number FROM journal_checkpoint) ORDER BY checkpoint
            """)
        for row in orphans { report.find(.checkpoint, checkpoint: try row.get("checkpoint")) }
    }

    private func hash(of checkpoint: JournalCheckpoint) throws -> [UInt8] {
        var hasher = JournalCheckpoint.Hasher(
            number: checkpoint.number, at: checkpoint.at, heads: checkpoint.heads, previous: checkpoint.previous)
        var position = Int64.min
        var count: Int64 = 0
        while true {
            let rows = try snapshot.rows(
                """
                SELECT position, division, stream, seq, hash FROM journal_checkpoint_head
                WHERE checkpoint = ? AND position > ? ORDER BY position LIMIT ?
                """, checkpoint.number, position, Self.page)
            guard !rows.isEmpty else { return hasher.finalize() }
            for row in rows {
                position = try row.get("position")
                // A wrong position gives a wrong hash, as every other changed field does.
                if position != count { return [] }
                count += 1
                guard let head = try? JournalCheckpoint.Head(row) else { return [] }
                hasher.update(head)
            }
        }
    }

    // MARK: Events

    mutating func checkEntries() throws {
        var cursor: [SQLValue] = []
        var last: (stream: StreamID, seq: Int64)?
        var previous = StreamID.genesis
        var follower = Follower()
        while true {
            let rows = try entries(after: cursor)
            guard !rows.isEmpty else { return try gather(follower.end()) }
            for row in rows {
                cursor = try ["division", "stream", "seq"].map { try row.get($0, as: SQLValue.self) }
                report.entries += 1
                guard let stream = try? StreamID(row), let seq: Int64 = try? row.get("seq"),
                    let hash: [UInt8] = try? row.get("hash")
                else {
                    // A value of a foreign type can only come from outside.
                    report.find(.changed, StreamID(division: "\(cursor[0])", text: "\(cursor[1])"), 0)
                    continue
                }
                if last?.stream != stream {
                    last = nil
                    previous = StreamID.genesis
                }
                if seq != (last?.seq ?? 0) + 1 { report.find(.missing, stream, seq) }
                let record = try? JournalRecord(row)
                try gather(follower.follow(stream, type: record?.entry.type, state: record?.entry.state))
                if record.map({ stream.hash($0.entry, seq: seq, at: $0.at, after: previous) }) != hash {
                    report.find(.changed, stream, seq)
                }
                if let sealed = try row.get("sealed", as: [UInt8]?.self), sealed != hash {
                    report.find(.rewritten, stream, seq)
                }
                last = (stream, seq)
                // Going on from the stored hash, so that one changed event is one finding and not a thousand.
                previous = hash
            }
            progress(report.entries)
        }
    }

    private func entries(after cursor: [SQLValue]) throws -> [Row] {
        let beyond = cursor.isEmpty ? "" : "WHERE (j.division, j.stream, j.seq) > (?, ?, ?)"
        return try snapshot.rows(
            """
            SELECT j.division, j.stream, j.seq, j.at, j.type, j.actor, j.body, j.state, j.hash,
                (SELECT c.hash FROM journal_checkpoint_head c
                 WHERE c.division = j.division AND c.stream = j.stream AND c.seq = j.seq
                 ORDER BY c.checkpoint LIMIT 1) AS sealed
            FROM journal j \(beyond) ORDER BY j.division, j.stream, j.seq LIMIT \(Self.page)
            """, arguments: cursor)
    }

    // MARK: What should be there

    mutating func checkCoverage() throws {
        for (kind, sql) in Self.coverage {
            for row in try snapshot.rows(sql + " LIMIT \(JournalReport.listed)") {
                report.find(kind, try StreamID(row), try row.get("seq"))
            }
        }
    }

    private static let coverage: [(JournalReport.Finding.Kind, String)] = [
        (
            .removed,
            """
            SELECT c.division, c.stream, c.seq FROM journal_checkpoint_head c
            LEFT JOIN journal j ON j.division = c.division AND j.stream = c.stream AND j.seq = c.seq
            WHERE j.seq IS NULL
            """
        ),
        (
            .removed,
            """
            SELECT h.division, h.stream, h.seq FROM journal_head h
            LEFT JOIN journal j ON j.division = h.division AND j.stream = h.stream AND j.seq = h.seq
            WHERE j.seq IS NULL
            """
        ),
        (
            .head,
            """
            SELECT h.division, h.stream, h.seq FROM journal_head h
            JOIN journal j ON j.division = h.division AND j.stream = h.stream AND j.seq = h.seq
            WHERE j.hash <> h.hash
            """
        ),
        (
            .head,
            """
            SELECT h.division, h.stream, h.seq FROM journal_head h WHERE h.checkpointed <> COALESCE(
                (SELECT MAX(c.seq) FROM journal_checkpoint_head c
                 WHERE c.division = h.division AND c.stream = h.stream), 0)
            """
        ),
        (
            .unaccounted,
            """
            SELECT j.division, j.stream, j.seq FROM journal j
            LEFT JOIN journal_head h ON h.division = j.division AND h.stream = j.stream
            WHERE h.seq IS NULL OR j.seq > h.seq
            """
        ),
    ]
}
