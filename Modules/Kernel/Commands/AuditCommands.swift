import ArgumentParser
import Cryptography
import PluginKit

/// `yiciban audit verify`
struct AuditVerify: KernelCommand {
    static let configuration = CommandConfiguration(
        commandName: "verify", abstract: "核验审计日志有没有被绕过程序改动；发现问题时以退出码 1 结束")

    @OptionGroup public var common: CommonOptions

    func run(in context: CommandContext) async throws {
        let foundation = try context.services(KernelTools.self).foundation
        let report = try await Journal.verify(foundation.database, publicKey: foundation.deploymentKey.publicKey)
        let summary = "核对了 \(report.entries) 条记录、\(report.checkpoints) 个检查点"
        context.output.print(
            report.isSound
                ? "\(summary)，没有发现改动。"
                : (["\(summary)，发现 \(report.findings.count) 处不符："] + report.findings.map { "  \($0)" })
                    .joined(separator: "\n"),
            json: [
                "sound": .bool(report.isSound), "entries": .integer(Int64(report.entries)),
                "checkpoints": .integer(Int64(report.checkpoints)),
                "findings": .array(
                    report.findings.map {
                        [
                            "kind": .string($0.kind.rawValue), "stream": .string($0.stream),
                            "number": .integer($0.number), "message": .string($0.description),
                        ]
                    }),
            ])
        if !report.isSound { throw ExitCode(1) }
    }
}

/// `yiciban audit checkpoint`
struct AuditCheckpoint: KernelCommand {
    static let configuration = CommandConfiguration(
        commandName: "checkpoint", abstract: "立即为审计日志签一个检查点，可抄录到别处备查")

    @OptionGroup public var common: CommonOptions

    func run(in context: CommandContext) async throws {
        let foundation = try context.services(KernelTools.self).foundation
        var newest: JournalCheckpoint?
        while let made = try await Journal.checkpoint(
            signing: foundation.deploymentKey, on: foundation.database, at: foundation.clock.now())
        {
            newest = made
        }
        guard let newest else {
            context.output.print("上一个检查点之后没有新的记录。", json: ["checkpoint": nil])
            return
        }
        let hash = newest.hash.map { byte in
            String(byte >> 4, radix: 16) + String(byte & 15, radix: 16)
        }.joined()
        context.output.print(
            "检查点 \(newest.number)：\(hash)",
            json: ["checkpoint": .integer(newest.number), "hash": .string(hash), "at": .string(newest.at.iso8601)])
    }
}
