import ArgumentParser
import Extension
import Organisation

/// `yiciban organisation windows`
struct ShowWindowCoverage: KernelCommand {
    static let configuration = CommandConfiguration(
        commandName: "windows", abstract: "综合窗口覆盖率：各大厅有几个窗口是综合窗口，低的在前",
        discussion: "专项窗口（收费、体检等只能单设的）不计入。窗口类型在 organisation.yaml 的 windows 里写 kind，或在窗口表里填“窗口类型”。")

    @Option(name: .long, help: "只算这个区划及其下级；不写为全部")
    var division: String?

    @OptionGroup var common: CommonOptions

    func run(in context: CommandContext) async throws {
        let known = try await context.services(OrganisationService.self).snapshot()
        if let division, known.divisions[division] == nil {
            throw ValidationError("没有区划“\(division)”，请核对代码。")
        }
        let sites = known.windowCoverage(within: division ?? "")
        let (covered, eligible) = (sites.reduce(0) { $0 + $1.comprehensive }, sites.reduce(0) { $0 + $1.eligible })
        let lines = sites.map { "\($0.site)　综合窗口 \($0.comprehensive) / \($0.eligible)" }
        context.output.print(
            sites.isEmpty
                ? "还没有登记窗口。"
                : (lines + ["合计　综合窗口 \(covered) / \(eligible)，覆盖率 \(covered * 100 / eligible)%"]).joined(
                    separator: "\n"),
            json: [
                "comprehensive": .integer(Int64(covered)), "eligible": .integer(Int64(eligible)),
                "sites": .array(
                    sites.map {
                        [
                            "site": .string($0.site), "division": .string($0.division),
                            "comprehensive": .integer(Int64($0.comprehensive)),
                            "eligible": .integer(Int64($0.eligible)),
                        ]
                    }),
            ])
    }
}
