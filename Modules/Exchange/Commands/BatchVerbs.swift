import ArgumentParser
import Extension

/// `yiciban exchange batches`
struct ListExchangeBatches: KernelCommand {
    static let configuration = CommandConfiguration(commandName: "batches", abstract: "列出交换批次，新的在前")

    @Option(name: .long, help: "最多列多少个")
    var limit = 50

    @OptionGroup var common: CommonOptions

    func run(in context: CommandContext) async throws {
        let service = try context.services(ExchangeService.self)
        let batches = try await service.batches(
            limit: max(1, min(limit, 1_000)), by: try await context.act(common.account))
        context.output.print(
            batches.isEmpty ? "还没有导出过。" : batches.map(Self.line).joined(separator: "\n"),
            json: .array(batches.map(\.json)))
    }

    private static func line(_ batch: ExchangeBatch) -> String {
        let state = batch.completedAt == nil ? "没有做完" : batch.isKept ? "\(batch.rows) 行" : "\(batch.rows) 行（内容已清除）"
        return "\(batch.number)　\(batch.periodText)　\(state)" + (batch.faults > 0 ? "　\(batch.faults) 处没有通过校验" : "")
    }
}

/// `yiciban exchange show BATCH`
struct ShowExchangeBatch: KernelCommand {
    static let configuration = CommandConfiguration(commandName: "show", abstract: "查看一个批次和它的校验结果")

    @Argument(help: "批次号，见 exchange batches")
    var batch: String

    @OptionGroup var common: CommonOptions

    func run(in context: CommandContext) async throws {
        let service = try context.services(ExchangeService.self)
        let act = try await context.act(common.account)
        let found = try await service.batch(batch, by: act)
        let findings = try await service.findings(of: batch, limit: 1_000, by: act)
        let head = "批次 \(found.number)（\(found.periodText)），共 \(found.rows) 行。"
        let faults = found.faults == 0 ? ["全部通过校验。"] : ["有 \(found.faults) 处没有通过校验："]
        context.output.print(
            ([head] + ExchangeText.counts(found) + faults
                + ExchangeText.findings(findings, of: found.faults)).joined(separator: "\n"),
            json: ["batch": found.json, "findings": .array(findings.map(\.json))])
    }
}

/// `yiciban exchange save BATCH --output DIR`
struct SaveExchangeBatch: KernelCommand {
    static let configuration = CommandConfiguration(commandName: "save", abstract: "把一个批次再写成文件")

    @Argument(help: "批次号，见 exchange batches")
    var batch: String

    @Option(name: .long, help: "写到哪个目录，或以 .zip 结尾的一个文件", completion: .directory)
    var output: String

    @Option(name: .long, help: "文件格式：csv 或 json")
    var format = ExchangeFormat.csv

    @OptionGroup var common: CommonOptions

    func run(in context: CommandContext) async throws {
        let service = try context.services(ExchangeService.self)
        let files = try await service.save(
            batch, to: output, format: format, by: try await context.act(common.account))
        context.output.print(
            (["批次 \(batch) 已写到 \(files.path)。"] + files.rows.map { "  \($0.name)　\($0.count) 行" })
                .joined(separator: "\n"),
            json: ["batch": files.batch.json, "output": .string(files.path)])
    }
}

/// `yiciban exchange check PATH`
struct CheckExchange: KernelCommand {
    static let configuration = CommandConfiguration(
        commandName: "check", abstract: "校验交换文件，不论由谁写成",
        discussion: "一个目录里的各表会互相核对：受理不晚于办结，特别程序在办理期间内，等等。")

    @Argument(help: "以表名命名的文件（例如 up_pro_accept.csv），或装着这些文件的目录")
    var path: String

    @OptionGroup var common: CommonOptions

    func run(in context: CommandContext) async throws {
        let check = try context.services(ExchangeService.self).fileCheck
        let path = path
        let report = try await onOwnThread { try check.check(path) }
        let rows = report.rows.sorted { $0.key < $1.key }.map { "  \($0.key)　\($0.value) 行" }
        let verdict = report.count == 0 ? ["全部通过校验。"] : ["有 \(report.count) 处没有通过校验："]
        context.output.print(
            (rows + verdict + ExchangeText.findings(report.findings, of: report.count)).joined(separator: "\n"),
            json: [
                "rows": .object(report.rows.mapValues { .integer(Int64($0)) }),
                "faults": .integer(Int64(report.count)), "findings": .array(report.findings.map(\.json)),
            ])
        if report.count > 0 { throw ExitCode.failure }
    }
}

extension ExchangeService {
    /// Checks files by the tables of this deployment.
    public var fileCheck: ExchangeFileCheck { ExchangeFileCheck(schemas) }
}
