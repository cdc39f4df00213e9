import Cryptography
import Standards

/// A checkpoint noted outside of the database (锚): whoever can change the database can't change this.
public struct JournalAnchor: Codable, Sendable, Hashable {
    private let checkpoint: Int64
    private let at: Int64
    private let heads: Int64
    private let previous: String
    private let hash: String
    private let signature: String

    public init(_ checkpoint: JournalCheckpoint) {
        self.checkpoint = checkpoint.number
        at = checkpoint.at.milliseconds
        heads = checkpoint.heads
        previous = Hex.encode(checkpoint.previous)
        hash = Hex.encode(checkpoint.hash)
        signature = Hex.encode(checkpoint.signature)
    }

    /// The checkpoint; nil when the hexadecimal numbers are none.
    public var value: JournalCheckpoint? {
        guard let previous = try? Hex.decode(previous), let hash = try? Hex.decode(hash),
            let signature = try? Hex.decode(signature)
        else { return nil }
        return JournalCheckpoint(
            number: checkpoint, at: Instant(milliseconds: at), heads: heads, previous: previous, hash: hash,
            signature: signature)
    }
}

extension Journal {
    /// The newest checkpoint; nil when there is none.
    public static func newestCheckpoint(in snapshot: Snapshot) throws -> JournalCheckpoint? {
        try snapshot.row("SELECT \(JournalCheckpoint.columns) FROM journal_checkpoint ORDER BY number DESC LIMIT 1")
            .map(JournalCheckpoint.init)
    }
}
