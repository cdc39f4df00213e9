import ArgumentParser
import Extension
import Standards

/// `yiciban item figures`
struct ItemFigures: KernelCommand {
    static let configuration = CommandConfiguration(
        commandName: "figures", abstract: "目录的数字：各类型、五个办、网办深度、证照分离、可减环节、入单率、指南编制率")

    @Option(name: .long, help: "只算这个区划；不写为全部")
    var division: String?

    @OptionGroup var common: CommonOptions

    func run(in context: CommandContext) async throws {
        let act = try await context.act(common.account)
        let service = try context.services(InventoryService.self)
        let figures = try await service.figures(division: division, on: act.now.day)
        let coverage = try await service.coverage(division: division, on: act.now.day)
        context.output.print(
            "\(figures.text)\n\(coverage.text)", json: figures.json(with: coverage))
    }
}

/// `yiciban item same`
struct ItemDifferences: KernelCommand {
    static let configuration = CommandConfiguration(
        commandName: "same", abstract: "同要素管理：同一基本编码的事项，各地要素不一致的逐条列出")

    @Option(name: .long, help: "从这个基本编码之后接着列")
    var after: String?

    @OptionGroup var common: CommonOptions

    func run(in context: CommandContext) async throws {
        let act = try await context.act(common.account)
        let found = try await context.services(InventoryService.self).differences(on: act.now.day, after: after)
        context.output.print(
            found.isEmpty
                ? "各地的要素一致。"
                : found.map { difference in
                    (["\(difference.basicCode)　\(difference.element)"]
                        + difference.values.sorted { $0.key < $1.key }.map { "　　\($0.key)：\($0.value)" })
                        .joined(separator: "\n")
                }.joined(separator: "\n"),
            json: .array(
                found.map { difference in
                    [
                        "basic_code": .string(difference.basicCode), "element": .string(difference.element),
                        "values": .object(difference.values.mapValues(JSONValue.string)),
                    ]
                }))
    }
}

extension GuideCoverage {
    fileprivate var text: String {
        let rate = share.map { "，指南编制率 \(Int(($0 * 100).rounded(.down)))%" } ?? ""
        let shown = gaps.prefix(20).map { "  \($0.code)　\($0.title)（\($0.department)）：\($0.missing)" }
        let more = gaps.count > shown.count ? ["  ……共 \(gaps.count) 项，其余加 --json 查看"] : []
        let heading = gaps.isEmpty ? [] : ["要由承办单位补上的："]
        return (["清单内 \(listed) 项，指南齐全 \(complete) 项\(rate)"] + heading + shown + more).joined(separator: "\n")
    }
}

extension InventoryFigures {
    fileprivate var text: String {
        func line<Key: RawRepresentable>(_ title: String, _ counts: [Key: Int]) -> String where Key.RawValue == String {
            let parts = counts.sorted { $0.key.rawValue < $1.key.rawValue }.map { "\($0.key.rawValue) \($0.value)" }
            return "\(title)：\(parts.isEmpty ? "没有" : parts.joined(separator: "，"))"
        }
        let share = listedShare.map { "，入单率 \(Int(($0 * 100).rounded(.down)))%" } ?? ""
        return [
            "在用 \(items) 项，暂停 \(suspended) 项，已取消 \(cancelled) 项", line("事项类型", kinds), line("五个办", ways),
            line("网办深度", depths), line("证照分离", modes), "可减环节（盖章、审核、备案、确认、告知）共 \(reducibleSteps) 个",
            "行政许可 \(licences) 项，已列入清单 \(listed) 项\(share)",
        ].joined(separator: "\n")
    }

    fileprivate func json(with coverage: GuideCoverage) -> JSONValue {
        func counts<Key: RawRepresentable>(_ counts: [Key: Int]) -> JSONValue where Key.RawValue == String {
            .object(Dictionary(counts.map { ($0.key.rawValue, .integer(Int64($0.value))) }, uniquingKeysWith: { $1 }))
        }
        return [
            "items": .integer(Int64(items)), "suspended": .integer(Int64(suspended)),
            "cancelled": .integer(Int64(cancelled)), "kinds": counts(kinds), "ways": counts(ways),
            "online_depths": counts(depths), "reform_modes": counts(modes),
            "reducible_steps": .integer(Int64(reducibleSteps)), "licences": .integer(Int64(licences)),
            "listed": .integer(Int64(listed)), "in_lists": .integer(Int64(coverage.listed)),
            "guides": .integer(Int64(coverage.complete)),
            "gaps": .array(
                coverage.gaps.map {
                    [
                        "code": .string($0.code), "title": .string($0.title), "division": .string($0.division),
                        "department": .string($0.department), "missing": .string($0.missing),
                    ]
                }),
        ]
    }
}
