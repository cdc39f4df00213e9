import ArgumentParser
import Cryptography
import Foundation
import PluginKit

/// `yiciban audit verify`
struct AuditVerify: KernelCommand {
    static let configuration = CommandConfiguration(
        commandName: "verify", abstract: "核验审计日志和各张表有没有被绕过程序改动；发现问题时以退出码 1 结束",
        discussion: """
            核对每条记录的链、每个检查点的签名，再把办件、证照、账号、岗位、主题等各行与日志里的状态摘要比对，
            并打开每个文件核对内容。文件很多时要花些时间，服务可以照常运行。
            被整段删除的最新记录只有对照锚才看得出来：平时用 audit anchor 把锚存到别的机器上，核验时用 --anchor 给出。
            """)

    @Option(name: .long, help: "先前用 audit anchor 保存的锚文件；日志必须包含它所记的检查点", completion: .file())
    var anchor: String?

    @OptionGroup public var common: CommonOptions

    func run(in context: CommandContext) async throws {
        let tools = try context.services(KernelTools.self)
        let foundation = tools.foundation
        let publicKey = foundation.deploymentKey.publicKey
        let anchor = try anchor.map { try Self.read($0, publicKey: publicKey) }
        let output = context.output
        let report = try await Journal.verify(
            foundation.database, publicKey: publicKey, anchor: anchor, checks: tools.registry.stateChecks,
            contents: tools.registry.contentChecks
        ) { count in
            if !output.isJSON, count.isMultiple(of: 50_000) { output.print("已核对 \(count) 条记录…", json: nil) }
        }
        output.print(Self.text(report, anchor), json: Self.json(report))
        if !report.isSound { throw ExitCode(1) }
    }

    private static func read(_ path: String, publicKey: SM2.PublicKey) throws -> JournalCheckpoint {
        guard let bytes = FileManager.default.contents(atPath: path) else {
            throw KernelError(.anchor, "读不到锚文件 \(path)。请检查路径和权限。")
        }
        guard let anchor = (try? JSONDecoder().decode(JournalAnchor.self, from: bytes))?.value else {
            throw KernelError(.anchor, "\(path) 不是锚文件。请给出用 yiciban audit anchor --out 保存的文件。")
        }
        guard publicKey.verify(anchor.signature, for: anchor.hash) else {
            throw KernelError(.anchor, "锚 \(path) 不是这个部署签的，或被改动过。请换成这个部署自己的锚。")
        }
        return anchor
    }

    private static func text(_ report: JournalReport, _ anchor: JournalCheckpoint?) -> String {
        let summary = "核对了 \(report.entries) 条记录、\(report.checkpoints) 个检查点"
        let untied = report.untied == 0 ? [] : ["另有 \(report.untied) 项由旧版程序保存，还没有状态摘要，下次经程序办理时会补上。"]
        if report.isSound {
            let against = anchor.map { "，包含锚所记的检查点 \($0.number)" } ?? ""
            return (["\(summary)\(against)，没有发现改动。"] + untied).joined(separator: "\n")
        }
        var lines = ["\(summary)，发现 \(report.findings.count + report.omitted) 处不符："]
        lines += report.findings.map { "  \($0)" }
        if report.omitted > 0 { lines.append("  ……另有 \(report.omitted) 处没有列出") }
        lines.append(
            "请停止服务，先把现在的数据库另存一份备查，再从最近一次核验无误的备份恢复，并查清谁能直接改动数据库。")
        return (lines + untied).joined(separator: "\n")
    }

    private static func json(_ report: JournalReport) -> JSONValue {
        [
            "sound": .bool(report.isSound), "entries": .integer(Int64(report.entries)),
            "checkpoints": .integer(Int64(report.checkpoints)), "untied": .integer(Int64(report.untied)),
            "omitted": .integer(Int64(report.omitted)),
            "findings": .array(
                report.findings.map {
                    [
                        "kind": .string($0.kind.rawValue), "stream": .string($0.stream),
                        "number": .integer($0.number), "message": .string($0.description),
                    ]
                }),
        ]
    }
}
