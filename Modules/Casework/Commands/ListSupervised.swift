import ArgumentParser
import Extension
import Standards

/// `yiciban case supervise --as ACCOUNT`
struct ListSupervised: KernelCommand {
    static let configuration = CommandConfiguration(
        commandName: "supervise", abstract: "督查：列出一个区划里某一状态的办件，先到期的在前",
        discussion: "只能查看；每次查看都记入审计日志。状态有：\(states.joined(separator: "、"))。")

    private static let states = CaseState.supervised.map { "\($0.rawValue)（\($0.chinese)）" }

    @Option(name: .long, help: "区划：本岗位的区划或其下级；不写为本岗位的区划")
    var division: String?

    @Option(name: .long, help: "办件状态", transform: Self.state)
    var state = CaseState.inProgress

    @OptionGroup var list: ListOptions
    @OptionGroup var common: CommonOptions

    func run(in context: CommandContext) async throws {
        let act = try await context.act(try requireAccount("督查人员"))
        let page = try await context.services(CaseworkService.self)
            .supervised(division: division, state: state, after: list.after, limit: list.limit, by: act)
        try context.output.print(page, none: "没有这一状态的办件。") { line in
            let left = line.daysLeft.map { $0 < 0 ? "　已超期 \(-$0) 个工作日" : "　还有 \($0) 个工作日" } ?? ""
            return "\(line.division)　\(line.number)　\(line.title)　\(line.state.chinese)"
                + (line.due.map { "　\($0.text)" } ?? "") + left
        }
    }

    private static func state(_ text: String) throws -> CaseState {
        guard let state = CaseState(rawValue: text), state != .draft else {
            throw ValidationError("没有“\(text)”这种状态，可以写：\(states.joined(separator: "、"))。")
        }
        return state
    }
}
