import ArgumentParser
import Cryptography
import PluginKit

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
        let hash = Hex.encode(newest.hash)
        context.output.print(
            "检查点 \(newest.number)：\(hash)",
            json: ["checkpoint": .integer(newest.number), "hash": .string(hash), "at": .string(newest.at.iso8601)])
    }
}
