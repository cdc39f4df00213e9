import ArgumentParser
import Extension
import Standards
import Storage

/// `yiciban item batches`
struct ListBatches: KernelCommand {
    static let configuration = CommandConfiguration(commandName: "batches", abstract: "列出目录调整")

    @Flag(name: .long, help: "连同已发布和已作废的")
    var all = false

    @OptionGroup var common: CommonOptions

    func run(in context: CommandContext) async throws {
        let states = ItemBatch.State.allCases.filter { all || ![.published, .discarded].contains($0) }
        let found = try await context.services(InventoryService.self).batches(in: states)
        context.output.print(
            found.isEmpty
                ? "没有在办的目录调整。" : found.map { "\($0.id)　\($0.state.chinese)　\($0.title)" }.joined(separator: "\n"),
            json: .array(found.map(\.json)))
    }
}

/// `yiciban item batch ID`
struct ShowBatch: KernelCommand {
    static let configuration = CommandConfiguration(
        commandName: "batch", abstract: "查看一次目录调整：内容、还缺的要素、审核经过")

    @Argument(help: "目录调整的编号")
    var id: String

    @Option(name: .long, help: "上一页给出的 next，从那里接着列")
    var after: String?

    @Option(name: .long, help: "每页列几项变化")
    var limit = 20

    @OptionGroup var common: CommonOptions

    func run(in context: CommandContext) async throws {
        let service = try context.services(InventoryService.self)
        let batch = try await service.batch(try Identifier(id))
        let counts = try await service.counts(of: batch.id)
        let page = try await service.changes(of: batch.id, after: after, limit: limit)
        let steps = try await service.steps(of: batch.id)
        let kinds = ItemChangeKind.allCases.compactMap { kind in
            counts.kinds[kind].map { "\(kind.chinese) \($0)" }
        }
        let lines =
            ["\(batch.title)　\(batch.state.chinese)　\(kinds.joined(separator: "，"))"]
            + (batch.basis.map { ["依据：\($0)"] } ?? []) + (batch.effectiveFrom.map { ["生效：\($0.text)"] } ?? [])
            + (counts.incomplete > 0 ? ["要素不全 \(counts.incomplete) 项"] : [])
            + page.changes.map {
                "　\($0.kind.chinese)　\($0.code)　\($0.item.title)" + ($0.gaps.isEmpty ? "" : "　缺：\($0.gaps)")
            } + (page.next.map { ["　下一页：--after \($0)"] } ?? [])
            + steps.map { "\($0.at.chinaTime)　\($0.action.chinese)　\($0.name)　\($0.opinion)" }
        context.output.print(
            lines.joined(separator: "\n"),
            json: [
                "batch": batch.json, "incomplete": .integer(Int64(counts.incomplete)),
                "counts": .object(
                    Dictionary(uniqueKeysWithValues: counts.kinds.map { ($0.rawValue, .integer(Int64($1))) })),
                "changes": .array(
                    page.changes.map {
                        [
                            "code": .string($0.code), "kind": .string($0.kind.rawValue),
                            "title": .string($0.item.title), "gaps": .string($0.gaps),
                        ]
                    }), "next": page.next.map(JSONValue.string) ?? .null,
                "steps": .array(
                    steps.map {
                        [
                            "action": .string($0.action.rawValue), "name": .string($0.name),
                            "at": .string($0.at.iso8601), "opinion": .string($0.opinion),
                        ]
                    }),
            ])
    }
}

/// `yiciban item submit ID`
struct SubmitBatch: KernelCommand {
    static let configuration = CommandConfiguration(commandName: "submit", abstract: "把一次目录调整送审")

    @Argument(help: "目录调整的编号")
    var id: String

    @Option(name: .long, help: "从哪一天起生效；不写为今天", transform: ItemWords.day)
    var effective: LegalDay?

    @OptionGroup var common: CommonOptions

    func run(in context: CommandContext) async throws {
        try await context.move(id, .submit, effectiveFrom: effective, as: common.account)
    }
}

/// `yiciban item pass ID`
struct PassBatch: KernelCommand {
    static let configuration = CommandConfiguration(
        commandName: "pass", abstract: "通过：部门审核、合法性审核或批准，看它正处在哪一步",
        discussion: "送审、部门审核、合法性审核、批准须由不同的人办理。批准后自动发布。")

    @Argument(help: "目录调整的编号")
    var id: String

    @Option(name: .long, help: "审核意见")
    var opinion = "同意"

    @OptionGroup var common: CommonOptions

    func run(in context: CommandContext) async throws {
        // Four hands are four persons; the terminal alone is nobody's.
        guard common.account != nil else { throw ValidationError("请用 --as 写明审核人员的账号。") }
        try await context.move(id, .pass, opinion: opinion, as: common.account)
    }
}

/// `yiciban item return ID`
struct ReturnBatch: KernelCommand {
    static let configuration = CommandConfiguration(commandName: "return", abstract: "退回给编制的人修改")

    @Argument(help: "目录调整的编号")
    var id: String

    @Option(name: .long, help: "退回的意见")
    var opinion: String

    @OptionGroup var common: CommonOptions

    func run(in context: CommandContext) async throws {
        try await context.move(id, .sendBack, opinion: opinion, as: common.account)
    }
}

/// `yiciban item discard ID`
struct DiscardBatch: KernelCommand {
    static let configuration = CommandConfiguration(commandName: "discard", abstract: "作废一次还没有送审的目录调整")

    @Argument(help: "目录调整的编号")
    var id: String

    @Flag(name: .long, help: "确认作废")
    var yes = false

    @OptionGroup var common: CommonOptions

    func run(in context: CommandContext) async throws {
        guard yes else { throw ValidationError("作废后不能恢复。确认作废，请加上 --yes。") }
        try await context.move(id, .discard, as: common.account)
    }
}

/// `yiciban item publish ID`
struct PublishBatch: KernelCommand {
    static let configuration = CommandConfiguration(
        commandName: "publish", abstract: "发布上级已经批准的清单；也用来接着做完中断的发布")

    @Argument(help: "目录调整的编号")
    var id: String

    @Option(name: .long, help: "上级批准的文件名称和文号")
    var basis: String?

    @Option(name: .long, help: "从哪一天起生效；不写为今天", transform: ItemWords.day)
    var effective: LegalDay?

    @OptionGroup var common: CommonOptions

    func run(in context: CommandContext) async throws {
        let service = try context.services(InventoryService.self)
        let batch = try await service.batch(try Identifier(id))
        if batch.state == .publishing { return try await context.finish(batch, isResumed: true, as: common.account) }
        try await context.move(id, .adopt, effectiveFrom: effective, basis: basis, as: common.account)
    }
}

/// `yiciban item suspend CODE… --basis …`
struct SuspendItems: KernelCommand {
    static let configuration = CommandConfiguration(commandName: "suspend", abstract: "提出暂停实施某些事项")

    @Argument(help: "实施编码，可写多个")
    var codes: [String]

    @Option(name: .long, help: "依据的文件名称和文号")
    var basis: String

    @OptionGroup var common: CommonOptions

    func run(in context: CommandContext) async throws {
        try await context.propose(.suspend, codes, basis: basis, as: common.account)
    }
}

/// `yiciban item cancel CODE… --basis …`
struct CancelItems: KernelCommand {
    static let configuration = CommandConfiguration(commandName: "cancel", abstract: "提出取消某些事项")

    @Argument(help: "实施编码，可写多个")
    var codes: [String]

    @Option(name: .long, help: "依据的文件名称和文号")
    var basis: String

    @OptionGroup var common: CommonOptions

    func run(in context: CommandContext) async throws {
        try await context.propose(.cancel, codes, basis: basis, as: common.account)
    }
}

extension CommandContext {
    /// Moves a batch and tells where it stands; an approved one is published at once.
    fileprivate func move(
        _ id: String, _ action: ItemBatch.Action, effectiveFrom: LegalDay? = nil, opinion: String = "",
        basis: String? = nil, as account: String?
    ) async throws {
        let service = try services(InventoryService.self)
        let batch = try await service.move(
            try Identifier(id), action, effectiveFrom: effectiveFrom, opinion: opinion, basis: basis,
            by: try await act(account))
        if batch.state == .publishing { return try await finish(batch, as: account) }
        output.print("“\(batch.title)”现在：\(batch.state.chinese)。", json: batch.json)
    }

    fileprivate func finish(_ batch: ItemBatch, isResumed: Bool = false, as account: String?) async throws {
        let service = try services(InventoryService.self)
        let count = try await service.publish(batch.id, by: try await act(account)) { [output] count in
            if !output.isJSON, count.isMultiple(of: 1000) {
                output.print("\(isResumed ? "接着上次，又" : "已")发布 \(count) 项…", json: nil)
            }
        }
        let batch = try await service.batch(batch.id)
        output.print(
            (isResumed ? "接着上次发布了其余 \(count) 项，“\(batch.title)”已全部发布" : "“\(batch.title)”已发布 \(count) 项")
                + (batch.effectiveFrom.map { "，\($0.text) 起生效" } ?? "") + "。", json: batch.json)
    }

    fileprivate func propose(
        _ kind: ItemChangeKind, _ codes: [String], basis: String, as account: String?
    ) async throws {
        guard !basis.allSatisfy(\.isWhitespace) else {
            throw ValidationError("请用 --basis 写明依据的文件名称和文号，例如 --basis \"湘政办发〔2026〕1号\"。")
        }
        let service = try services(InventoryService.self)
        let act = try await act(account)
        let codes = codes.reduce(into: [String]()) { if !$0.contains($1) { $0.append($1) } }
        let batch = try await service.openBatch(title: "\(kind.chinese) \(codes.count) 项", basis: basis, by: act)
        do {
            if kind == .suspend {
                try await service.suspend(codes, in: batch.id, by: act)
            } else {
                try await service.cancel(codes, in: batch.id, by: act)
            }
        } catch {
            // What was refused leaves no empty batch among those under way.
            _ = try await service.move(batch.id, .discard, by: act)
            throw error
        }
        output.print("已形成目录调整 \(batch.id)。下一步：yiciban item submit \(batch.id)", json: batch.json)
    }
}

extension ItemBatch {
    var json: JSONValue {
        [
            "id": .string(id.text), "title": .string(title), "state": .string(state.rawValue),
            "basis": basis.map(JSONValue.string) ?? .null,
            "effective_from": effectiveFrom.map { .string($0.text) } ?? .null,
            "digest": digest.map(JSONValue.string) ?? .null,
        ]
    }
}
