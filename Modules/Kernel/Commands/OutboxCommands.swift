import ArgumentParser
import PluginKit

/// `yiciban outbox list`
struct OutboxList: KernelCommand {
    static let configuration = CommandConfiguration(commandName: "list", abstract: "列出等待投递和已搁置的事件")

    @Flag(name: .long, help: "只列出多次失败后搁置的")
    var parked = false

    @Option(name: .long, help: "最多列出多少条")
    var limit = 100

    @OptionGroup public var common: CommonOptions

    func run(in context: CommandContext) async throws {
        let tools = try context.services(KernelTools.self)
        let items = try await tools.outbox.list(state: parked ? .parked : nil, limit: max(1, min(limit, 10_000)))
        context.output.print(
            items.isEmpty
                ? "没有\(parked ? "搁置" : "待投递")的事件。"
                : items.map { item in
                    "\(item.id)  \(item.state.title)  \(item.event) → \(item.subscriber)  已试 \(item.attempts) 次"
                        + (item.error.map { "\n    \($0)" } ?? "")
                }.joined(separator: "\n"),
            json: .array(
                items.map { item in
                    [
                        "id": .string(item.id.text), "state": .string(item.state.rawValue),
                        "event": .string(item.event), "subscriber": .string(item.subscriber),
                        "attempts": .integer(Int64(item.attempts)), "at": .string(item.at.iso8601),
                        "next_at": .string(item.nextAt.iso8601), "error": item.error.map(JSONValue.string) ?? .null,
                    ]
                }))
    }
}

extension OutboxItem.State {
    var title: String {
        switch self {
        case .waiting: "等待"
        case .leased: "投递中"
        case .parked: "搁置"
        }
    }
}

/// `yiciban outbox retry <id>`
struct OutboxRetry: KernelCommand {
    static let configuration = CommandConfiguration(commandName: "retry", abstract: "立即重试一条投递，失败次数重新计起")

    @Argument(help: "投递的编号，见 outbox list")
    var id: String

    @OptionGroup public var common: CommonOptions

    func run(in context: CommandContext) async throws {
        let tools = try context.services(KernelTools.self)
        guard try await tools.outbox.retry(try Identifier(id), at: tools.foundation.clock.now()) else {
            throw OutboxDrop.notFound(id)
        }
        context.output.print("已安排重试 \(id)。", json: ["id": .string(id), "retried": true])
    }
}

/// `yiciban outbox drop <id> --yes`
struct OutboxDrop: KernelCommand {
    static let configuration = CommandConfiguration(
        commandName: "drop", abstract: "放弃一条投递，让同一事项后面的事件继续")

    @Argument(help: "投递的编号，见 outbox list")
    var id: String

    @Flag(name: .long, help: "确认放弃；放弃后不能恢复")
    var yes = false

    @OptionGroup public var common: CommonOptions

    func run(in context: CommandContext) async throws {
        guard yes else { throw ValidationError("放弃后不能恢复。确定要放弃 \(id)，请加上 --yes。") }
        let tools = try context.services(KernelTools.self)
        guard try await tools.outbox.drop(try Identifier(id)) else { throw Self.notFound(id) }
        context.output.print("已放弃 \(id)。", json: ["id": .string(id), "dropped": true])
    }

    static func notFound(_ id: String) -> Problem {
        Problem(404, "outbox.not_found", "没有这条投递", "没有编号为 \(id) 的投递，或它正在投递中。请用 yiciban outbox list 核对。")
    }
}
