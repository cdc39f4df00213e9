import ArgumentParser
import PluginKit

/// `yiciban keys rotate`
struct KeysRotate: KernelCommand {
    static let configuration = CommandConfiguration(
        commandName: "rotate", abstract: "换新的数据密钥，并把所有加密内容重新加密；中断后再次执行会接着做")

    @Flag(name: .long, help: "确认更换")
    var yes = false

    @Option(name: .long, help: "多台服务器时，等它们得知新密钥的秒数")
    var settle = 0

    @OptionGroup public var common: CommonOptions

    func run(in context: CommandContext) async throws {
        guard yes else { throw ValidationError("更换密钥会改写所有加密内容。请先备份，再加上 --yes。") }
        let tools = try context.services(KernelTools.self)
        let foundation = tools.foundation
        let output = context.output
        let progress = try await KeyRotation(tools.encryptedColumns).run(
            on: foundation.database, keyring: foundation.keyring, at: foundation.clock.now(),
            settle: .seconds(max(0, settle))
        ) { progress in
            if !output.isJSON { output.print("\(progress.column)：已处理 \(progress.sealed) 项", json: nil) }
        }
        output.print(
            "已换用密钥 \(progress.key)，共重新加密 \(progress.sealed) 项。",
            json: ["key": .integer(Int64(progress.key)), "sealed": .integer(Int64(progress.sealed))])
    }
}
