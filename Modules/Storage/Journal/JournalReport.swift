/// What a verification of the journal found.
public struct JournalReport: Sendable, Hashable {
    /// How many events were looked at.
    public var entries = 0
    /// How many checkpoints were looked at.
    public var checkpoints = 0
    /// The newest checkpoint, to be compared with the one noted elsewhere.
    public var newest: JournalCheckpoint?
    /// What does not fit, at most ``listed`` of it; empty for a sound journal.
    public private(set) var findings: [Finding] = []
    /// How many findings more there are.
    public var omitted = 0
    /// How many things have no digest of their state yet, since only an earlier program wrote them.
    public var untied = 0

    /// How many findings are listed, so that memory does not grow with the damage.
    public static let listed = 1000

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
            /// The checkpoint of the anchor is not in the database.
            case anchor
            /// There are data and no journal at all.
            case empty
            /// What a stream tells of is not in the tables.
            case gone
            /// What the tables hold is not what the program last wrote.
            case deviating
            /// The tables hold what no stream tells of.
            case stray
        }

        public let kind: Kind
        /// The stream; empty for a checkpoint.
        public let stream: String
        /// The event's number, or the checkpoint's; 0 for a finding in the tables.
        public let number: Int64
        /// More about a finding in the tables, in Chinese.
        public var detail = ""

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
            case .anchor: "锚所记的检查点 \(number) 不在日志里，日志被整段删除或替换过；如果刚从更早的备份恢复，请改用那份备份的锚"
            case .empty: "日志是空的，而库里有数据，日志被整个删除过"
            case .gone, .deviating, .stray: "\(stream) \(detail)"
            }
        }
    }

    mutating func find(_ kind: Finding.Kind, _ stream: StreamID, _ number: Int64) {
        add(Finding(kind: kind, stream: "\(stream.division)/\(stream.text)", number: number))
    }

    mutating func find(_ kind: Finding.Kind, checkpoint number: Int64) {
        add(Finding(kind: kind, stream: "", number: number))
    }

    mutating func find(_ kind: Finding.Kind, _ stream: String, detail: String = "") {
        add(Finding(kind: kind, stream: stream, number: 0, detail: detail))
    }

    private mutating func add(_ finding: Finding) {
        if findings.count < Self.listed { findings.append(finding) } else { omitted += 1 }
    }
}
