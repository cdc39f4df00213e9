import ArgumentParser
import PluginKit

extension CommandContext {
    /// The list of visits to offer with the plugin's settings.
    fileprivate var proactive: ProactiveRegister {
        get throws {
            let host = try host(of: AgeFriendlyPlugin.self)
            return try ProactiveRegister(host, try host.settings(of: AgeFriendlyPlugin.self))
        }
    }
}

/// `yiciban age-friendly proactive-make`
struct MakeProactive: KernelCommand {
    static let configuration = CommandConfiguration(
        commandName: "proactive-make", abstract: "现在就更新敲门办的名单；平时每天自动更新，重复运行不会重复列入")

    @OptionGroup var common: CommonOptions

    func run(in context: CommandContext) async throws {
        guard try await context.act(common.account).actor.holds(VisitRegister.permission) else {
            throw Problem.forbidden
        }
        let added = try await context.proactive.make(by: try await context.act(nil))
        context.output.print("新列入 \(added) 人次。", json: ["added": .integer(Int64(added))])
    }
}

/// `yiciban age-friendly proactive-list`
struct ListProactive: KernelCommand {
    static let configuration = CommandConfiguration(
        commandName: "proactive-list", abstract: "敲门办的名单，先到日子的在前")

    @Option(name: .long, help: "哪种状态：to_visit 待上门，visited 已上门，declined 本人不要")
    var state = ProactiveVisit.State.toVisit.rawValue
    @Option(name: .long, help: "最多几人")
    var limit = 50
    @Option(name: .long, help: "从哪里接着列：上一页最后给出的位置")
    var after: String?

    @OptionGroup var common: CommonOptions

    func run(in context: CommandContext) async throws {
        guard let state = ProactiveVisit.State(rawValue: state) else {
            throw ValidationError("--state 只能是 to_visit、visited 或 declined。")
        }
        guard (1...1000).contains(limit) else { throw ValidationError("--limit 应当在 1 到 1000 之间。") }
        let register = try context.proactive
        let act = try await context.act(common.account)
        let found = try await register.list(state, after: after, limit: limit + 1, by: act)
        let page = Array(found.prefix(limit))
        let views = try await register.listed(page, on: act.now.day)
        let next = found.count > limit ? page.last.map { ProactiveRegister.cursor($0.due, $0.id) } : nil
        var lines = views.map { "\($0.id)　\($0.name)　\($0.occasion)　\($0.basisText)" }
        if let next { lines.append("还有，接着列请加 --after \(next)") }
        let items = try views.map { try JSONParser.parse($0.json) }
        context.output.print(
            lines.isEmpty ? "名单是空的。" : lines.joined(separator: "\n"),
            json: ["items": .array(items), "next": next.map(JSONValue.string) ?? .null])
    }
}

/// `yiciban age-friendly proactive-close ID --state visited --note …`
struct CloseProactive: KernelCommand {
    static let configuration = CommandConfiguration(
        commandName: "proactive-close", abstract: "登记已经上门，或者本人不要")

    @Argument(help: "名单里的标识，见 age-friendly proactive-list")
    var id: String
    @Option(name: .long, help: "visited 已上门，declined 本人不要")
    var state: String
    @Option(name: .long, help: "办了什么、结果怎样")
    var note = ""
    @Flag(name: .long, help: "本人以后都不要主动上门")
    var forGood = false

    @OptionGroup var common: CommonOptions

    func run(in context: CommandContext) async throws {
        guard let state = ProactiveVisit.State(rawValue: state), state != .toVisit else {
            throw ValidationError("--state 只能是 visited 或 declined。")
        }
        let register = try context.proactive
        let act = try await context.act(common.account)
        let (id, note, forGood) = (try Identifier(id), note, forGood)
        _ = try await register.database.write {
            try register.close(id, as: state, note: note, isForGood: forGood, by: act, in: $0)
        }
        context.output.print(
            "已登记：\(state.chinese)。", json: ["id": .string(id.text), "state": .string(state.rawValue)])
    }
}
