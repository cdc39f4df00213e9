import ArgumentParser
import PluginKit

/// `yiciban certificate-free template FILE`
struct ProofTemplate: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "template", abstract: "生成一份带表头和一行示例的证明事项空表",
        discussion: """
            状态写保留、取消或数据替代；数据替代的写明用哪里的数据。开具渠道写网上、掌上、线下，几个的用顿号分开。
            别名写各单位的不同叫法，主题和事项的材料凭名称和别名认出。
            """)

    @Argument(help: "写到哪里：.xlsx 或 .csv", completion: .file(extensions: ["xlsx", "csv"]))
    var file: String

    @OptionGroup var common: StandaloneOptions

    func run() throws {
        try ProofTable.table.writeTemplate(to: file)
        print(common.json ? JSONValue.object(["file": .string(file)]).canonical : "空表已写到 \(file)。")
    }
}

/// `yiciban certificate-free import FILE`
struct ImportProofs: KernelCommand {
    static let configuration = CommandConfiguration(
        commandName: "import", abstract: "导入证明事项清单；编码相同的更新，有一处错误就一条也不写入")

    @Argument(help: "表格文件：.xlsx 或 .csv", completion: .file(extensions: ["xlsx", "csv"]))
    var file: String

    @Option(name: .long, help: "工作表名称；不写为第一张")
    var sheet: String?

    @Flag(name: .long, help: "只检查和统计，不写入")
    var dryRun = false

    @OptionGroup var common: CommonOptions

    func run(in context: CommandContext) async throws {
        let register = try ProofRegister(try context.host(of: CertificateFreePlugin.self))
        let found = try await register.load(
            file, sheet: sheet, isDryRun: dryRun, by: try await context.act(common.account))
        let same = found.rows - found.added - found.changed
        context.output.print(
            "共 \(found.rows) 种：新增 \(found.added)，变更 \(found.changed)，不变 \(same)。\(dryRun ? "这是试运行，没有写入。" : "")",
            json: [
                "rows": .integer(Int64(found.rows)), "added": .integer(Int64(found.added)),
                "changed": .integer(Int64(found.changed)), "is_dry_run": .bool(dryRun),
            ])
    }
}

/// `yiciban certificate-free list`
struct ListProofs: KernelCommand {
    static let configuration = CommandConfiguration(commandName: "list", abstract: "列出证明事项")

    @Option(name: .long, help: "只列名称、别名、编码或部门里有这些字的")
    var text: String?
    @Option(name: .long, help: "只列这种状态：保留、取消或数据替代")
    var state: String?

    @OptionGroup var common: CommonOptions

    func validate() throws {
        guard let state, ProofKind.State(rawValue: state) == nil else { return }
        throw ValidationError("没有“\(state)”这种状态，请写保留、取消或数据替代。")
    }

    func run(in context: CommandContext) async throws {
        let register = try ProofRegister(try context.host(of: CertificateFreePlugin.self))
        let (text, wanted) = (text ?? "", state.flatMap(ProofKind.State.init(rawValue:)))
        let found = try await register.database.read { try register.list(text, state: wanted, limit: 100_000, in: $0) }
        let lines = found.map { "\($0.code)　\($0.state.rawValue)　\($0.title)　由\($0.issuer)开具　\($0.channelText)" }
        let json = try found.map { try JSONParser.parse(ProofView($0).json) }
        context.output.print(
            lines.isEmpty ? "没有这样的证明事项。用 yiciban certificate-free import 导入清单。" : lines.joined(separator: "\n"),
            json: .array(json))
    }
}

/// `yiciban certificate-free check`
struct CheckDemands: KernelCommand {
    static let configuration = CommandConfiguration(
        commandName: "check", abstract: "查主题和事项的材料里，还有哪些在索要已经取消或由数据替代的证明",
        discussion: "查到了就以失败退出，便于在发布前的脚本里使用。")

    @OptionGroup var common: CommonOptions

    func run(in context: CommandContext) async throws {
        let register = try ProofRegister(try context.host(of: CertificateFreePlugin.self))
        let found = try await register.demands(by: try await context.act(common.account))
        let json = try found.map { try JSONParser.parse(DemandView($0).json) }
        context.output.print(
            found.isEmpty ? "没有。" : found.map(\.message).joined(separator: "\n"), json: .array(json))
        if !found.isEmpty { throw ExitCode.failure }
    }
}
