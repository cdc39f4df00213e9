/// What a verification of the journal found.
public struct JournalReport: Sendable, Hashable {
    /// How many events were looked at.
    public var entries = 0
    /// How many checkpoints were looked at.
    public var checkpoints = 0
    /// The newest checkpoint, to be compared with the one noted elsewhere.
    public var newest: JournalCheckpoint?
    /// Everything that does not fit; empty for a sound journal.
    public var findings: [Finding] = []

    /// Whether nothing was changed behind the program's back.
    public var isSound: Bool { findings.isEmpty }

    /// One thing that does not fit.
    public struct Finding: Sendable, Hashable, CustomStringConvertible {
        /// What does not fit.
        public enum Kind: String, Sendable {
            /// An event's fields do not give its hash: it was changed, moved or put in.
            case changed
            /// Events between two others are missing.
            case missing
            /// An event differs from what a checkpoint vouches for: the chain was written anew.
            case rewritten
            /// The last events of a stream, or all of them, are gone.
            case removed
            /// An event stands beyond the head of its stream.
            case unaccounted
            /// A stream's head does not fit its last event or its checkpoints.
            case head
            /// A checkpoint's content does not give its hash, or its number or predecessor does not fit.
            case checkpoint
            /// A checkpoint's signature is not the audit key's.
            case signature
        }

        public let kind: Kind
        /// The stream; empty for a checkpoint.
        public let stream: String
        /// The event's number, or the checkpoint's.
        public let number: Int64

        /// The finding in Chinese.
        public var description: String {
            switch kind {
            case .changed: "\(stream) 的第 \(number) 条记录被改动、挪动或插入"
            case .missing: "\(stream) 在第 \(number) 条之前缺少记录"
            case .rewritten: "\(stream) 的第 \(number) 条记录与检查点不符，整条链被改写过"
            case .removed: "\(stream) 的第 \(number) 条及其后的记录被删除"
            case .unaccounted: "\(stream) 的第 \(number) 条记录不在链头之内"
            case .head: "\(stream) 的链头与记录或检查点不符"
            case .checkpoint: "检查点 \(number) 的内容被改动、缺失或顺序不对"
            case .signature: "检查点 \(number) 的签名无效"
            }
        }
    }

    mutating func find(_ kind: Finding.Kind, _ stream: StreamID, _ number: Int64) {
        findings.append(Finding(kind: kind, stream: "\(stream.division)/\(stream.text)", number: number))
    }

    mutating func find(_ kind: Finding.Kind, checkpoint number: Int64) {
        findings.append(Finding(kind: kind, stream: "", number: number))
    }
}
