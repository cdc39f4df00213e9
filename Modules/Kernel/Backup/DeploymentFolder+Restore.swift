import Foundation
public import PluginKit

extension DeploymentFolder {
    /// The file that says that a restoring into this folder is not complete.
    static let restoreMark = "restore-unfinished"
    private var restoreMarkPath: String { "\(path)/\(Self.restoreMark)" }

    /// Whether a restoring was cut off here.
    public var isUnfinished: Bool { FileManager.default.fileExists(atPath: restoreMarkPath) }

    /// Checks that nothing in the folder would be lost: it is missing, empty but for the master key, or what a
    /// restoring left that was cut off.
    ///
    /// - Throws: ``KernelError`` otherwise.
    public func checkRestorable() throws {
        if isUnfinished { return }
        if hasDeployment {
            throw KernelError(.deploymentExists, "\(path) 里已有部署，没有改动任何内容。请用 --data 换一个空目录。")
        }
        if let stranger = strangers().first {
            throw KernelError(.deploymentExists, "\(path) 不是空的（有 \(stranger) 等），没有改动任何内容。请用 --data 换一个空目录。")
        }
    }

    /// Makes the folder ready to be restored into, and marks it as unfinished.
    public func beginRestoring(_ backup: String) throws {
        let manager = FileManager.default
        do {
            if isUnfinished { for name in strangers() { try manager.removeItem(atPath: "\(path)/\(name)") } }
            try manager.createDirectory(atPath: keysPath, withIntermediateDirectories: true)
            for folder in [path, keysPath] {
                try manager.setAttributes([.posixPermissions: 0o700], ofItemAtPath: folder)
            }
            try Data("\(backup)\n".utf8).write(to: URL(fileURLWithPath: restoreMarkPath), options: .atomic)
        } catch {
            throw KernelError(.folderNotWritable, "目录 \(path) 不可写。请检查它的所有者和权限，以及所在磁盘是否已满。")
        }
    }

    /// Writes the deployment's files, and takes the mark away once all are there.
    ///
    /// - Parameters:
    ///   - backup: whose files.
    ///   - master: the master key and the file that it came from.
    ///   - database: which database the rows are in.
    public func finishRestoring(
        _ backup: BackupCheck, master: (key: MasterKey, path: String), database: DeploymentSettings.DatabaseChoice
    ) throws {
        guard let settings = backup.attachments.first(where: { $0.path == "settings.yaml" }) else {
            throw KernelError(.backup, "备份里没有 settings.yaml。请换一份备份。")
        }
        let text = try SettingsText(String(decoding: settings.bytes, as: UTF8.self)).with(database)
        let key = try Self.deploymentKey(in: backup.attachments, master: master.key)
        for file in backup.attachments where Self.isCarried(file.path) { try put(file.bytes, file.path, mode: 0o644) }
        try put(key, "keys/deployment.key", mode: 0o600)
        if !FileManager.default.fileExists(atPath: masterKeyPath) {
            guard let bytes = FileManager.default.contents(atPath: master.path) else {
                throw KernelError(.damagedKey, "读不到主密钥 \(master.path)。请检查路径和权限。")
            }
            try put(Array(bytes), "keys/master.key", mode: 0o600)
        }
        try FileManager.default.createDirectory(atPath: themesPath, withIntermediateDirectories: true)
        // Last, since this file says that the deployment is whole.
        try put(Array(text.utf8), "settings.yaml", mode: 0o600)
        try FileManager.default.removeItem(atPath: restoreMarkPath)
    }

    private func put(_ bytes: [UInt8], _ file: String, mode: Int) throws {
        let target = "\(path)/\(file)"
        let manager = FileManager.default
        do {
            try manager.createDirectory(
                atPath: (target as NSString).deletingLastPathComponent, withIntermediateDirectories: true)
            try? manager.removeItem(atPath: target)
            guard manager.createFile(atPath: target, contents: Data(bytes), attributes: [.posixPermissions: mode])
            else {
                throw KernelError(.folderNotWritable, "不能写入 \(target)。请检查目录的权限和磁盘空间。")
            }
        } catch let error as KernelError { throw error } catch {
            throw KernelError(.folderNotWritable, "不能写入 \(target)。请检查目录的权限和磁盘空间。")
        }
    }

    /// What lies in the folder besides the master key and what a fresh file system has of its own.
    private func strangers() -> [String] {
        let manager = FileManager.default
        let names = (try? manager.contentsOfDirectory(atPath: path)) ?? []
        let keys = (try? manager.contentsOfDirectory(atPath: keysPath)) ?? []
        return names.filter { $0 != "lost+found" && $0 != "keys" && $0 != Self.restoreMark }.sorted()
            + keys.filter { $0 != "master.key" }.sorted().map { "keys/\($0)" }
    }
}
