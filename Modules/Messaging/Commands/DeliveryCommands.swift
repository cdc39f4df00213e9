public import ArgumentParser
import Extension
import Foundation
import Standards
import Storage

extension Delivery.State: ExpressibleByArgument {}
extension NoticeService.Way: ExpressibleByArgument {}

/// `yiciban message deliveries`
struct ListDeliveries: KernelCommand {
    static let configuration = CommandConfiguration(
        commandName: "deliveries", abstract: "列出一种状态的送达，先产生的在前",
        discussion: "状态：\(Delivery.State.listed.map { "\($0.rawValue)（\($0.chinese)）" }.joined(separator: "、"))。")

    @Option(name: .long, help: "状态")
    var state = Delivery.State.toPrint

    @Option(name: .long, help: "区划；不写为本岗位的区划")
    var division: String?

    @Option(name: .long, help: "从哪一条往后，上一页末尾给出")
    var after: String?

    @Option(name: .long, help: "最多列几条")
    var limit = 20

    @OptionGroup var common: CommonOptions

    func validate() throws {
        if !(1...100).contains(limit) { throw ValidationError("--limit 应当是 1 到 100。") }
        if !Delivery.State.listed.contains(state) {
            throw ValidationError("--state 可以写：\(Delivery.State.listed.map(\.rawValue).joined(separator: "、"))。")
        }
    }

    func run(in context: CommandContext) async throws {
        let service = try context.services(MessagingService.self)
        let page = try await service.deliveries(
            state, division: division, after: after, limit: limit, by: try await context.act(common.account))
        let lines = page.items.map { item in
            [item.id, item.createdAt.day.text, item.route.chinese, item.title, item.name, item.number, item.reason]
                .compactMap(\.self).joined(separator: "　") + (item.isLate ? "　已拖延" : "")
        }
        let more = page.next.map { ["下一页：--after \($0)"] } ?? []
        try context.output.print(page, lines.isEmpty ? "没有这一状态的送达。" : (lines + more).joined(separator: "\n"))
    }
}

/// Which delivery.
struct DeliveryTarget: ParsableArguments {
    @Argument(help: "送达的系统编号，见 message deliveries")
    var id: String

    func identifier() throws -> Identifier { try Identifier(id) }
}

/// One step, run in one transaction.
typealias DeliveryChange = @Sendable (Transaction) throws -> Delivery

/// A command that takes one delivery one step further.
protocol DeliveryStep: KernelCommand {
    var target: DeliveryTarget { get }
    func step(_ id: Identifier, _ service: MessagingService, _ act: Act) throws -> DeliveryChange
}

extension DeliveryStep {
    func run(in context: CommandContext) async throws {
        let service = try context.services(MessagingService.self)
        let act = try await context.act(common.account)
        let step = try step(try target.identifier(), service, act)
        let delivery = try await service.database.write { try step($0) }
        try context.output.print(
            DeliverySummary(delivery), "\(delivery.id)　\(delivery.route.chinese)　\(delivery.state.chinese)")
    }
}

/// `yiciban message print ID --to FILE`
struct PrintDelivery: KernelCommand {
    static let configuration = CommandConfiguration(commandName: "print", abstract: "把要打印的纸质通知存成 PDF")

    @OptionGroup var target: DeliveryTarget

    @Option(name: .long, help: "存到哪个文件", completion: .file(extensions: ["pdf"]))
    var to: String

    @Flag(name: .long, help: "只要写着收件人地址的信封页")
    var cover = false

    @OptionGroup var common: CommonOptions

    func run(in context: CommandContext) async throws {
        let service = try context.services(MessagingService.self)
        let act = try await context.act(common.account)
        let id = try target.identifier()
        let file = cover ? try await service.cover(id, by: act) : try await service.print(id, by: act)
        do {
            try Data(file.bytes).write(to: URL(fileURLWithPath: to), options: .atomic)
        } catch {
            throw ValidationError("写不了 \(to)。请检查目录是否存在、有没有写入权限。")
        }
        context.output.print("\(file.name)已存到 \(to)。", json: .object(["file": .string(to)]))
    }
}

/// `yiciban message post ID --tracking NUMBER`
struct PostDelivery: DeliveryStep {
    static let configuration = CommandConfiguration(commandName: "post", abstract: "登记一份纸质通知已寄出")

    @OptionGroup var target: DeliveryTarget

    @Option(name: .long, help: "邮件号码")
    var tracking: String

    @OptionGroup var common: CommonOptions

    func step(_ id: Identifier, _ service: MessagingService, _ act: Act) throws -> DeliveryChange {
        { [tracking] in try service.recordPosting(id, tracking: tracking, by: act, in: $0) }
    }
}

/// `yiciban message serve ID --way WAY --recipient NAME`
struct ServeDelivery: DeliveryStep {
    static let configuration = CommandConfiguration(commandName: "serve", abstract: "登记一份纸质通知怎样送达")

    @OptionGroup var target: DeliveryTarget

    @Option(
        name: .long,
        help: "送达方式：\(NoticeService.Way.allCases.map { "\($0.rawValue) \($0.chinese)" }.joined(separator: "；"))")
    var way: NoticeService.Way

    @Option(name: .long, help: "由谁收件；代收的，写代收人的姓名和与本人的关系")
    var recipient: String

    @Option(name: .long, help: "哪一天收到，例如 2026-11-26；不写就是今天")
    var day: String?

    @Option(name: .long, help: "邮件号码，邮寄送达必填")
    var tracking: String?

    @OptionGroup var common: CommonOptions

    func step(_ id: Identifier, _ service: MessagingService, _ act: Act) throws -> DeliveryChange {
        let day = try day.map { try LegalDay($0) } ?? act.now.day
        let served = NoticeService(way: way, recipient: recipient, day: day, tracking: tracking)
        return { try service.recordService(id, served, by: act, in: $0) }
    }
}

/// `yiciban message return ID`
struct ReturnDelivery: DeliveryStep {
    static let configuration = CommandConfiguration(
        commandName: "return", abstract: "登记寄出的通知被退回", discussion: "随后改用别的方式；没有别的方式的，列入“未能送达”。")

    @OptionGroup var target: DeliveryTarget
    @OptionGroup var common: CommonOptions

    func step(_ id: Identifier, _ service: MessagingService, _ act: Act) throws -> DeliveryChange {
        { try service.recordReturn(id, by: act, in: $0) }
    }
}

/// `yiciban message resolve ID --note TEXT`
struct ResolveDelivery: DeliveryStep {
    static let configuration = CommandConfiguration(commandName: "resolve", abstract: "登记一条未能送达的通知怎样处理了")

    @OptionGroup var target: DeliveryTarget

    @Option(name: .long, help: "怎样告知了本人，例如 12月1日电话告知")
    var note: String

    @OptionGroup var common: CommonOptions

    func step(_ id: Identifier, _ service: MessagingService, _ act: Act) throws -> DeliveryChange {
        { [note] in try service.resolve(id, note: note, by: act, in: $0) }
    }
}

/// `yiciban message resend ID`
struct ResendMessage: DeliveryStep {
    static let configuration = CommandConfiguration(
        commandName: "resend", abstract: "按现在的联系方式，重新发送没有成功或未能送达的通知")

    @OptionGroup var target: DeliveryTarget
    @OptionGroup var common: CommonOptions

    func step(_ id: Identifier, _ service: MessagingService, _ act: Act) throws -> DeliveryChange {
        { try service.resend(id, by: act, in: $0) }
    }
}

/// `yiciban message send`
struct SendMessages: KernelCommand {
    static let configuration = CommandConfiguration(
        commandName: "send", abstract: "马上发送到时间的短信", discussion: "服务运行时每两秒自动发送，一般不用执行。夜间和超过号码限额的仍然要等。")

    @OptionGroup var common: CommonOptions

    func run(in context: CommandContext) async throws {
        let service = try context.services(MessagingService.self)
        var total = 0
        while true {
            let count = try await service.sendDue(by: try await context.act(common.account))
            if count == 0 { break }
            total += count
        }
        context.output.print("试发了 \(total) 条。", json: .object(["attempted": .integer(Int64(total))]))
    }
}
