import Cryptography

/// Follows the journal's rows while they pass by: counts them and finds what does not fit, in flat memory.
struct JournalPass {
    private(set) var entries = 0
    private(set) var streams = 0
    /// What does not fit, in Chinese, at most ``listed`` of it.
    private(set) var findings: [String] = []
    private var newest: JournalCheckpoint?
    private var last: (stream: StreamID, seq: Int64, hash: [UInt8])?
    /// Over the last event of each chain, and over the heads as the database keeps them: both in the same order.
    private var ends = SM3.Hasher()
    private var heads = SM3.Hasher()
    private var hasEnded = false

    static let listed = 20

    /// Takes a row of any table.
    mutating func take(_ values: [SQLValue], of table: SchemaTable) {
        let row = Row(columns: Columns(table.columns), values: values)
        switch table.name {
        case "journal": entry(row)
        case "journal_head":
            if let head = try? JournalCheckpoint.Head(row) {
                heads.update(Self.canonical(head.stream, head.seq, head.hash))
            }
        case "journal_checkpoint":
            if let checkpoint = try? JournalCheckpoint(row), checkpoint.number > newest?.number ?? 0 {
                newest = checkpoint
            }
        default: break
        }
    }

    /// How far the journal is, once all rows have passed.
    mutating func finish() -> BackupManifest.JournalState {
        if !hasEnded {
            end()
            hasEnded = true
            if ends.finalize() != heads.finalize() { find("日志的链头与各条链的最后一条不符，有记录缺失或多出") }
        }
        return BackupManifest.JournalState(
            entries: entries, streams: streams, heads: Hex.encode(heads.finalize()), checkpoint: newest?.number,
            checkpointHash: newest.map { Hex.encode($0.hash) })
    }

    private mutating func entry(_ row: Row) {
        entries += 1
        guard let stream = try? StreamID(row), let seq: Int64 = try? row.get("seq"),
            let hash: [UInt8] = try? row.get("hash")
        else { return find("日志里有一条记录读不出来") }
        if last?.stream != stream { end() }
        let previous = last?.hash ?? StreamID.genesis
        let record = try? Self.record(row)
        if seq != (last?.seq ?? 0) + 1 {
            find("\(stream.division)/\(stream.text) 在第 \(seq) 条之前缺少记录")
        } else if record.map({ stream.hash($0.entry, seq: seq, at: $0.at, after: previous) }) != hash {
            find("\(stream.division)/\(stream.text) 的第 \(seq) 条记录与它的摘要不符")
        }
        last = (stream, seq, hash)
    }

    /// In a schema before `state` its column is missing.
    private static func record(_ row: Row) throws -> JournalRecord {
        if row.columns.index(of: "state") != nil { return try JournalRecord(row) }
        return try JournalRecord(
            Row(columns: Columns(row.columns.names + ["state"]), values: row.values + [.null]))
    }

    private mutating func end() {
        guard let last else { return }
        streams += 1
        ends.update(Self.canonical(last.stream, last.seq, last.hash))
        self.last = nil
    }

    private mutating func find(_ finding: String) {
        if findings.count < Self.listed { findings.append(finding) }
    }

    private static func canonical(_ stream: StreamID, _ seq: Int64, _ hash: [UInt8]) -> [UInt8] {
        var canonical = CanonicalBytes()
        canonical.append(stream.division)
        canonical.append(stream.text)
        canonical.append(seq)
        canonical.append(hash)
        return canonical.bytes
    }
}
