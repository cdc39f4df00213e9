import ArgumentParser
import Kernel
import PluginKit

/// `yiciban backup verify FILE`
struct VerifyBackup: ProgramCommand {
    static let configuration = CommandConfiguration(
        commandName: "verify", abstract: "核对一份备份：每个部分的摘要、清单的签名、行数和日志的链；不需要部署",
        discussion: "没有发现问题时退出码为 0，有问题为 1，不是备份或没有写完为 3。恢复以后再用 audit verify 核对各张表。")

    @Argument(help: "备份文件", completion: .file())
    var file: String

    @Option(name: .long, help: "部署所在的目录：另外核对备份是不是它做的", completion: .directory)
    var data: String?

    @Flag(name: .long, help: "以 JSON 输出，便于脚本使用")
    var json = false

    func run(in context: ProgramContext) async throws {
        let output = CommandOutput(isJSON: json) { print($0) }
        let own = try data.map { try DeploymentFolder($0).signer() }
        let check = try BackupCheck.read(file, signer: { own ?? DeploymentFolder.signer(of: $0) })
        output.print(Self.text(file, check), json: Self.json(check))
        if !check.findings.isEmpty { throw ExitCode(1) }
    }

    static func text(_ file: String, _ check: BackupCheck) -> String {
        let header = check.header
        let lines = [
            "\(file)：\(header.deployment)（\(header.division)），\(header.instant.chinaTime) 由 \(header.program) 从 \(header.database) 备份。",
            "表 \(header.tables.count) 张，\(check.manifest.rows.values.reduce(0, +)) 行；日志 \(check.manifest.journal.entries) 条，\(check.manifest.journal.streams) 条链；文件 \(check.attachments.count) 个。",
        ]
        if check.findings.isEmpty { return (lines + ["没有发现问题。"]).joined(separator: "\n") }
        return (lines + ["发现 \(check.findings.count) 处问题，请不要用它恢复："] + check.findings.map { "  \($0)" })
            .joined(separator: "\n")
    }

    private static func json(_ check: BackupCheck) -> JSONValue {
        [
            "sound": .bool(check.findings.isEmpty), "findings": .array(check.findings.map(JSONValue.string)),
            "deployment": .string(check.header.deployment), "division": .string(check.header.division),
            "at": .string(check.header.instant.iso8601), "program": .string(check.header.program),
            "database": .string(check.header.database),
            "rows": .object(check.manifest.rows.mapValues { .integer(Int64($0)) }),
            "journal": .integer(Int64(check.manifest.journal.entries)),
        ]
    }
}
