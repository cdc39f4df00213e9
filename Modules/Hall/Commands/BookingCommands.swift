import ArgumentParser
import Extension
import Organisation
import Standards
import Storage

/// `yiciban hall appointments SITE`
struct ListAppointments: KernelCommand {
    static let configuration = CommandConfiguration(commandName: "appointments", abstract: "大厅一天的预约，按时间先后")

    @Argument(help: "大厅的代号，例如 city-hall")
    var site: String

    @Option(name: .long, help: "哪一天，例如 2026-12-01；不写为今天")
    var day: String?

    @OptionGroup var common: CommonOptions

    func run(in context: CommandContext) async throws {
        let (service, site) = (try context.services(HallService.self), site)
        let act = try await context.act(common.account)
        let wanted = try day.map { try LegalDay($0) } ?? act.now.day
        var (views, after): ([AppointmentView], String) = ([], "")
        while true {
            let cursor = after
            let found = try await service.database.read { snapshot in
                let hall = try service.hall(site, in: snapshot)
                return try service.appointments(
                    at: site, on: wanted, after: cursor, limit: 200, by: act, in: snapshot
                ).map { AppointmentView($0.appointment, hall, name: $0.name) }
            }
            guard let last = found.last else { break }
            views += found
            after = "\(DayTime(last.start)?.minutes ?? 0).\(last.id)"
        }
        let json = try views.map { try JSONParser.parse($0.json) }
        let lines = views.map {
            "\($0.start)—\($0.end)　\($0.code)　\($0.name ?? "")　\($0.business)　\($0.state.chinese)"
        }
        context.output.print(
            lines.isEmpty ? "\(wanted.chineseDate)没有预约。" : lines.joined(separator: "\n"), json: .array(json))
    }
}

/// `yiciban hall slots SITE`
struct ListSlots: KernelCommand {
    static let configuration = CommandConfiguration(commandName: "slots", abstract: "大厅可以预约的时段和剩余位置")

    @Argument(help: "大厅的代号，例如 city-hall")
    var site: String

    @Option(name: .long, help: "业务的代号；不写为可以预约的第一种")
    var business = ""

    @OptionGroup var common: CommonOptions

    func run(in context: CommandContext) async throws {
        let (service, site, business) = (try context.services(HallService.self), site, business)
        let now = try await context.act(common.account).now
        let view = SlotsView(
            try await service.database.read { try service.slots(at: site, business: business, now: now, in: $0) })
        let lines = view.slots.map { "\($0.day)　\($0.start)—\($0.end)　剩 \($0.free)，共 \($0.capacity)" }
        try context.output.print(view, lines.isEmpty ? "没有可以预约的时段。" : lines.joined(separator: "\n"))
    }
}

/// `yiciban hall arrive SITE CODE`
struct ArriveByCode: KernelCommand {
    static let configuration = CommandConfiguration(commandName: "arrive", abstract: "凭预约码给来的人报到取号")

    @Argument(help: "大厅的代号，例如 city-hall")
    var site: String

    @Argument(help: "六位预约码")
    var code: String

    @OptionGroup var common: CommonOptions

    func run(in context: CommandContext) async throws {
        let (service, site, code) = (try context.services(HallService.self), site, code)
        let act = try await context.act(common.account)
        let sight = try await service.database.write { transaction in
            let ticket = try service.arriveAtWindow(code, at: site, by: act, in: transaction)
            return try service.sight(ofTicket: ticket.id, at: act.now, in: transaction)
        }
        try context.output.printTicket(sight)
    }
}
