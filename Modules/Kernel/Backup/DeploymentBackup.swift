import Foundation
public import PluginKit

/// Backs up a deployment, also while it serves.
public struct DeploymentBackup: Sendable {
    /// Where to.
    public enum Target: Sendable, Hashable {
        /// A new file with the time in its name in this folder.
        case folder(String)
        /// This very file, which must not be there.
        case file(String)

        /// A folder when there is one or the path ends like one.
        public init(_ path: String) {
            var isFolder: ObjCBool = false
            _ = FileManager.default.fileExists(atPath: path, isDirectory: &isFolder)
            self = isFolder.boolValue || path.hasSuffix("/") ? .folder(path) : .file(path)
        }
    }

    /// What was made.
    public struct Outcome: Sendable {
        public let record: BackupRecord
        public let manifest: BackupManifest
        /// The older backups that were removed.
        public let removed: [String]
    }

    private let deployment: UnstartedDeployment

    public init(_ deployment: UnstartedDeployment) { self.deployment = deployment }

    /// Makes a backup and notes it in the database.
    ///
    /// - Parameters:
    ///   - target: where to.
    ///   - keep: how many of this deployment stay in a folder, the newest; nil keeps all.
    ///   - instant: now.
    ///   - progress: told of each table.
    /// - Throws: ``StorageError`` or ``KernelError`` with the remedy.
    public func make(
        to target: Target, keep: Int? = nil, at instant: Instant,
        progress: @escaping @Sendable (_ table: String, _ rows: Int) -> Void = { _, _ in }
    ) async throws -> Outcome {
        let settings = deployment.settings
        let path: String
        let partialPath: String
        switch target {
        case .file(let file):
            path = file
            partialPath = "\(file).partial"
        case .folder(let folder):
            let folder = folder.count > 1 && folder.hasSuffix("/") ? String(folder.dropLast()) : folder
            try FileManager.default.createDirectory(
                atPath: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
            path = Self.freePath(in: folder, settings.division.text, instant)
            // One name for all, so that what a killed run left is written anew.
            partialPath = "\(folder)/yiciban-\(settings.division.text).tar.partial"
        }
        let backup = Backup(
            program: Kernel.version, deployment: settings.name, division: settings.division.text,
            attachments: try deployment.folder.attachments(), guide: Self.guide,
            key: try deployment.folder.deploymentKey())
        let manifest = try await backup.write(
            to: path, partialPath: partialPath, from: deployment.database, migrator: deployment.migrator, at: instant,
            progress: progress)
        let size = (try? FileManager.default.attributesOfItem(atPath: path)[.size] as? NSNumber)?.intValue ?? 0
        let record = BackupRecord(at: instant, file: path, bytes: size)
        try await deployment.database.write { try record.insert(in: $0) }
        return Outcome(record: record, manifest: manifest, removed: try removeOlder(target, keep))
    }

    private func removeOlder(_ target: Target, _ keep: Int?) throws -> [String] {
        guard case .folder(let folder) = target, let keep else { return [] }
        let names = try FileManager.default.contentsOfDirectory(atPath: folder)
        let older = names.filter { Self.isName($0, of: deployment.settings.division.text) }
            .sorted { Self.order($0) < Self.order($1) }.dropLast(max(1, keep))
        for name in older { try FileManager.default.removeItem(atPath: "\(folder)/\(name)") }
        return Array(older)
    }

    /// `yiciban-430600-20261126T013000Z.tar`, and `…Z-2.tar` for a second one of the same second.
    private static func freePath(in folder: String, _ division: String, _ instant: Instant) -> String {
        let time = instant.iso8601.prefix(19).filter { $0 != "-" && $0 != ":" }
        let name = "\(folder)/yiciban-\(division)-\(time)Z"
        func isTaken(_ path: String) -> Bool { FileManager.default.fileExists(atPath: path) }
        if !isTaken("\(name).tar") { return "\(name).tar" }
        return "\(name)-\((2...).first { !isTaken("\(name)-\($0).tar") } ?? 2).tar"
    }

    /// By what backups are told older and newer.
    private static func order(_ name: String) -> String { name.replacing("Z.tar", with: "Z-1.tar") }

    private static func isName(_ name: String, of division: String) -> Bool {
        guard name.hasPrefix("yiciban-\(division)-") else { return false }
        return name.dropFirst("yiciban-\(division)-".count).wholeMatch(of: /\d{8}T\d{6}Z(-\d+)?\.tar/) != nil
    }

    private static let guide = """
        这是一次办（yiciban）一个部署的备份，由 yiciban backup 生成。

        核对：yiciban backup verify 这个文件
        恢复：yiciban restore 这个文件 --data 空目录 --master-key 主密钥文件

        里面有数据库的全部内容、设置、主题和证书。个人信息保持加密；打开它们要用主密钥 keys/master.key。
        主密钥不在这里，请另行保管：没有主密钥，这份备份里的个人信息和文件谁也打不开；主密钥和备份落到同一个人手里，就等于明文。
        """
}
