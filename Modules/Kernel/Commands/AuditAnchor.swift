import ArgumentParser
import Foundation
import PluginKit

/// `yiciban audit anchor`
struct AuditAnchor: KernelCommand {
    static let configuration = CommandConfiguration(
        commandName: "anchor", abstract: "签一个检查点并给出锚：把它存到别的机器上，日后用 audit verify --anchor 对照",
        discussion: "锚里只有编号、时间、摘要和签名，没有任何个人信息。锚要放在能改动数据库的人碰不到的地方。")

    @Option(name: .long, help: "把锚写到这个文件；不写则打印出来", completion: .file())
    var out: String?

    @OptionGroup public var common: CommonOptions

    func run(in context: CommandContext) async throws {
        let foundation = try context.services(KernelTools.self).foundation
        while try await Journal.checkpoint(
            signing: foundation.deploymentKey, on: foundation.database, at: foundation.clock.now()) != nil
        {}
        guard let newest = try await foundation.database.read({ try Journal.newestCheckpoint(in: $0) }) else {
            throw KernelError(.anchor, "日志里还没有任何记录，没有可以作锚的检查点。请在开始使用后再存锚。")
        }
        let text = try EventCoding.encode(JournalAnchor(newest))
        guard let out else {
            let json = try JSONValue(parsing: text)
            context.output.print(text, json: json)
            return
        }
        do {
            try Data((text + "\n").utf8).write(to: URL(fileURLWithPath: out), options: .atomic)
        } catch {
            throw KernelError(.anchor, "锚文件 \(out) 写不进去。请检查目录是否存在、是否可写。")
        }
        context.output.print(
            "检查点 \(newest.number) 的锚已写入 \(out)。请把它移到别的机器上保存。",
            json: ["checkpoint": .integer(newest.number), "file": .string(out)])
    }
}
