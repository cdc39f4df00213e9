import ArgumentParser
import Extension
import Standards

/// `yiciban item steps`
struct ItemSteps: KernelCommand {
    static let configuration = CommandConfiguration(
        commandName: "steps", abstract: "减手续：盖章、审核、备案、确认、告知五类环节，全部事项和每个主题各有多少")

    @Option(name: .long, help: "哪个区划；不写为本部署的区划")
    var division: String?

    @OptionGroup var common: CommonOptions

    func run(in context: CommandContext) async throws {
        let day = try await context.act(common.account).now.day
        let inventory = try context.services(InventoryService.self)
        let themes = try await context.services(CatalogueService.self).themes().map(\.theme)
        let figures = try await inventory.stepFigures(division: division ?? inventory.division, themes: themes, on: day)
        let kinds = ItemStep.Kind.allCases.filter(\.isToBeReduced)
        context.output.print(
            figures.map { figure in
                let counts = kinds.map { "\($0.rawValue) \(figure.counts[$0] ?? 0)" }.joined(separator: "，")
                return "\(figure.title)（\(figure.items) 项）：\(counts)，共 \(figure.total)"
            }.joined(separator: "\n"),
            json: .array(
                figures.map { figure in
                    [
                        "theme": figure.theme.map(JSONValue.string) ?? .null, "title": .string(figure.title),
                        "items": .integer(Int64(figure.items)), "total": .integer(Int64(figure.total)),
                        "counts": .object(
                            Dictionary(
                                uniqueKeysWithValues: kinds.map {
                                    ($0.rawValue, JSONValue.integer(Int64(figure.counts[$0] ?? 0)))
                                })),
                    ]
                }))
    }
}
