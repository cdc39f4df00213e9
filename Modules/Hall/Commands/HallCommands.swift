import ArgumentParser
import Extension
import Organisation
import Storage

/// `yiciban hall …`
struct HallCommands: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "hall", abstract: "大厅：排队、叫号、预约、规则",
        subcommands: [
            ShowQueue.self, TakeTicket.self, CallNext.self, StepTicket.self, HallRulesCommand.self, CloseHallDay.self,
            ShowKiosk.self, ListAppointments.self, ListSlots.self, ArriveByCode.self,
            ShowHallFigures.self,
        ])
}

/// `yiciban hall queue SITE`
struct ShowQueue: KernelCommand {
    static let configuration = CommandConfiguration(commandName: "queue", abstract: "大厅现在的排队情况和最近叫的号")

    @Argument(help: "大厅的代号，例如 city-hall")
    var site: String

    @OptionGroup var common: CommonOptions

    func run(in context: CommandContext) async throws {
        let (hall, site) = (try context.services(HallService.self), site)
        let now = try await context.act(common.account).now
        let view = HallView(try await hall.database.read { try hall.sight(of: site, limit: 20, at: now, in: $0) })
        let lines = view.called.map { "  \($0.label)　\($0.window)　\($0.state.chinese)" }
        let head = """
            \(view.name)　\(view.day)\(view.isClosed ? "　已停止取号" : "")
            等候：普通 \(view.ordinary)，预约 \(view.booked)，绿色通道 \(view.green)；服务中的窗口 \(view.openWindows) 个。
            """
        try context.output.print(view, ([head] + lines).joined(separator: "\n"))
    }
}

/// `yiciban hall ticket SITE`
struct TakeTicket: KernelCommand {
    static let configuration = CommandConfiguration(commandName: "ticket", abstract: "代取一个号")

    @Argument(help: "大厅的代号，例如 city-hall")
    var site: String

    @Option(name: .long, help: "业务的代号；不写为大厅的第一种业务")
    var business = ""

    @Option(name: .long, help: "走绿色通道的情形：elder 老年人、disabled 残疾人、pregnant 孕妇和带婴幼儿的、soldier 军人")
    var ground: String?

    @OptionGroup var common: CommonOptions

    func validate() throws {
        if let ground, GreenGround(rawValue: ground) == nil {
            throw ValidationError("--ground 应是 elder、disabled、pregnant 或 soldier。")
        }
    }

    func run(in context: CommandContext) async throws {
        let (hall, site) = (try context.services(HallService.self), site)
        let act = try await context.act(common.account)
        let request = TicketRequest(business: business, ground: ground.flatMap(GreenGround.init))
        let sight = try await hall.database.write { transaction in
            let ticket = try hall.takeAtWindow(request, at: site, by: act, in: transaction)
            return try hall.sight(ofTicket: ticket.id, at: act.now, in: transaction)
        }
        try context.output.printTicket(sight)
    }
}

/// `yiciban hall call WINDOW`
struct CallNext: KernelCommand {
    static let configuration = CommandConfiguration(commandName: "call", abstract: "叫下一位；正在办的算办完")

    @Argument(help: "窗口的代号，例如 city-hall-1")
    var window: String

    @OptionGroup var common: CommonOptions

    func run(in context: CommandContext) async throws {
        let (hall, window) = (try context.services(HallService.self), window)
        let act = try await context.act(common.account)
        let sight = try await hall.database.write { transaction in
            try hall.callNext(at: window, by: act, in: transaction)
                .map { try hall.sight(ofTicket: $0.id, at: act.now, in: transaction) }
        }
        guard let sight else {
            context.output.print("没有人在等。", json: .null)
            return
        }
        try context.output.printTicket(sight)
    }
}

/// `yiciban hall step TICKET STEP`
struct StepTicket: KernelCommand {
    static let configuration = CommandConfiguration(
        commandName: "step", abstract: "办理一个号：再叫、开始、办完、过号、转窗口、重新排队、退号")

    @Argument(help: "号的标识，见 hall ticket")
    var ticket: String

    @Argument(help: "again 再叫、serve 开始办理、finish 办完、miss 过号、move 转窗口、rejoin 重新排队、cancel 退号")
    var step: String

    @Option(name: .long, help: "转到哪个窗口；不写为回到大厅里等")
    var window: String?

    @OptionGroup var common: CommonOptions

    func validate() throws {
        if TicketStep(rawValue: step) == nil {
            throw ValidationError("做什么应是：\(TicketStep.allCases.map(\.rawValue).joined(separator: "、"))。")
        }
        if window != nil, step != TicketStep.move.rawValue { throw ValidationError("--window 只和 move 一起写。") }
    }

    func run(in context: CommandContext) async throws {
        guard let step = TicketStep(rawValue: step) else { return }
        let (hall, window) = (try context.services(HallService.self), window)
        let act = try await context.act(common.account)
        guard let id = try? Identifier(ticket) else { throw HallError.ticketUnknown }
        let sight = try await hall.database.write { transaction in
            _ = try hall.take(step, with: id, to: window, by: act, in: transaction)
            return try hall.sight(ofTicket: id, at: act.now, in: transaction)
        }
        try context.output.printTicket(sight)
    }
}

/// `yiciban hall close SITE --yes`
struct CloseHallDay: KernelCommand {
    static let configuration = CommandConfiguration(
        commandName: "close", abstract: "结束当天：停止取号，没有办的号清掉", discussion: "过了当天会自动结束，一般不需要运行。")

    @Argument(help: "大厅的代号，例如 city-hall")
    var site: String

    @Flag(name: .long, help: "确认结束当天，不能撤销")
    var yes = false

    @OptionGroup var common: CommonOptions

    func validate() throws {
        if !yes { throw ValidationError("结束当天以后不能再取号，没有办的号也会清掉。确定的话，请加上 --yes。") }
    }

    func run(in context: CommandContext) async throws {
        let (hall, site) = (try context.services(HallService.self), site)
        let act = try await context.act(common.account)
        let left = try await hall.database.write { try hall.closeDay(site, by: act, in: $0) }
        context.output.print("当天已经结束，没有办的号 \(left) 个。", json: ["left": .integer(Int64(left))])
    }
}

/// `yiciban hall kiosk SITE`
struct ShowKiosk: KernelCommand {
    static let configuration = CommandConfiguration(
        commandName: "kiosk", abstract: "取号机和大屏的地址", discussion: "把地址设为取号机、大屏浏览器的首页。取号机的地址不要公开。")

    @Argument(help: "大厅的代号，例如 city-hall")
    var site: String

    @OptionGroup var common: CommonOptions

    func run(in context: CommandContext) async throws {
        let (hall, site) = (try context.services(HallService.self), site)
        let act = try await context.act(common.account)
        let path = try await hall.database.read { try hall.kioskPath(of: try hall.hall(site, in: $0), by: act, in: $0) }
        let screen = "/hall/\(site)/screen"
        context.output.print(
            "取号机：\(path)\n大屏：\(screen)", json: ["kiosk": .string(path), "screen": .string(screen)])
    }
}
