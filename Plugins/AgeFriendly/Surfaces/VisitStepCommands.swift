import ArgumentParser
import PluginKit

/// `yiciban age-friendly assign ID --to 登录名`
struct AssignVisit: KernelCommand {
    static let configuration = CommandConfiguration(commandName: "assign", abstract: "安排谁去，或者改派")

    @Argument(help: "预约的标识，见 age-friendly list")
    var id: String
    @Option(name: .long, help: "去的人的登录名")
    var to: String

    @OptionGroup var common: CommonOptions

    func run(in context: CommandContext) async throws {
        let register = try context.visits
        let (act, id) = (try await context.act(common.account), try Identifier(id))
        let visitor = try await register.identity.actor(
            ofAccount: try LoginName(to), terminal: .commandLine, at: act.now)
        guard let account = visitor.account else { throw Problem.notFound("账号“\(to)”") }
        let visit = try await register.database.write { try register.assign(id, to: account, by: act, in: $0) }
        try await context.print(visit, register, at: act.now, "已安排。")
    }
}

/// `yiciban age-friendly set-out ID`
struct SetOut: KernelCommand {
    static let configuration = CommandConfiguration(commandName: "set-out", abstract: "登记出发")

    @Argument(help: "预约的标识，见 age-friendly list")
    var id: String

    @OptionGroup var common: CommonOptions

    func run(in context: CommandContext) async throws {
        let register = try context.visits
        let (act, id) = (try await context.act(common.account), try Identifier(id))
        let visit = try await register.database.write { try register.setOut(id, by: act, in: $0) }
        try await context.print(visit, register, at: act.now, "已登记出发。")
    }
}

/// `yiciban age-friendly finish ID --result …`
struct FinishVisit: KernelCommand {
    static let configuration = CommandConfiguration(commandName: "finish", abstract: "登记办理结果")

    @Argument(help: "预约的标识，见 age-friendly list")
    var id: String
    @Option(name: .long, help: "办了什么、结果怎样")
    var result: String
    @Option(name: .long, help: "谁签的字，例如 本人签字")
    var signature = ""

    @OptionGroup var common: CommonOptions

    func run(in context: CommandContext) async throws {
        let register = try context.visits
        let (act, id, result, signature) = (
            try await context.act(common.account), try Identifier(id), result, signature
        )
        let visit = try await register.database.write {
            try register.finish(id, result: result, signature: signature, by: act, in: $0)
        }
        try await context.print(visit, register, at: act.now, "已登记结果。")
    }
}

/// `yiciban age-friendly cancel ID --reason …`
struct CancelVisit: KernelCommand {
    static let configuration = CommandConfiguration(commandName: "cancel", abstract: "取消一单预约，写明理由")

    @Argument(help: "预约的标识，见 age-friendly list")
    var id: String
    @Option(name: .long, help: "为什么取消；会告诉本人")
    var reason: String

    @OptionGroup var common: CommonOptions

    func run(in context: CommandContext) async throws {
        let register = try context.visits
        let (act, id, reason) = (try await context.act(common.account), try Identifier(id), reason)
        let visit = try await register.database.write { try register.cancel(id, reason: reason, by: act, in: $0) }
        try await context.print(visit, register, at: act.now, "已取消。")
    }
}
