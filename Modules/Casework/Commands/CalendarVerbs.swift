import ArgumentParser
import Extension
import Foundation
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

/// `yiciban calendar import FILE`
struct ImportCalendar: KernelCommand {
    static let configuration = CommandConfiguration(
        commandName: "import", abstract: "导入或更正某年的节假日安排，并重新计算在办件的期限",
        discussion: "文件格式为 cn-gov-calendar/1（JSON）。已有的年份会被更正，必须加 --yes。")

    @Argument(help: "日历文件", completion: .file(extensions: ["json"]))
    var file: String

    @Flag(name: .long, help: "确认更正已有的年份")
    var yes = false

    @OptionGroup var common: CommonOptions

    func run(in context: CommandContext) async throws {
        let bytes = try LocalFile.read(file, limit: 4 << 20).bytes
        guard let text = String(validating: bytes, as: UTF8.self) else {
            throw Problem(422, "input.not_utf8", "文件读不懂", "\(file) 不是 UTF-8 文本，请另存为 UTF-8 后再导入。")
        }
        let years = try CalendarYear.importing(json: text)
        let service = try context.services(CaseworkService.self)
        let calendar = try await service.calendar()
        let corrected = years.filter { calendar.isPublished($0.year) && !calendar.years.contains($0) }
        if !corrected.isEmpty, !yes {
            let list = corrected.map { "\($0.year)" }.joined(separator: "、")
            throw ValidationError("\(list) 年已有节假日安排，导入会更正它并重算在办件的期限。确定要更正，请加上 --yes。")
        }
        let output = context.output
        let changed = try await service.importCalendar(years, by: try await context.act(common.account)) { count in
            if !output.isJSON, count > 0 { output.print("已重新计算 \(count) 件…", json: nil) }
        }
        output.print(
            "已导入 \(years.map { "\($0.year)" }.joined(separator: "、")) 年，\(changed) 件在办件的期限有变化。",
            json: [
                "years": .array(years.map { .integer(Int64($0.year)) }), "changed_cases": .integer(Int64(changed)),
            ])
    }
}
