public import ArgumentParser
public import Extension
import Standards
import Storage

/// `yiciban licence show ID`
public struct ShowLicence: KernelCommand {
    public static let configuration = CommandConfiguration(commandName: "show", abstract: "查看一份证照")

    @OptionGroup public var common: CommonOptions

    @Argument(help: "证照的系统编号")
    var id: String

    @Option(name: .long, help: "把签名文件存到这里")
    var save: String?

    public init() {}

    public func run(in context: CommandContext) async throws {
        let service = try context.services(LicenceService.self)
        let act = try await context.act(common.account)
        let identifier = try Identifier(id)
        let view = LicenceView(
            try await service.licence(identifier, by: act), on: act.now.day, isDemonstration: service.isDemonstration)
        if let save { try await service.file(of: identifier, by: act).write(to: save) }
        try await service.flushLookUps()
        let json = try JSONParser.parse(view.json)
        context.output.print(view.text, json: json)
    }
}
