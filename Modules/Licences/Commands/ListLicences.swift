public import ArgumentParser
public import Extension
import Standards
import Storage

/// `yiciban licence list --party ID`
public struct ListLicences: KernelCommand {
    public static let configuration = CommandConfiguration(commandName: "list", abstract: "列出一个主体持有或可查看的证照")

    @OptionGroup public var common: CommonOptions

    @Option(name: .long, help: "主体的系统编号；以本人账号办理时可不写")
    var party: String?

    @Option(name: .long, help: "最多几份（1 到 200）")
    var limit = 50

    @Option(name: .long, help: "从这份证照之后接着列")
    var after: String?

    public init() {}

    public func validate() throws {
        guard (1...200).contains(limit) else { throw ValidationError("--limit 应在 1 到 200 之间。") }
    }

    public func run(in context: CommandContext) async throws {
        let service = try context.services(LicenceService.self)
        let act = try await context.act(common.account)
        guard let owner = try party.map({ try Identifier($0) }) ?? act.actor.party else {
            throw ValidationError("请用 --party 写明主体的系统编号，或用 --as 以本人账号办理。")
        }
        let list = try await service.page(
            of: owner, before: try after.map { try Identifier($0) }, limit: limit, by: act)
        try await service.flushLookUps()
        let json = try JSONParser.parse(list.json)
        context.output.print(Self.text(list), json: json)
    }

    private static func text(_ list: CursorPage<LicenceView>) -> String {
        if list.items.isEmpty { return "没有证照。" }
        let lines = list.items.map { view in
            [
                view.licence.id, view.statusTitle, view.licence.issuedOn.text, view.licence.title, view.licence.number,
                view.licence.issuer.name,
            ].joined(separator: "  ")
        }
        return (lines + (list.next.map { ["还有更多，请加 --after \($0)"] } ?? [])).joined(separator: "\n")
    }
}
