import ArgumentParser
import Kernel
import PluginKit

/// `yiciban restore FILE --data EMPTYFOLDER`
struct Restore: ProgramCommand {
    static let configuration = CommandConfiguration(
        commandName: "restore", abstract: "把一份备份恢复到空的目录和空的数据库；先核对，再写入",
        discussion: """
            例：yiciban restore yiciban-430600-20261126T013000Z.tar --data data --master-key /media/usb/master.key
            SQLite 和 PostgreSQL 的备份可以互相恢复。做到一半中断了，再执行一次同样的命令，会重新来过。
            """)

    @Argument(help: "备份文件", completion: .file())
    var file: String

    @Option(name: .long, help: "恢复到哪个目录：空的，或还不存在", completion: .directory)
    var data: String

    @Option(name: .long, help: "主密钥文件；不写则用数据目录里已放好的 keys/master.key", completion: .file())
    var masterKey: String?

    @Option(name: .long, help: "空的 PostgreSQL 数据库的连接串，或 sqlite；SQLite 的备份可不写")
    var database: String?

    @Flag(name: .long, help: "以 JSON 输出，便于脚本使用")
    var json = false

    func run(in context: ProgramContext) async throws {
        let output = CommandOutput(isJSON: json) { print($0) }
        let restoring = try await Restoring(
            file: file, folder: DeploymentFolder(data), masterKey: masterKey, database: database, context: context)
        try await restoring.run { step in if !output.isJSON { output.print(step, json: nil) } }
        let check = restoring.backup
        output.print(
            """
            已把 \(check.header.deployment)（\(check.header.instant.chinaTime) 的备份）恢复到 \(data)，共 \(check.manifest.rows.values.reduce(0, +)) 行。
            请接着执行 yiciban audit verify --data \(data) 和 yiciban doctor --data \(data)，再启动服务。
            """,
            json: [
                "data": .string(data), "at": .string(check.header.instant.iso8601),
                "rows": .object(check.manifest.rows.mapValues { .integer(Int64($0)) }),
            ])
    }
}
