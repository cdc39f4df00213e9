import Kernel
import PluginKit

/// Brings a backup back: everything is looked at first, then written, and the mark of the unfinished is taken away last.
struct Restoring {
    let backup: BackupCheck
    private let folder: DeploymentFolder
    private let master: (key: MasterKey, path: String)
    private let database: DeploymentSettings.DatabaseChoice
    private let migrator: Migrator

    /// Looks at file, key, folder and database; changes nothing.
    ///
    /// - Throws: ``KernelError``, ``ConsoleError`` or ``StorageError`` with the remedy.
    init(
        file: String, folder: DeploymentFolder, masterKey: String?, database: String?, context: ProgramContext
    ) async throws {
        try folder.checkRestorable()
        let path = masterKey ?? folder.masterKeyPath
        master = (try Self.load(path, isGiven: masterKey != nil), path)
        backup = try BackupCheck.read(file, signer: DeploymentFolder.signer)
        if !backup.findings.isEmpty {
            throw ConsoleError(
                "console.damaged_backup",
                "备份有 \(backup.findings.count) 处问题，没有恢复任何内容，请换一份备份：\n"
                    + backup.findings.map { "  - \($0)" }.joined(separator: "\n"))
        }
        try backup.check(master.key)
        // A key that lies in the folder already stays there, so it must fit as well.
        if let present = try? MasterKey.load(folder.masterKeyPath) { try backup.check(present) }
        try DeploymentFolder.checkSigner(of: backup.attachments, master: master.key)
        migrator = ServiceComposition.standard().migrator(with: context.plugins)
        try backup.checkSchema(migrator)
        self.folder = folder
        self.database = try Self.choice(database, backup.header)
        if case .postgreSQL(let conninfo) = self.database { try await Self.check(conninfo) }
    }

    /// Writes.
    func run(_ tell: @escaping @Sendable (String) -> Void) async throws {
        try folder.beginRestoring(backup.header.instant.iso8601)
        if case .postgreSQL(let conninfo) = database { try await EmptyDatabase(conninfo).empty() }
        let rows = backup.manifest.rows
        let opened = try database.open(in: folder, connections: 2)
        do {
            try await backup.load(into: opened, migrator: migrator, at: SystemClock().now()) { table, done in
                if let count = rows[table], count >= 10_000 { tell("正在恢复表 \(table)：\(done)/\(count) 行") }
            }
            try await ServerPresence.forget(in: opened)
        } catch {
            try? await opened.close()
            throw error
        }
        try await opened.close()
        try folder.finishRestoring(backup, master: master, database: database)
    }

    private static func load(_ path: String, isGiven: Bool) throws -> MasterKey {
        do { return try MasterKey.load(path) } catch let error as StorageError {
            if isGiven { throw error }
            throw ConsoleError(
                "console.no_master_key",
                "没有主密钥，没有恢复任何内容。请用 --master-key 给出当初与备份分开保管的 master.key，或先把它放到 \(path)（权限 600）。没有它，备份里的个人信息打不开。")
        }
    }

    private static func choice(_ given: String?, _ header: BackupHeader) throws -> DeploymentSettings.DatabaseChoice {
        switch given {
        case "sqlite": return .sqlite
        case let conninfo?: return .postgreSQL(conninfo: conninfo)
        case nil where header.database == "sqlite": return .sqlite
        case nil:
            throw ConsoleError(
                "console.no_database",
                "这份备份来自 PostgreSQL。请用 --database 给出一个空数据库的连接串；改用数据目录里的 SQLite，请写 --database sqlite。")
        }
    }

    /// An empty database, or one that a restoring left that was cut off.
    private static func check(_ conninfo: String) async throws {
        let opened = try PostgreSQLDatabase(conninfo, connections: 1)
        let isUnfinished: Bool
        do { isUnfinished = try await BackupCheck.isUnfinished(opened) } catch {
            try? await opened.close()
            throw error
        }
        try await opened.close()
        if !isUnfinished { try await EmptyDatabase(conninfo).check() }
    }
}
