import Foundation

/// The folder of one deployment (`--data`): its settings, keys and, with SQLite, its database.
///
/// ```
/// settings.yaml          what the operator decides
/// keys/master.key        protects the data keys; mode 0600, backed up apart from the database
/// keys/deployment.key    signs checkpoints and licences (SM2); mode 0600
/// yiciban.db             with SQLite; mode 0600, the folder itself 0700
/// sample-accounts.json   accounts of a sample deployment
/// themes/                bundles of this deployment
/// papers/                templates of papers that this deployment changes
/// face/                  logos and texts of this deployment
/// exchange/              exchange tables that this deployment describes otherwise
/// messages/              wordings of notices that this deployment changes
/// ```
public struct DeploymentFolder: Sendable, Hashable {
    /// The folder's path.
    public let path: String

    public init(_ path: String) { self.path = path }

    public var settingsPath: String { "\(path)/settings.yaml" }
    public var keysPath: String { "\(path)/keys" }
    public var masterKeyPath: String { "\(path)/keys/master.key" }
    public var deploymentKeyPath: String { "\(path)/keys/deployment.key" }
    public var databasePath: String { "\(path)/yiciban.db" }
    public var sampleAccountsPath: String { "\(path)/sample-accounts.json" }
    public var themesPath: String { "\(path)/themes" }
    /// A county's own types of licences, beside those that come with the program.
    public var licenceTypesPath: String { "\(path)/licence-types.csv" }
    public var papersPath: String { "\(path)/papers" }
    public var exchangePath: String { "\(path)/exchange" }
    public var messagesPath: String { "\(path)/messages" }

    /// Whether a deployment was made here.
    public var hasDeployment: Bool { FileManager.default.fileExists(atPath: settingsPath) }

    /// Checks that a deployment is here and can be used.
    ///
    /// - Throws: ``KernelError`` with one line that says the remedy.
    public func check() throws {
        if isUnfinished {
            throw KernelError(
                .unfinishedRestore, "\(path) 里有一次没有做完的恢复，还不能用。请再执行一次同样的 yiciban restore，它会重新来过。")
        }
        guard hasDeployment else {
            if FileManager.default.fileExists(atPath: path), !FileManager.default.isExecutableFile(atPath: path) {
                throw KernelError(
                    .noDeployment, "没有权限读取 \(path)。请换用部署所属的账户运行（例如 sudo -u yiciban），或检查目录的属主和权限。")
            }
            throw KernelError(
                .noDeployment, "\(path) 里没有部署。请先运行 yiciban init --from yueyang --data \(path)，或用 --data 指明部署所在的目录。")
        }
        try checkWritable()
        try Self.checkMode(masterKeyPath, "主密钥")
        try Self.checkMode(deploymentKeyPath, "部署签名密钥")
    }

    /// Makes the folder for a new deployment, with new keys; nothing that exists is changed.
    ///
    /// - Parameter settings: the text of the settings file.
    /// - Throws: ``KernelError`` when a deployment is here already or the folder can't be written.
    public func create(settings: String) throws {
        if hasDeployment {
            throw KernelError(.deploymentExists, "\(path) 里已有部署，没有改动任何内容。请换一个目录，或直接使用这个部署。")
        }
        let manager = FileManager.default
        do {
            try manager.createDirectory(atPath: keysPath, withIntermediateDirectories: true)
            try manager.createDirectory(atPath: themesPath, withIntermediateDirectories: true)
            for folder in [path, keysPath] {
                try manager.setAttributes([.posixPermissions: 0o700], ofItemAtPath: folder)
            }
        } catch { throw Self.notWritable(path) }
        try checkWritable()
        try createKeys()
        do {
            // Last, since this file says that the deployment is whole.
            try Data(settings.utf8).write(to: URL(fileURLWithPath: settingsPath), options: .atomic)
        } catch { throw Self.notWritable(path) }
    }

    /// Lets nobody but the owner read the database's files, also those that an earlier program made.
    ///
    /// A file that belongs to somebody else keeps its mode; what is personal in it is sealed all the same.
    func protectDatabase() {
        for file in ["", "-wal", "-shm"].map({ databasePath + $0 })
        where FileManager.default.fileExists(atPath: file) {
            try? FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: file)
        }
    }

    private func checkWritable() throws {
        // Asked by doing, since a read-only disk and an access list are not seen in the mode.
        let probe = "\(path)/.yiciban-write-\(UInt64.random(in: 0 ... .max))"
        guard FileManager.default.createFile(atPath: probe, contents: Data()) else { throw Self.notWritable(path) }
        try? FileManager.default.removeItem(atPath: probe)
    }

    private static func notWritable(_ path: String) -> KernelError {
        KernelError(.folderNotWritable, "目录 \(path) 不可写。请检查它的所有者和权限，以及所在磁盘是否已满或为只读。")
    }

    private static func checkMode(_ path: String, _ name: String) throws {
        guard let attributes = try? FileManager.default.attributesOfItem(atPath: path),
            let mode = (attributes[.posixPermissions] as? NSNumber)?.intValue
        else {
            throw KernelError(
                .damagedKey,
                "找不到\(name) \(path)。请把另外保管的那份放回来，不要重新生成\(name == "主密钥" ? "：备份里没有主密钥，没有它，个人信息打不开" : "；它也在备份里")。")
        }
        if mode & 0o077 != 0 {
            throw KernelError(
                .openKey, "\(name) \(path) 的权限是 \(String(mode & 0o777, radix: 8))，别的用户也能读到。请执行 chmod 600 \(path)。")
        }
    }
}
