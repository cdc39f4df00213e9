public import ArgumentParser
import Extension
import Standards

/// `yiciban case figures`
struct ShowFigures: KernelCommand {
    static let configuration = CommandConfiguration(
        commandName: "figures", abstract: "办件统计：按月份、单位、一件事、事项、渠道或区划",
        discussion: "统计每小时更新最近两个月；更早的月份还有在办件的，用 --refresh 重新统计。")

    @Option(name: .long, help: "从哪个月，例如 2026-01；不写为本月", transform: Self.month)
    var from: LegalDay?

    @Option(name: .long, help: "到哪个月；不写为本月", transform: Self.month)
    var until: LegalDay?

    @Option(name: .long, help: "区划，可写多次；不写为部署的区划")
    var division: [String] = []

    @Option(
        name: .long,
        help: "按什么分：\(FigureReport.Dimension.allCases.map { "\($0.rawValue) \($0.chinese)" }.joined(separator: "，"))"
    )
    var by = FigureReport.Dimension.month

    @Flag(name: .long, help: "先重新统计这些月份")
    var refresh = false

    @Option(name: .long, help: "把明细写到这个文件：.xlsx 或 .csv", completion: .file(extensions: ["xlsx", "csv"]))
    var file: String?

    @OptionGroup var common: CommonOptions

    func run(in context: CommandContext) async throws {
        let service = try context.services(CaseworkService.self)
        let act = try await context.act(common.account)
        let today = act.now.day
        let (first, last) = (from ?? today, until ?? today)
        guard first <= last else { throw ValidationError("--from 不能晚于 --until。") }
        let divisions = division.isEmpty ? [act.actor.post?.division ?? service.division] : division
        let output = context.output
        if refresh {
            try await service.countFigures(months: first...last, divisions: divisions, by: act) { count in
                if !output.isJSON, count.isMultiple(of: 10_000), count > 0 {
                    output.print("已统计 \(count) 件…", json: nil)
                }
            }
        }
        let rows = try await service.figures(months: first...last, divisions: divisions, by: act)
        let names = try await service.figureNames()
        if let file { try service.writeFigures(rows, names: names, to: file) }
        let report = FigureReport(rows, by: by, names: names)
        output.print(Self.text(report) + (file.map { "\n明细已写到 \($0)。" } ?? ""), json: Self.json(report))
    }

    private static func text(_ report: FigureReport) -> String {
        let lines = report.lines.map { "\($0.title)　\(told($0.figures))" }
        return (lines + ["合计　\(told(report.total))"]).joined(separator: "\n")
    }

    private static func told(_ figures: CaseFigures) -> String {
        zip(FigureReport.headings, FigureReport.cells(figures)).filter { !$0.1.isEmpty }.map { "\($0.0) \($0.1)" }
            .joined(separator: "，")
    }

    private static func json(_ report: FigureReport) -> JSONValue {
        func figures(_ figures: CaseFigures, _ title: String) -> JSONValue {
            [
                "title": .string(title), "cases": .integer(Int64(figures.cases)),
                "submitted": .integer(Int64(figures.submitted)),
                "accepted": .integer(Int64(figures.accepted)), "granted": .integer(Int64(figures.granted)),
                "refused": .integer(Int64(figures.refused)), "overdue": .integer(Int64(figures.overdue)),
                "working_days": .integer(Int64(figures.workingDays)),
                "corrections": .integer(Int64(figures.corrections)), "visits": .integer(Int64(figures.visits)),
            ]
        }
        return [
            "by": .string(report.dimension.rawValue),
            "lines": .array(report.lines.map { figures($0.figures, $0.title) }),
            "total": figures(report.total, "合计"),
        ]
    }

    @Sendable private static func month(_ text: String) throws -> LegalDay {
        guard let day = try? LegalDay(text + "-01") else {
            throw ValidationError("“\(text)”不是月份，请写成 2026-01 这样。")
        }
        return day
    }
}

extension FigureReport.Dimension: ExpressibleByArgument {}
