public import ArgumentParser
import Extension
import Standards

/// `yiciban exchange export [--from --to] --output DIR`
struct ExportExchange: KernelCommand {
    static let configuration = CommandConfiguration(
        commandName: "export", abstract: "导出交换表里新增和变化的行",
        discussion: """
            个人号码默认以摘要代替原值，由 settings.yaml 的 exchange.hashed 决定。
            评价（好差评）还没有归集，满意度一列为空。
            """)

    @Option(name: .long, help: "从哪一天的变化开始，例如 2026-01-01；不写则接着上一个批次", transform: Self.day)
    var from: LegalDay?

    @Option(name: .long, help: "到哪一天；不写为今天", transform: Self.day)
    var to: LegalDay?

    @Option(name: .long, help: "写到哪个目录，或以 .zip 结尾的一个文件", completion: .directory)
    var output: String

    @Option(name: .long, help: "文件格式：csv 或 json")
    var format = ExchangeFormat.csv

    @OptionGroup var common: CommonOptions

    func run(in context: CommandContext) async throws {
        let service = try context.services(ExchangeService.self)
        let act = try await context.act(common.account)
        let out = context.output
        let outcome = try await service.export(from: from, to: to, by: act) { count in
            if !out.isJSON { out.print("已查看 \(count) 件…", json: nil) }
        }
        var files: ExchangeFiles?
        if let batch = outcome.batch {
            do { files = try await service.save(batch.number, to: output, format: format, by: act) } catch {
                throw ExchangeError.unsaved(batch.number, rows: batch.rows, because: error)
            }
        }
        let untaken = try await service.untaken(by: act)
        out.print(ExchangeText.text(outcome, files, untaken), json: ExchangeText.json(outcome, files, untaken))
        if outcome.faults > 0 || !untaken.isEmpty { throw ExitCode.failure }
    }

    @Sendable static func day(_ text: String) throws -> LegalDay {
        do { return try LegalDay(text) } catch { throw ValidationError(error.message) }
    }
}

extension ExchangeFormat: ExpressibleByArgument {}
