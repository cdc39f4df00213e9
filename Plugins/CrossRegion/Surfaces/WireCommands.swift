import ArgumentParser
import PluginKit

/// `yiciban cross-region resend`
struct ResendMessages: KernelCommand {
    static let configuration = CommandConfiguration(
        commandName: "resend", abstract: "马上重发还没有回执的报文；对方已收过的不会重复生效")

    @OptionGroup var common: CommonOptions

    func run(in context: CommandContext) async throws {
        let service = try context.crossRegion()
        let act = try await context.manager(common)
        let done = try await service.sendOpen(before: act.now, by: act)
        let obstacles = done.obstacles.sorted { $0.key < $1.key }
        let text = ["有回执的：\(done.settled) 份。"] + obstacles.map { "\($0.key)：\($0.value)" }
        context.output.print(
            text.joined(separator: "\n"),
            json: [
                "settled": .integer(Int64(done.settled)),
                "obstacles": .object(done.obstacles.mapValues(JSONValue.string)),
            ])
        if !obstacles.isEmpty { throw ExitCode(1) }
    }
}

/// `yiciban cross-region incidents`
struct ListIncidents: KernelCommand {
    static let configuration = CommandConfiguration(
        commandName: "incidents", abstract: "往来中的异常：签名不对、协议里没有、没有轮到它决定，等等")

    @Option(name: .long, help: "最近多少天")
    var days = 30

    @OptionGroup var common: CommonOptions

    func run(in context: CommandContext) async throws {
        let service = try context.crossRegion()
        let since = try await context.manager(common).now.day.adding(days: -max(0, days))
        let found = try await service.database.read { try service.incidents.list(since: since, limit: 500, in: $0) }
        let lines = found.map { "\($0.day.text)　\($0.partner)　\($0.code)　\($0.times) 次　\($0.detail)" }
        context.output.print(
            lines.isEmpty ? "没有异常。" : lines.joined(separator: "\n"),
            json: .array(
                found.map {
                    [
                        "day": .string($0.day.text), "partner": .string($0.partner), "code": .string($0.code),
                        "times": .integer(Int64($0.times)), "detail": .string($0.detail),
                        "last_at": .string($0.lastAt.iso8601),
                    ]
                }))
    }
}

/// `yiciban cross-region reconcile`
struct ReconcileCases: KernelCommand {
    static let configuration = CommandConfiguration(
        commandName: "reconcile", abstract: "和合作地区对账：每个办件的每份报文，两边是否一样")

    @Argument(help: "合作地区的代码；不写就和所有地区对账")
    var partner: String?

    @OptionGroup var common: CommonOptions

    func run(in context: CommandContext) async throws {
        let service = try context.crossRegion()
        let act = try await context.manager(common)
        let all = try await service.database.read { try service.partners.partners(in: $0).map(\.code) }
        var (texts, values, isSound): ([String], [JSONValue], Bool) = ([], [], true)
        for code in partner.map({ [$0] }) ?? all {
            do {
                let found = try await service.reconcile(with: code, by: act)
                isSound = isSound && found.isSound
                texts.append(text(of: found, with: code))
                values.append(json(of: found, with: code))
            } catch let failure as NotThrough {
                isSound = false
                texts.append("\(code)：没有对成账。\(failure.description)")
                values.append(["partner": .string(code), "sound": false, "failure": .string(failure.description)])
            }
        }
        context.output.print(
            texts.isEmpty ? "还没有登记合作地区。" : texts.joined(separator: "\n"), json: .array(values))
        if !isSound { throw ExitCode(1) }
    }

    private func text(of found: CrossRegionService.Comparison, with code: String) -> String {
        let summary = "\(code)：核对了 \(found.cases) 个办件、\(found.messages) 份报文"
        if found.differences.isEmpty { return "\(summary)，两边一致。" }
        let lines = found.differences.map { "  \($0.caseID)　\($0.text)\($0.isUnderWay ? "（在途）" : "")" }
        return (["\(summary)，\(found.isSound ? "只有在途的" : "有不一致")："] + lines).joined(separator: "\n")
    }

    private func json(of found: CrossRegionService.Comparison, with code: String) -> JSONValue {
        [
            "partner": .string(code), "sound": .bool(found.isSound), "cases": .integer(Int64(found.cases)),
            "messages": .integer(Int64(found.messages)),
            "differences": .array(
                found.differences.map {
                    [
                        "case": .string($0.caseID), "message": .string($0.message), "text": .string($0.text),
                        "under_way": .bool($0.isUnderWay),
                    ]
                }),
        ]
    }
}

/// `yiciban cross-region figures`
struct ShowFigures: KernelCommand {
    static let configuration = CommandConfiguration(
        commandName: "figures", abstract: "三类通办事项数和目标，替申请人少跑的趟数")

    @OptionGroup var common: CommonOptions

    func run(in context: CommandContext) async throws {
        let service = try context.crossRegion()
        let list = try await service.figures(by: try await context.act(common.account))
        let lines = list.scopes.map {
            "\($0.scope.rawValue)：\($0.items) 项（目标 \($0.target) 项），已办 \($0.cases) 件，少跑 \($0.visits) 趟"
        }
        context.output.print(lines.joined(separator: "\n"), json: list.value)
    }
}

extension CommandContext {
    /// The act of who may look after partners and messages.
    fileprivate func manager(_ common: CommonOptions) async throws -> Act {
        let act = try await act(common.account)
        guard act.actor.holds(ItemLists.manage) else { throw Problem.forbidden }
        return act
    }
}
