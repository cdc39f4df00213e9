public import Cryptography
public import Standards

/// A signed statement of how far the streams were at one moment (检查点).
///
/// It covers the heads that changed since the checkpoint before and that one's hash, so that the newest vouches for
/// all.
public struct JournalCheckpoint: Sendable, Hashable {
    /// 1 for the first.
    public let number: Int64
    public let at: Instant
    /// How many heads it covers.
    public let heads: Int64
    /// The hash of the checkpoint before; 32 zero bytes for the first.
    public let previous: [UInt8]
    /// SM3 over all of the above and the heads: 32 bytes. Kept elsewhere, it anchors the journal against whoever can
    /// remove the newest checkpoints themselves.
    public let hash: [UInt8]
    /// The SM2 signature of `hash`, in DER.
    public let signature: [UInt8]

    /// One covered head.
    struct Head: Sendable {
        let stream: StreamID
        let seq: Int64
        let hash: [UInt8]
    }

    /// Hashes a checkpoint whose heads arrive one by one.
    struct Hasher {
        private var hasher = SM3.Hasher()

        init(number: Int64, at instant: Instant, heads: Int64, previous: [UInt8]) {
            var canonical = CanonicalBytes()
            canonical.append("yiciban.journal.checkpoint.1")
            canonical.append(number)
            canonical.append(instant.milliseconds)
            canonical.append(heads)
            canonical.append(previous)
            hasher.update(canonical.bytes)
        }

        mutating func update(_ head: Head) {
            var canonical = CanonicalBytes()
            canonical.append(head.stream.division)
            canonical.append(head.stream.text)
            canonical.append(head.seq)
            canonical.append(head.hash)
            hasher.update(canonical.bytes)
        }

        func finalize() -> [UInt8] { hasher.finalize() }
    }
}

extension JournalCheckpoint {
    init(_ row: Row) throws {
        number = try row.get("number")
        at = try row.get("at")
        heads = try row.get("heads")
        previous = try row.get("previous")
        hash = try row.get("hash")
        signature = try row.get("signature")
    }

    static let columns = "number, at, heads, previous, hash, signature"
}

extension JournalCheckpoint.Head {
    init(_ row: Row) throws {
        stream = try StreamID(row)
        seq = try row.get("seq")
        hash = try row.get("hash")
    }
}

extension Journal {
    /// Signs the heads that changed since the last checkpoint; a job does so every few minutes.
    ///
    /// - Parameters:
    ///   - key: the key of the audit; its public half verifies.
    ///   - database: the database.
    ///   - instant: now.
    ///   - limit: how many heads a checkpoint covers at most; call again until the result is nil.
    /// - Returns: the checkpoint, or nil when nothing has changed.
    /// - Throws: ``StorageError`` with code ``StorageError/Code/checkpoint`` when another server made one meanwhile.
    @discardableResult
    public static func checkpoint(
        signing key: SM2.PrivateKey, on database: any Database, at instant: Instant, limit: Int = 1000
    ) async throws -> JournalCheckpoint? {
        let (last, heads) = try await database.read { snapshot in
            let last = try snapshot.row(
                "SELECT \(JournalCheckpoint.columns) FROM journal_checkpoint ORDER BY number DESC LIMIT 1")
            let heads = try snapshot.rows(
                """
                SELECT division, stream, seq, hash FROM journal_head WHERE seq > checkpointed
                ORDER BY division, stream LIMIT ?
                """, limit)
            return (try last.map(JournalCheckpoint.init), try heads.map(JournalCheckpoint.Head.init))
        }
        guard !heads.isEmpty else { return nil }
        let number = (last?.number ?? 0) + 1
        let previous = last?.hash ?? StreamID.genesis
        var hasher = JournalCheckpoint.Hasher(
            number: number, at: instant, heads: Int64(heads.count), previous: previous)
        for head in heads { hasher.update(head) }
        let hash = hasher.finalize()
        let checkpoint = JournalCheckpoint(
            number: number, at: instant, heads: Int64(heads.count), previous: previous, hash: hash,
            signature: try key.sign(hash))
        do {
            try await database.write { try store(checkpoint, heads, in: $0) }
        } catch let error as StorageError where error.code == .uniqueViolation {
            throw StorageError(
                .checkpoint, "另一台服务器刚刚签了检查点 \(number)，这一次没有写入。无须处理，下一次会接着签。", detail: error.detail)
        }
        return checkpoint
    }

    private static func store(
        _ checkpoint: JournalCheckpoint, _ heads: [JournalCheckpoint.Head], in transaction: Transaction
    ) throws {
        try transaction.execute(
            "INSERT INTO journal_checkpoint (\(JournalCheckpoint.columns)) VALUES \(placeholders(6))",
            checkpoint.number, checkpoint.at, checkpoint.heads, checkpoint.previous, checkpoint.hash,
            checkpoint.signature)
        for start in stride(from: 0, to: heads.count, by: 500) {
            let part = heads[start..<min(start + 500, heads.count)]
            try transaction.execute(
                "INSERT INTO journal_checkpoint_head (checkpoint, position, division, stream, seq, hash) VALUES "
                    + placeholders(rows: part.count, columns: 6),
                arguments: zip(part.indices, part).flatMap { position, head -> [SQLValue] in
                    [
                        .integer(checkpoint.number), .integer(Int64(position)), .text(head.stream.division),
                        .text(head.stream.text), .integer(head.seq), .blob(head.hash),
                    ]
                })
        }
        try transaction.execute(
            """
            UPDATE journal_head SET checkpointed = covered.seq FROM journal_checkpoint_head AS covered
            WHERE covered.checkpoint = ? AND covered.division = journal_head.division
                AND covered.stream = journal_head.stream
            """, checkpoint.number)
    }
}
