import ArgumentParser
import PluginKit

extension CommandContext {
    /// The register with the plugin's settings.
    var visits: VisitRegister {
        get throws {
            let host = try host(of: AgeFriendlyPlugin.self)
            return try VisitRegister(host, try host.settings(of: AgeFriendlyPlugin.self))
        }
    }

    /// Prints an order after a step.
    func print(_ visit: Visit, _ register: VisitRegister, at now: Instant, _ text: String) async throws {
        let view = try await register.database.read { try register.view(visit, at: now, in: $0) }
        let json = try JSONParser.parse(view.json)
        output.print(text, json: json)
    }
}

/// `yiciban age-friendly list`
struct ListVisits: KernelCommand {
    static let configuration = CommandConfiguration(commandName: "list", abstract: "上门服务预约的清单，先到期的在前")

    @Option(name: .long, help: "哪些：open 没办完的，mine 安排给 --as 账号的，closed 办完和取消的")
    var list = "open"
    @Option(name: .long, help: "最多几单")
    var limit = 50
    @Option(name: .long, help: "从哪里接着列：上一页最后给出的位置")
    var after: String?

    @OptionGroup var common: CommonOptions

    func run(in context: CommandContext) async throws {
        guard let list = VisitList(rawValue: list) else { throw ValidationError("--list 只能是 open、mine 或 closed。") }
        guard (1...1000).contains(limit) else { throw ValidationError("--limit 应当在 1 到 1000 之间。") }
        let register = try context.visits
        let act = try await context.act(common.account)
        let found = try await register.list(list, after: after, limit: limit + 1, by: act)
        let page = Array(found.prefix(limit))
        let views = try await register.listed(page, at: act.now)
        let next = found.count > limit ? page.last.map { VisitRegister.cursor($0.slot, $0.id) } : nil
        var lines = views.map { view in
            [
                view.id.text, view.time, view.stateText + (view.isLate ? "（已过时间）" : ""), view.kind.chinese, view.name,
                view.visitor ?? "",
            ].joined(separator: "　")
        }
        if let next { lines.append("还有，接着列请加 --after \(next)") }
        let items = try views.map { try JSONParser.parse($0.json) }
        context.output.print(
            lines.isEmpty ? "没有这样的预约。" : lines.joined(separator: "\n"),
            json: ["items": .array(items), "next": next.map(JSONValue.string) ?? .null])
    }
}

/// `yiciban age-friendly show ID`
struct ShowVisit: KernelCommand {
    static let configuration = CommandConfiguration(
        commandName: "show", abstract: "一单预约的全部内容，含个人信息；查看会留下记录")

    @Argument(help: "预约的标识，见 age-friendly list")
    var id: String

    @OptionGroup var common: CommonOptions

    func run(in context: CommandContext) async throws {
        let register = try context.visits
        let act = try await context.act(common.account)
        let visit = try await register.open(try Identifier(id), by: act)
        let view = try await register.database.read { try register.view(visit, at: act.now, in: $0) }
        let lines: [(String, String?)] = [
            ("服务", view.kind.chinese), ("状态", view.stateText), ("时间", view.time), ("姓名", view.name),
            ("电话", view.phone), ("地址", view.address ?? view.place), ("办什么", view.words), ("对象", view.ground),
            ("谁来", view.visitor), ("核对码", view.code), ("结果", view.result), ("签字", view.signature),
            ("取消理由", view.reason),
        ]
        let json = try JSONParser.parse(view.json)
        context.output.print(
            lines.compactMap { label, value in value.flatMap { $0.isEmpty ? nil : "\(label)：\($0)" } }
                .joined(separator: "\n"), json: json)
    }
}

/// `yiciban age-friendly order …`
struct OrderVisit: KernelCommand {
    static let configuration = CommandConfiguration(commandName: "order", abstract: "接电话替人预约")

    @Option(name: .long, help: "姓名")
    var name: String
    @Option(name: .long, help: "联系电话")
    var phone: String
    @Option(name: .long, help: "公民身份号码；不知道可以不写")
    var idNumber: String?
    @Option(name: .long, help: "服务：home 上门办，guide 引导陪办，accessible 无障碍协助，green_channel 绿色通道")
    var kind = Visit.Kind.home.rawValue
    @Option(name: .long, help: "到哪里；大厅里的服务不用写")
    var address: String?
    @Option(name: .long, help: "办什么事：老年人专区里的主题或事项代号")
    var subject = ""
    @Option(name: .long, help: "用自己的话说办什么事")
    var words = ""
    @Option(name: .long, help: "服务对象：age 年龄，disabled 残疾，ill 伤病孕产，caring 独自照护")
    var ground: String?
    @Option(name: .long, help: "区划代码；不写为本部署的区划")
    var division: String?
    @Option(name: .long, help: "哪一天，例如 2026-12-01；不写就约最早的空档")
    var day: String?
    @Option(name: .long, help: "am 上午或 pm 下午")
    var half: String?

    @OptionGroup var common: CommonOptions

    func run(in context: CommandContext) async throws {
        let register = try context.visits
        let act = try await context.act(common.account)
        let given: [String: String?] = [
            "name": name, "phone": phone, "id_number": idNumber, "kind": kind, "address": address, "subject": subject,
            "words": words, "ground": ground, "division": division, "day": day, "half": half,
        ]
        let input = try VisitInput(json: .object(given.compactMapValues { $0.map(JSONValue.string) }))
        let visit = try await register.order(input, by: act)
        try await context.print(
            visit, register, at: act.now, "已约好\(register.rules.chinese(visit.slot))，标识 \(visit.id)。")
    }
}

/// `yiciban age-friendly half-days`
struct ListHalfDays: KernelCommand {
    static let configuration = CommandConfiguration(commandName: "half-days", abstract: "可以约的半天，和每半天还能约几单")

    @Option(name: .long, help: "区划代码；不写为本部署的区划")
    var division: String?

    @OptionGroup var common: CommonOptions

    func run(in context: CommandContext) async throws {
        let register = try context.visits
        let views = try await register.halfDays(of: division, at: try await context.act(common.account).now)
        let json = try views.map { try JSONParser.parse($0.json) }
        context.output.print(
            views.map { "\($0.time)　还能约 \($0.free) 单" }.joined(separator: "\n"), json: .array(json))
    }
}
