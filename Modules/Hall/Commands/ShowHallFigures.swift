import ArgumentParser
import Extension
import Standards
import Storage

/// `yiciban hall figures SITE`
struct ShowHallFigures: KernelCommand {
    static let configuration = CommandConfiguration(commandName: "figures", abstract: "大厅的取号、等候和爽约数字")

    @Argument(help: "大厅的代号，例如 city-hall")
    var site: String

    @Option(name: .long, help: "从哪天起，例如 2026-12-01；不写为结束日期当天")
    var from: String?

    @Option(name: .long, help: "到哪天止；不写为今天")
    var until: String?

    @OptionGroup var common: CommonOptions

    func run(in context: CommandContext) async throws {
        let (service, site) = (try context.services(HallService.self), site)
        let act = try await context.act(common.account)
        let last = try until.map { try LegalDay($0) } ?? act.now.day
        let first = try from.map { try LegalDay($0) } ?? last
        let figures = try await service.database.read {
            try service.figures(of: site, from: first, until: last, by: act, in: $0)
        }
        let days = figures.days.map { day in
            "\(day.day)　取号 \(day.tickets)，办完 \(day.done)，过号 \(day.missed)，退号 \(day.cancelled)，未办 \(day.left)；"
                + "等候中位数 \(minutes(day.medianWait))，最长 \(minutes(day.longestWait))；"
                + "预约 \(day.appointments)，来了 \(day.arrived)，爽约 \(day.noShows)"
        }
        let classes = figures.classes.map {
            "\($0.ticketClass.chinese)　\($0.tickets) 个，等候中位数 \(minutes($0.medianWait))，最长 \(minutes($0.longestWait))"
        }
        try context.output.print(
            HallFiguresView(figures),
            days.isEmpty ? "这些天没有人取号，也没有预约。" : (days + classes).joined(separator: "\n"))
    }

    private func minutes(_ seconds: Int?) -> String {
        seconds.map { "\(($0 + 30) / 60) 分钟" } ?? "—"
    }
}
