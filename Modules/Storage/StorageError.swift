/// What went wrong in storage: what happened, to what, and what to do.
public struct StorageError: Error, Sendable, Equatable, CustomStringConvertible {
    /// A stable code that scripts and tests may rely on.
    public struct Code: RawRepresentable, Hashable, Sendable {
        public let rawValue: String
        public init(rawValue: String) { self.rawValue = rawValue }

        /// A unique key is taken: somebody else wrote the same thing first.
        public static let uniqueViolation = Code(rawValue: "storage.unique_violation")
        /// A row refers to something that does not exist.
        public static let foreignKey = Code(rawValue: "storage.foreign_key")
        /// A check constraint refused the row.
        public static let checkViolation = Code(rawValue: "storage.check_violation")
        /// The database is locked by another program for too long.
        public static let busy = Code(rawValue: "storage.busy")
        /// Two transactions were in each other's way; trying again helps.
        public static let conflict = Code(rawValue: "storage.conflict")
        /// The disk is full.
        public static let diskFull = Code(rawValue: "storage.disk_full")
        /// The data folder cannot be written: its permissions, or a disk that failed and turned read-only.
        public static let readOnly = Code(rawValue: "storage.read_only")
        /// The file cannot be opened.
        public static let cannotOpen = Code(rawValue: "storage.cannot_open")
        /// The database file is damaged.
        public static let corrupt = Code(rawValue: "storage.corrupt")
        /// The server cannot be reached.
        public static let connection = Code(rawValue: "storage.connection")
        /// A column is missing or of another type.
        public static let decoding = Code(rawValue: "storage.decoding")
        /// A text with a NUL character was refused, since PostgreSQL would cut it silently.
        public static let nulCharacter = Code(rawValue: "storage.nul_character")
        /// The database was made by a newer version of the program.
        public static let newerDatabase = Code(rawValue: "storage.newer_database")
        /// A migration that ran before has another text now.
        public static let changedMigration = Code(rawValue: "storage.changed_migration")
        /// A migration failed.
        public static let migration = Code(rawValue: "storage.migration")
        /// A row was changed by somebody else since it was read.
        public static let staleVersion = Code(rawValue: "storage.stale_version")
        /// The keys that protect the data are missing or do not fit.
        public static let keys = Code(rawValue: "storage.keys")
        /// A blob breaks its limit of size or type.
        public static let blobRefused = Code(rawValue: "storage.blob_refused")
        /// A text is not an identifier of ours.
        public static let identifier = Code(rawValue: "storage.identifier")
        /// A request was claimed by its idempotency key, but its answer was never recorded.
        public static let unrecordedAnswer = Code(rawValue: "storage.unrecorded_answer")
        /// The journal's checkpoints were written by somebody else at the same time.
        public static let checkpoint = Code(rawValue: "storage.checkpoint")
        /// A backup can't be written, or is damaged, or does not fit this program.
        public static let backup = Code(rawValue: "storage.backup")
        /// Any other fault of the database.
        public static let other = Code(rawValue: "storage.other")
    }

    /// The stable code.
    public let code: Code
    /// What happened and what to do, in Chinese.
    public let message: String
    /// The database's own words, for the log; never personal data of ours.
    public let detail: String

    /// - Parameters:
    ///   - code: the stable code.
    ///   - message: what happened and what to do, in Chinese.
    ///   - detail: the database's own words.
    public init(_ code: Code, _ message: String, detail: String = "") {
        self.code = code
        self.message = message
        self.detail = detail
    }

    public var description: String {
        detail.isEmpty ? "\(message)[\(code.rawValue)]" : "\(message)[\(code.rawValue): \(detail)]"
    }
}

extension StorageError {
    /// The error for one of the codes that both drivers know, with its remedy.
    static func known(_ code: Code, detail: String) -> StorageError {
        StorageError(code, Self.remedies[code] ?? "数据库操作没有成功，请稍后重试；若一直如此，请联系管理员。", detail: detail)
    }

    private static let remedies: [Code: String] = [
        .uniqueViolation: "同样的记录已经存在，没有重复写入。请重新查看。",
        .foreignKey: "所引用的记录不存在或仍被使用。请重新查看后再办。",
        .checkViolation: "数据不符合数据库的约束，没有写入。",
        .busy: "数据库正被另一个程序占用。请稍候重试；若一直如此，请检查是否有别的程序长时间锁住了数据文件。",
        .conflict: "与别人的操作发生冲突，没有写入。请重试。",
        .diskFull: "磁盘已满，没有写入任何内容。请清理磁盘空间后重试。",
        .readOnly: "数据目录现在不能写入，没有办理成功。请检查目录的权限，以及所在磁盘是否变为只读或发生故障。",
        .cannotOpen: "打不开数据库文件。请检查数据目录是否存在、是否有读写权限。",
        .corrupt: "数据库文件已损坏。请停止服务，用最近的备份恢复。",
        .connection: "连接不上 PostgreSQL。请检查数据库是否在运行、连接参数是否正确。",
    ]
}
