import ArgumentParser
import Foundation
import Kernel
import PluginKit

/// `yiciban backup …`
struct BackupCommands: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "backup", abstract: "备份：不停服务，把整个部署做成一个文件；核对备份",
        discussion: """
            例：yiciban backup --to /var/backups/yiciban --keep 14 --data data
            备份里没有主密钥 keys/master.key。请把它另存一份，与备份分开保管：丢了它，备份里的个人信息谁也打不开；
            它和备份落到同一个人手里，就等于明文。
            """,
        subcommands: [MakeBackup.self, VerifyBackup.self], defaultSubcommand: MakeBackup.self)
}

/// `yiciban backup --to FOLDER|FILE`
struct MakeBackup: ProgramCommand {
    static let configuration = CommandConfiguration(
        commandName: "make", abstract: "做一份备份；服务照常运行，也适用于等待升级的数据库")

    @Option(name: .long, help: "备份放到哪里：目录（文件名带时间），或一个还不存在的文件", completion: .file())
    var to: String

    @Option(name: .long, help: "目录里只留最新的几份，更早的删去；不写则全部保留")
    var keep: Int?

    @Option(name: .long, help: "数据目录", completion: .directory)
    var data = "data"

    @Flag(name: .long, help: "以 JSON 输出，便于脚本使用")
    var json = false

    func validate() throws {
        if let keep, keep < 1 { throw ValidationError("--keep 至少是 1。") }
        if keep != nil, case .file = DeploymentBackup.Target(to) {
            throw ValidationError("--keep 只在 --to 是目录时有用：请让 --to 以 / 结尾，或先建好这个目录。")
        }
    }

    func run(in context: ProgramContext) async throws {
        let output = CommandOutput(isJSON: json) { print($0) }
        let deployment = try UnstartedDeployment.open(
            DeploymentFolder(data), plugins: context.plugins, composition: .standard())
        let outcome: DeploymentBackup.Outcome
        do {
            outcome = try await DeploymentBackup(deployment).make(
                to: DeploymentBackup.Target(to), keep: keep, at: SystemClock().now()
            ) { table, rows in
                if !output.isJSON, rows >= 10_000 { output.print("已写入表 \(table)：\(rows) 行", json: nil) }
            }
        } catch {
            try? await deployment.close()
            throw error
        }
        try await deployment.close()
        let faults = deployment.settings.faults
        let warning =
            faults.isEmpty
            ? []
            : ["设置里有 \(faults.count) 处错误，备份照做了，但服务重新启动时起不来，请改正："]
                + faults.map { "  - \($0.field)：\($0.message)" }
        output.print(
            ([text(outcome)] + warning).joined(separator: "\n"),
            json: Self.json(outcome, faults: faults))
    }

    private func text(_ outcome: DeploymentBackup.Outcome) -> String {
        let removed =
            outcome.removed.isEmpty
            ? "" : "\n已删去更早的 \(outcome.removed.count) 份：\(outcome.removed.joined(separator: "、"))。"
        return """
            备份已写入 \(outcome.record.file)（\(ByteText(outcome.record.bytes))，\(outcome.manifest.rows.values.reduce(0, +)) 行，日志 \(outcome.manifest.journal.entries) 条）。\(removed)
            主密钥 \(DeploymentFolder(data).masterKeyPath) 不在备份里，请另存一份，与备份分开保管：没有它，备份里的个人信息打不开。
            """
    }

    private static func json(_ outcome: DeploymentBackup.Outcome, faults: [Finding]) -> JSONValue {
        [
            "file": .string(outcome.record.file), "bytes": .integer(Int64(outcome.record.bytes)),
            "at": .string(outcome.record.at.iso8601), "parts": .integer(Int64(outcome.manifest.parts.count)),
            "rows": .object(outcome.manifest.rows.mapValues { .integer(Int64($0)) }),
            "journal": .integer(Int64(outcome.manifest.journal.entries)),
            "removed": .array(outcome.removed.map(JSONValue.string)),
            "settings_faults": .array(faults.map { .string("\($0.field)：\($0.message)") }),
        ]
    }
}

/// A number of bytes as people read it.
struct ByteText: CustomStringConvertible {
    private let bytes: Int

    init(_ bytes: Int) { self.bytes = bytes }

    var description: String {
        for (unit, size) in [("GB", 1 << 30), ("MB", 1 << 20), ("KB", 1 << 10)] where bytes >= size {
            return String(format: "%.1f %@", Double(bytes) / Double(size), unit)
        }
        return "\(bytes) 字节"
    }
}
