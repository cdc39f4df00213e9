import ArgumentParser
import PluginKit

/// `yiciban zone-empowerment list`
struct ListPowers: KernelCommand {
    static let configuration = CommandConfiguration(commandName: "list", abstract: "下放权限台账，写明三到位还缺什么")

    @Option(name: .long, help: "只列这个承接地；不写为全部")
    var division: String?

    @OptionGroup var common: CommonOptions

    func run(in context: CommandContext) async throws {
        let register = try PowerRegister(try context.host(of: ZoneEmpowermentPlugin.self))
        let standing = try await register.standing(
            division: division, at: try await context.act(common.account).now)
        let views = standing.powers.map { PowerView($0.power, $0.readiness, standing.places) }
        let json = try views.map { try JSONParser.parse($0.json) }
        let lines = views.map { view in
            "\(view.id)　\(view.division)　\(view.item)　\(view.title)　\(view.mode.rawValue)　"
                + (view.isUsable ? "已三到位" : view.missing.joined(separator: "；"))
        }
        context.output.print(
            lines.isEmpty ? "还没有登记下放的权限。" : lines.joined(separator: "\n"), json: .array(json))
    }
}

/// `yiciban zone-empowerment delegate …`
struct DelegatePower: KernelCommand {
    static let configuration = CommandConfiguration(commandName: "delegate", abstract: "登记一项下放的权限")

    @Option(name: .long, help: "事项代号，例如 E01")
    var item: String
    @Option(name: .long, help: "事项名称")
    var title: String
    @Option(name: .long, help: "领域：\(DelegatedPower.Field.allCases.map(\.rawValue).joined(separator: "、"))")
    var field: String
    @Option(name: .long, help: "原来是哪一级的权限：省级、市级或县级")
    var level: String
    @Option(name: .long, help: "下放单位")
    var from: String
    @Option(name: .long, help: "承接地的区划代码，例如 430600-Z02")
    var division: String
    @Option(name: .long, help: "承接单位的代号，例如 chenglingji-approval")
    var agency: String
    @Option(name: .long, help: "方式：赋权、委托或服务窗口前移")
    var mode: String
    @Option(name: .long, help: "依据的文件和文号")
    var basis: String
    @Option(name: .long, help: "从哪天起，例如 2026-12-01；不写为今天")
    var since: String?

    @OptionGroup var common: CommonOptions

    func run(in context: CommandContext) async throws {
        let register = try PowerRegister(try context.host(of: ZoneEmpowermentPlugin.self))
        let act = try await context.act(common.account)
        let input = try PowerInput(
            json: [
                "item": .string(item), "title": .string(title), "field": .string(field), "level": .string(level),
                "from": .string(from), "division": .string(division), "agency": .string(agency),
                "mode": .string(mode), "basis": .string(basis), "starts_on": .string(since ?? act.now.day.text),
            ])
        let power = try await register.database.write { try register.delegate(input, by: act, in: $0) }
        context.output.print("已登记，编号 \(power.id)。", json: ["id": .string(power.id.text)])
    }
}

/// `yiciban zone-empowerment take-back ID --reason …`
struct TakePowerBack: KernelCommand {
    static let configuration = CommandConfiguration(
        commandName: "take-back", abstract: "收回一项权限；在办的件不受影响")

    @Argument(help: "权限的编号，见 zone-empowerment list")
    var id: String
    @Option(name: .long, help: "从哪天起；不写为今天")
    var on: String?
    @Option(name: .long, help: "依据和理由")
    var reason: String

    @OptionGroup var common: CommonOptions

    func run(in context: CommandContext) async throws {
        let register = try PowerRegister(try context.host(of: ZoneEmpowermentPlugin.self))
        let act = try await context.act(common.account)
        let (power, day, reason) = (try Identifier(id), try on.map { try LegalDay($0) } ?? act.now.day, reason)
        _ = try await register.database.write {
            try register.takeBack(power, on: day, reason: reason, by: act, in: $0)
        }
        context.output.print("已登记，\(day.chinese)起收回。", json: ["id": .string(id), "day": .string(day.text)])
    }
}
