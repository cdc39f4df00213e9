import Foundation
import PluginKit

/// Keeps a database from being migrated that could not be brought back.
struct BackupGate {
    let folder: DeploymentFolder
    let settings: BackupSettings
    let database: any Database

    /// - Parameters:
    ///   - steps: what is about to run.
    ///   - instant: now.
    /// - Throws: ``KernelError`` with code `kernel.no_recent_backup` when there is something to lose and no backup of
    ///   late.
    func check(before steps: [Migrator.Step], at instant: Instant) async throws {
        if steps.isEmpty || isSample { return }
        let (isEmpty, backup) = try await database.read { snapshot in
            (try Migrator.isEmpty(snapshot), try BackupRecord.newest(in: snapshot))
        }
        if isEmpty || settings.isSatisfied(by: backup, at: instant) { return }
        let last = backup.map { "最近一次是 \($0.at.chinaTime)" } ?? "还没有备份过"
        throw KernelError(
            .noRecentBackup,
            "程序升级了，数据库要随之改动（\(steps.map(\.description).joined(separator: "、"))），而 \(settings.maximumAge) 小时内没有备份（\(last)）。"
                + "请先执行 yiciban backup --to 备份目录 --data \(folder.path)，再启动；确实不要备份的，用 yiciban serve --without-backup --data \(folder.path) 启动一次。"
        )
    }

    /// A sample has nothing to lose.
    private var isSample: Bool { FileManager.default.fileExists(atPath: folder.sampleAccountsPath) }
}
