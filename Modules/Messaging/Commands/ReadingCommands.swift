import Standards
import ArgumentParser
import Extension
import Storage

/// `yiciban message list --as ACCOUNT`
struct ListMessages: KernelCommand {
    static let configuration = CommandConfiguration(
        commandName: "list", abstract: "列出一个人的消息，新的在前", discussion: "要用 --as 写明是谁；只列出，不算看过。")

    @Option(name: .long, help: "从哪一条往前，上一页末尾给出")
    var before: String?

    @Option(name: .long, help: "最多列几条")
    var limit = 20

    @OptionGroup var common: CommonOptions

    func validate() throws {
        if !(1...100).contains(limit) { throw ValidationError("--limit 应当是 1 到 100。") }
        if common.account == nil { throw ValidationError("请用 --as 写明是谁的消息，例如 --as lixiaomei。") }
    }

    func run(in context: CommandContext) async throws {
        let service = try context.services(MessagingService.self)
        let page = try await service.inbox(
            before: before, limit: limit, by: try await context.act(common.account))
        let lines = page.items.map { message in
            "\(message.id)　\(message.sentAt.chinaTime)　\(message.readAt == nil ? "未读" : "已读")　\(message.title)"
        }
        let more = page.next.map { ["更早的：--before \($0)"] } ?? []
        try context.output.print(page, lines.isEmpty ? "没有消息。" : (lines + more).joined(separator: "\n"))
    }
}

/// `yiciban message show ID`
struct ShowMessage: KernelCommand {
    static let configuration = CommandConfiguration(
        commandName: "show", abstract: "显示一条通知和它的送达情况", discussion: "本人打开，第一次打开的时间就是收到的证明；工作人员查看不算。")

    @Argument(help: "通知的系统编号")
    var id: String

    @OptionGroup var common: CommonOptions

    func run(in context: CommandContext) async throws {
        let service = try context.services(MessagingService.self)
        let act = try await context.act(common.account)
        let id = try Identifier(id)
        let view: MessageView
        if act.actor.kind == .person {
            view = try await service.open(id, by: act)
        } else {
            let found = try await service.notice(id, by: act)
            view = MessageView(found.notice, deliveries: found.deliveries)
        }
        try context.output.print(view, view.commandLine)
    }
}

extension MessageView {
    var commandLine: String {
        let read = readAt.map { "　\($0.chinaTime)打开" } ?? "　未读"
        let ways = deliveries.map { delivery in
            "\(delivery.id)　\(delivery.route.chinese)　\(delivery.state.chinese)"
                + [delivery.phone, delivery.reason, delivery.service].compactMap(\.self).map { "　\($0)" }.joined()
        }
        return
            (["\(title)", "\(sender)　\(sentAt.chinaTime)\(read)", ""] + paragraphs
            + (paperNumber.map { ["", "文书：\(paperTitle ?? "") \($0)"] } ?? []) + (ways.isEmpty ? [] : [""] + ways))
            .joined(separator: "\n")
    }
}

/// `yiciban message outbox`
struct ShowSandbox: KernelCommand {
    static let configuration = CommandConfiguration(
        commandName: "outbox", abstract: "查看短信演练发件箱，新的在前", discussion: "渠道是 sandbox 时，短信只到这里，不会真的发出。每次查看都记入审计日志。")

    @Option(name: .long, help: "从哪一条往前")
    var before: String?

    @Option(name: .long, help: "最多列几条")
    var limit = 20

    @OptionGroup var common: CommonOptions

    func validate() throws {
        if !(1...100).contains(limit) { throw ValidationError("--limit 应当是 1 到 100。") }
    }

    func run(in context: CommandContext) async throws {
        let service = try context.services(MessagingService.self)
        let page = try await service.sandboxMessages(
            before: before, limit: limit, by: try await context.act(common.account))
        let lines = page.items.map { "\($0.sentAt.chinaTime)　\($0.phone)　\($0.template)\n　　\($0.text)" }
        try context.output.print(page, lines.isEmpty ? "发件箱是空的。" : lines.joined(separator: "\n"))
    }
}
