import ArgumentParser
import Extension
import Standards

/// `yiciban pay …`
struct PayCommands: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "pay", abstract: "缴费：核对账目、缴费情况",
        subcommands: [CheckPayments.self, ReconcileDay.self, ShowZeroPayment.self, RunSandbox.self])
}

/// `yiciban pay check`
struct CheckPayments: KernelCommand {
    static let configuration = CommandConfiguration(
        commandName: "check", abstract: "核对账目：借贷相等，分录与缴费单、退费、钱箱一致",
        discussion: "发现不一致时返回 1。可以随时运行，不影响缴费。")

    @OptionGroup var common: CommonOptions

    init() {}

    func run(in context: CommandContext) async throws {
        let report = try await context.services(PaymentService.self).check()
        let balances = report.balances.sorted { $0.key < $1.key }
        context.output.print(
            (["核对了 \(report.orders) 张缴费单，全部科目合计 \(Money(fen: report.sum).chinese)。"]
                + balances.map { "  \($0.key)　\($0.value.chinese)" }
                + (report.isSound ? ["账目一致。"] : ["不一致 \(report.faults.count) 处："] + report.faults.map { "  \($0)" }))
                .joined(separator: "\n"),
            json: .object([
                "orders": .integer(Int64(report.orders)), "sum": .integer(report.sum),
                "balances": .object(
                    Dictionary(uniqueKeysWithValues: balances.map { ($0.key, .integer($0.value.fen)) })),
                "faults": .array(report.faults.map(JSONValue.string)), "sound": .bool(report.isSound),
            ]))
        if !report.isSound { throw ExitCode(1) }
    }
}

/// `yiciban pay zero`
struct ShowZeroPayment: KernelCommand {
    static let configuration = CommandConfiguration(
        commandName: "zero", abstract: "零付费：受理的办件里，申请人一分钱没有付的有多少")

    @OptionGroup var common: CommonOptions

    @Option(name: .long, help: "从哪天起，例如 2026-01-01")
    var from = "2000-01-01"

    @Option(name: .long, help: "到哪天止")
    var until = "2999-12-31"

    init() {}

    func run(in context: CommandContext) async throws {
        let (first, last) = try (LegalDay(from), LegalDay(until))
        let figures = try await context.services(PaymentService.self).zeroPayment(from: first, until: last)
        context.output.print(
            """
            受理 \(figures.cases) 件，其中零付费 \(figures.free) 件。
            应收 \(figures.charged.chinese)，减免 \(figures.waived.chinese)，实收 \(figures.paid.chinese)，退还 \(figures.refunded.chinese)。
            """,
            json: .object([
                "cases": .integer(Int64(figures.cases)), "free": .integer(Int64(figures.free)),
                "charged": .integer(figures.charged.fen), "waived": .integer(figures.waived.fen),
                "paid": .integer(figures.paid.fen), "refunded": .integer(figures.refunded.fen),
            ]))
    }
}
