import ArgumentParser
import Extension
import Standards

/// Which items a command is about.
struct ItemFilterOptions: ParsableArguments {
    @Option(name: .long, help: "只看这个区划的事项")
    var division: String?

    @Option(name: .long, help: "只看这个部门的事项，例如 公安")
    var department: String?

    @Option(name: .long, help: "只看这一类型的事项，例如 行政许可", transform: ItemWords.kind)
    var kind: CatalogueItem.Kind?

    @Option(name: .long, help: "看哪一天有效的事项，例如 2026-12-01；不写为今天", transform: ItemWords.day)
    var on: LegalDay?

    func filter(standing: ItemStanding? = .inForce) -> ItemFilter {
        ItemFilter(division: division, department: department, kind: kind, standing: standing)
    }
}

/// Words on the command line, read with the remedy in the error.
enum ItemWords {
    @Sendable static func kind(_ text: String) throws -> CatalogueItem.Kind {
        guard let kind = CatalogueItem.Kind(rawValue: text) else {
            let all = CatalogueItem.Kind.allCases.map(\.rawValue).joined(separator: "、")
            throw ValidationError("没有“\(text)”这种事项类型，可以写：\(all)。")
        }
        return kind
    }

    @Sendable static func day(_ text: String) throws -> LegalDay {
        do {
            return try LegalDay(text)
        } catch {
            throw ValidationError("“\(text)”不是日期，请写成 2026-12-01 这样。")
        }
    }
}

/// `yiciban item list`
struct ListItems: KernelCommand {
    static let configuration = CommandConfiguration(commandName: "list", abstract: "列出事项")

    @OptionGroup var filter: ItemFilterOptions

    @Flag(name: .long, help: "连同暂停和已取消的事项")
    var all = false

    @Option(name: .long, help: "上一页给出的 next，从那里接着列")
    var after: String?

    @Option(name: .long, help: "每页条数")
    var limit = 20

    @OptionGroup var common: CommonOptions

    func validate() throws {
        if !(1...500).contains(limit) { throw ValidationError("--limit 应在 1 到 500 之间。") }
    }

    func run(in context: CommandContext) async throws {
        let act = try await context.act(common.account)
        let page = try await context.services(InventoryService.self).items(
            filter.filter(standing: all ? nil : .inForce), on: filter.on ?? act.now.day, after: after, limit: limit)
        context.output.print(
            page.items.isEmpty
                ? "没有符合条件的事项。"
                : page.items.map(\.line).joined(separator: "\n") + (page.next.map { "\n下一页：--after \($0)" } ?? ""),
            json: [
                "items": .array(page.items.map(\.summary)), "next": page.next.map(JSONValue.string) ?? .null,
            ])
    }
}

/// `yiciban item search WORDS`
struct SearchItems: KernelCommand {
    static let configuration = CommandConfiguration(commandName: "search", abstract: "按名称查找事项")

    @Argument(help: "要找的词，例如 食品经营")
    var words: String

    @OptionGroup var common: CommonOptions

    func run(in context: CommandContext) async throws {
        let act = try await context.act(common.account)
        let found = try await context.services(InventoryService.self).search(words, on: act.now.day)
        context.output.print(
            found.isEmpty ? "没有找到“\(words)”。" : found.map(\.line).joined(separator: "\n"),
            json: .array(found.map(\.summary)))
    }
}

/// `yiciban item show CODE`
struct ShowItem: KernelCommand {
    static let configuration = CommandConfiguration(commandName: "show", abstract: "查看一个事项的全部要素和各个版本")

    @Argument(help: "实施编码")
    var code: String

    @Option(name: .long, help: "看哪一天有效的版本；不写为今天", transform: ItemWords.day)
    var on: LegalDay?

    @OptionGroup var common: CommonOptions

    func run(in context: CommandContext) async throws {
        let act = try await context.act(common.account)
        let service = try context.services(InventoryService.self)
        let versions = try await service.versions(of: code)
        let day = on ?? act.now.day
        let item = try await service.item(code, on: day)
        let json = try JSONParser.parse(item.item.json)
        context.output.print(
            (["第 \(item.version) 版　\(item.standing.chinese)　\(item.period)"]
                + ItemColumn.all.compactMap { column in
                    let text = column.write(item.item)
                    return text.isEmpty ? nil : "\(column.title)：\(text.replacing("\n", with: "\n　　"))"
                } + ["各版本："]
                + versions.map { "　第 \($0.version) 版　\($0.standing.chinese)　\($0.period)　\($0.hash.prefix(12))" })
                .joined(separator: "\n"),
            json: [
                "item": json, "version": .integer(Int64(item.version)),
                "standing": .string(item.standing.rawValue), "hash": .string(item.hash),
                "versions": .array(versions.map(\.summary)),
            ])
    }
}

extension PublishedItem {
    /// From which day to which it holds.
    var period: String {
        "\(effectiveFrom.text) 起" + (effectiveUntil.map { "，\($0.text) 止（不含）" } ?? "")
    }

    fileprivate var line: String {
        "\(item.code)　\(item.title)　\(item.kind.rawValue)　\(item.organ)"
            + (standing == .inForce ? "" : "　\(standing.chinese)")
    }

    fileprivate var summary: JSONValue {
        [
            "code": .string(item.code), "title": .string(item.title), "kind": .string(item.kind.rawValue),
            "department": .string(item.department), "organ": .string(item.organ), "division": .string(division),
            "version": .integer(Int64(version)), "standing": .string(standing.rawValue),
            "effective_from": .string(effectiveFrom.text), "hash": .string(hash),
        ]
    }
}
