import ArgumentParser
import Extension
import Storage

/// `yiciban case archive ID --to FILE`
struct ArchiveCase: KernelCommand {
    static let configuration = CommandConfiguration(
        commandName: "archive", abstract: "把一件事的文书、材料、结果和过程打成一个 ZIP，供归档",
        discussion: "包内有目录，写明每个文件的 SM3 摘要。已有的文件不会被覆盖。")

    @OptionGroup var target: CaseTarget

    @Option(name: .long, help: "存到哪个文件", completion: .file(extensions: ["zip"]))
    var to: String

    @OptionGroup var common: CommonOptions

    func run(in context: CommandContext) async throws {
        let service = try context.services(CaseworkService.self)
        let act = try await context.act(common.account)
        let id = try await target.identifier(service, act)
        let index = try await service.archive(id, to: to, by: act)
        let json = try JSONParser.parse(index.json)
        context.output.print(
            "\(index.title) \(index.number)：\(index.members.count) 个文件和目录已存到 \(to)。",
            json: json)
    }
}
