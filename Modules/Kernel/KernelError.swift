/// Why the kernel could not begin or go on: one line that says the remedy.
public struct KernelError: Error, Sendable, Equatable, CustomStringConvertible {
    /// A stable code that scripts and tests may rely on.
    public struct Code: RawRepresentable, Hashable, Sendable {
        public let rawValue: String
        public init(rawValue: String) { self.rawValue = rawValue }

        /// There is no deployment in the folder.
        public static let noDeployment = Code(rawValue: "kernel.no_deployment")
        /// The folder holds a deployment already.
        public static let deploymentExists = Code(rawValue: "kernel.deployment_exists")
        /// The folder can't be written.
        public static let folderNotWritable = Code(rawValue: "kernel.folder_not_writable")
        /// A key can be read by others.
        public static let openKey = Code(rawValue: "kernel.open_key")
        /// A key is missing or damaged.
        public static let damagedKey = Code(rawValue: "kernel.damaged_key")
        /// The settings file is no YAML.
        public static let malformedSettings = Code(rawValue: "kernel.malformed_settings")
        /// A restoring into the folder was cut off.
        public static let unfinishedRestore = Code(rawValue: "kernel.unfinished_restore")
        /// A backup is damaged or holds not what it should.
        public static let backup = Code(rawValue: "kernel.backup")
        /// The database is about to be migrated and no backup is recent enough.
        public static let noRecentBackup = Code(rawValue: "kernel.no_recent_backup")
        /// An anchor of the journal can't be read, written or believed.
        public static let anchor = Code(rawValue: "kernel.anchor")
        /// A handler took too long.
        public static let overran = Code(rawValue: "kernel.overran")
        /// An event's subscriber is not enabled any more.
        public static let unknownSubscriber = Code(rawValue: "kernel.unknown_subscriber")
    }

    /// The stable code.
    public let code: Code
    /// What happened and what to do, in Chinese.
    public let message: String

    public init(_ code: Code, _ message: String) {
        self.code = code
        self.message = message
    }

    public var description: String { message }
}
