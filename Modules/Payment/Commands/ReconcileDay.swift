import ArgumentParser
import Extension
import Standards

/// `yiciban pay reconcile`
struct ReconcileDay: KernelCommand {
    static let configuration = CommandConfiguration(
        commandName: "reconcile", abstract: "对账：渠道账单、缴费单、账目三方核对，列出长款、短款、金额和状态不符的",
        discussion: "可以反复运行；两人销号的差异不会再列出。有差异时返回 1。")

    @OptionGroup var common: CommonOptions

    @Option(name: .long, help: "对哪一天的账，例如 2026-11-25")
    var date: String

    @Option(name: .long, help: "渠道：wechat 或 alipay；不写则对开通的全部渠道")
    var channel: String?

    @Option(name: .long, help: "从商户平台下载的账单文件（UTF-8）；不写则向渠道下载", completion: .file())
    var file: String?

    func validate() throws {
        if let channel, ChannelID(rawValue: channel)?.isOnline != true {
            throw ValidationError("--channel 应是 wechat 或 alipay。")
        }
        if file != nil, channel == nil { throw ValidationError("写了 --file，还要用 --channel 写明是哪个渠道的账单。") }
    }

    func run(in context: CommandContext) async throws {
        let service = try context.services(PaymentService.self)
        let (day, act) = (try LegalDay(date), try await context.act(common.account))
        let channels = channel.flatMap(ChannelID.init).map { [$0] } ?? service.onlineChannels
        var reports: [ReconciliationReport] = []
        let output = context.output
        for channel in channels {
            reports.append(
                try await service.reconcile(channel, day: day, file: file, by: act.part("reconcile/\(channel)")) {
                    lines in
                    if !output.isJSON, lines % 50_000 == 0 {
                        output.print("  \(channel.chinese)：已读 \(lines) 行", json: .null)
                    }
                })
        }
        context.output.print(
            reports.isEmpty ? "没有开通网上付款的渠道。" : reports.map(\.text).joined(separator: "\n"),
            json: .array(reports.map(\.json)))
        if reports.contains(where: { !$0.differences.isEmpty }) { throw ExitCode(1) }
    }
}

extension ReconciliationReport {
    fileprivate var text: String {
        let wrong = differences.sorted { $0.key.rawValue < $1.key.rawValue }.map { "\($0.key.chinese) \($0.value) 条" }
        return """
            \(channel.chinese) \(day.chineseDate)：账单 \(lines) 行，相符 \(equal) 行；账单净额 \(billed.chinese)，账上净额 \(booked.chinese)。
              \(wrong.isEmpty ? "没有差异。" : wrong.joined(separator: "，"))\(explained > 0 ? "前一天的 \(explained) 条短款由今天的账单说明。" : "")
            """
    }

    fileprivate var json: JSONValue {
        .object([
            "channel": .string(channel.rawValue), "day": .string(day.text), "lines": .integer(Int64(lines)),
            "equal": .integer(Int64(equal)), "billed": .integer(billed.fen), "booked": .integer(booked.fen),
            "explained": .integer(Int64(explained)),
            "differences": .object(
                Dictionary(uniqueKeysWithValues: differences.map { ($0.key.rawValue, .integer(Int64($0.value))) })),
        ])
    }
}
