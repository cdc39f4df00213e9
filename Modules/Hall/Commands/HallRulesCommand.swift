import ArgumentParser
import Extension
import Foundation
import Organisation
import Storage

/// `yiciban hall rules SITE`
struct HallRulesCommand: KernelCommand {
    static let configuration = CommandConfiguration(
        commandName: "rules", abstract: "查看或更改大厅的叫号规则",
        discussion: """
            加 --json 输出的规则改好后可以用 --file 写回。
            更改从下一次叫号起执行，已经取的号不变。
            """)

    @Argument(help: "大厅的代号，例如 city-hall")
    var site: String

    @Option(name: .long, help: "写好规则的文件（JSON）；不写为只查看", completion: .file(extensions: ["json"]))
    var file: String?

    @OptionGroup var common: CommonOptions

    func run(in context: CommandContext) async throws {
        let (hall, site) = (try context.services(HallService.self), site)
        let act = try await context.act(common.account)
        if let file {
            guard let text = FileManager.default.contents(atPath: file) else {
                throw ValidationError("读不到文件 \(file)，请核对路径。")
            }
            let rules = try HallRules(json: try JSONParser.parse(Array(text)))
            try await hall.database.write { try hall.setRules(rules, of: site, by: act, in: $0) }
        }
        let known = try await hall.database.read { try hall.hall(site, in: $0) }
        try context.output.print(known.rules, known.rulesText)
    }
}

extension Hall {
    /// The rules as people read them.
    var rulesText: String {
        let classes = rules.classes.map { "\($0.ticketClass.chinese) \($0.prefix)（权重 \($0.weight)）" }
        let lines = windows.map { window in
            let scope = scope(of: window)
            let taken = TicketClass.allCases.filter(scope.classes.contains).map(\.chinese)
            let businesses = scope.businesses.map { $0.sorted().map(rules.title).joined(separator: "、") } ?? "全部业务"
            return "  \(window.key)　\(window.name)："
                + (taken.isEmpty ? "不叫号" : "\(taken.joined(separator: "、"))；\(businesses)")
        }
        return """
            \(site.name)
            号别：\(classes.joined(separator: "，"))
            最多等 \(rules.longestWait) 分钟；绿色通道最多连叫 \(rules.greenInARow) 个；叫 \(rules.callsBeforeMissed) 次不到记过号。
            业务：\(rules.businesses.map { "\($0.title)（\($0.key)）" }.joined(separator: "、"))
            \(lines.joined(separator: "\n"))
            """
    }
}

extension CommandOutput {
    /// Prints a ticket.
    func printTicket(_ sight: TicketSight) throws {
        let view = HallTicketView(sight, isForStaff: true)
        var text = "\(view.label)　\(view.ticketClass.chinese)　\(view.business)　\(view.state.chinese)"
        if !view.window.isEmpty { text += "　\(view.window)" }
        if let ahead = view.ahead { text += "　前面还有 \(ahead) 个" }
        text += "\n标识 \(view.id)"
        try print(view, text)
    }

    /// Prints text for people, or a view for scripts.
    func print(_ view: some SchemaType, _ text: String) throws {
        let json = try JSONParser.parse(view.json)
        print(text, json: json)
    }
}
