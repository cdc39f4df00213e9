import ArgumentParser
import Extension
import Standards

/// `yiciban calendar list`
struct ListCalendar: KernelCommand {
    static let configuration = CommandConfiguration(
        commandName: "list", abstract: "列出已有节假日安排的年份；其他年份按周一至周五暂计")

    @OptionGroup var common: CommonOptions

    func run(in context: CommandContext) async throws {
        let years = try await context.services(CaseworkService.self).calendar().years
        context.output.print(
            years.map { year in
                "\(year.year)　\(year.workingDaysPerMonth.reduce(0, +)) 个工作日　\(year.source)"
            }.joined(separator: "\n"),
            json: .array(
                years.map { year in
                    [
                        "year": .integer(Int64(year.year)), "source": .string(year.source),
                        "working_days": .integer(Int64(year.workingDaysPerMonth.reduce(0, +))),
                        "off_days": .array(year.offDays.sorted().map { .string($0.text) }),
                        "adjusted_working_days": .array(year.adjustedWorkdays.sorted().map { .string($0.text) }),
                    ]
                }))
    }
}
