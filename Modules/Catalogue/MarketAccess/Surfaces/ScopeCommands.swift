import ArgumentParser
import Extension
import Standards
import Storage

/// `yiciban scope …`: the catalogue of business scopes from the command line.
struct ScopeCommands: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "scope", abstract: "经营范围目录和市场准入负面清单：采用、核对",
        subcommands: [AdoptScopes.self, CheckScope.self, ListScopes.self, ScopeTemplate.self])
}

/// `yiciban scope template FILE`
struct ScopeTemplate: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "template", abstract: "生成一份带表头和一行示例的空表",
        discussion: "“准入”写禁止准入、需要许可或不需要许可；需要许可的写明许可名称，并写前置（先于执照）或后置。")

    @Argument(help: "写到哪里：.xlsx 或 .csv", completion: .file(extensions: ["xlsx", "csv"]))
    var file: String

    @OptionGroup var common: StandaloneOptions

    func run() throws {
        try ScopeListReader.writeTemplate(to: file)
        print(common.json ? JSONValue.object(["file": .string(file)]).canonical : "空表已写到 \(file)。")
    }
}

/// `yiciban scope adopt FILE --title … --basis …`
struct AdoptScopes: KernelCommand {
    static let configuration = CommandConfiguration(
        commandName: "adopt", abstract: "采用一版经营范围目录；以前的版本留存",
        discussion: "先通读全表，有一处错误就不采用，并一次列出全部错误。和现行版本完全一样的，不再重复采用。")

    @Argument(help: "目录文件：.xlsx 或 .csv", completion: .file(extensions: ["xlsx", "csv"]))
    var file: String

    @Option(name: .long, help: "工作表名称；不写为第一张")
    var sheet: String?

    @Option(name: .long, help: "这一版的名称，例如 市场准入负面清单（2025年版）")
    var title: String

    @Option(name: .long, help: "依据的文件名称和文号")
    var basis: String

    @Flag(name: .long, help: "标明是演练用的样本，没有法律效力")
    var synthetic = false

    @Flag(name: .long, help: "只检查，不写入")
    var dryRun = false

    @OptionGroup var common: CommonOptions

    func run(in context: CommandContext) async throws {
        let result = try await context.services(MarketAccessService.self).adopt(
            file, sheet: sheet, title: title, basis: basis, isSynthetic: synthetic, isDryRun: dryRun,
            by: try await context.act(common.account))
        if !result.faults.isEmpty {
            throw Problem(
                422, "catalogue.import_faults", "目录有误，没有采用", "共有 \(result.faults.count) 处错误。请全部改正后再采用。",
                findings: result.faults.map { Finding($0.place, "import.fault", $0.message) })
        }
        let counts = ScopeEntry.Verdict.allCases.map { "\($0.chinese) \(result.counts[$0] ?? 0) 项" }
            .joined(separator: "，")
        let told =
            dryRun ? "这是试运行，没有写入。" : result.isUnchanged ? "和现行的一版完全一样，没有改动。" : "已采用，即时生效。"
        context.output.print(
            "\(counts)。\(told)",
            json: [
                "list": result.publication.map { .string($0.id.text) } ?? .null,
                "is_unchanged": .bool(result.isUnchanged), "is_dry_run": .bool(dryRun),
                "counts": .object(
                    Dictionary(
                        uniqueKeysWithValues: ScopeEntry.Verdict.allCases.map {
                            ($0.rawValue, JSONValue.integer(Int64(result.counts[$0] ?? 0)))
                        })),
            ])
    }
}

/// `yiciban scope check TEXT`
struct CheckScope: KernelCommand {
    static let configuration = CommandConfiguration(
        commandName: "check", abstract: "核对经营范围：逐项说明禁止、需要许可还是不需要许可")

    @Argument(help: "经营范围，各项之间用分号分开")
    var text: String

    @OptionGroup var common: CommonOptions

    func run(in context: CommandContext) async throws {
        guard let list = try await context.services(MarketAccessService.self).list() else {
            throw CatalogueError.noScopeList
        }
        let answer = ScopeAnswer(list, scope: text)
        let json = try JSONParser.parse(answer.json)
        let sample = list.publication.isSynthetic ? "（演练样本）" : ""
        let lines = list.findings(of: text).map { "\($0.activity)：\($0.chinese)" }
        context.output.print(
            (lines + ["按《\(list.publication.title)》\(sample)核对。"]).joined(separator: "\n"),
            json: json)
    }
}

/// `yiciban scope list`
struct ListScopes: KernelCommand {
    static let configuration = CommandConfiguration(commandName: "list", abstract: "列出采用过的经营范围目录，新的在前")

    @OptionGroup var common: CommonOptions

    func run(in context: CommandContext) async throws {
        let found = try await context.services(MarketAccessService.self).publications()
        let lines = found.map { list in
            "\(list.adoptedAt.day.text)　\(list.title)\(list.isSynthetic ? "（演练样本）" : "")　\(list.count) 项　\(list.basis)"
        }
        context.output.print(
            lines.isEmpty ? "还没有采用过目录。用 yiciban scope adopt 采用一版。" : lines.joined(separator: "\n"),
            json: .array(
                found.map { list in
                    [
                        "id": .string(list.id.text), "title": .string(list.title), "basis": .string(list.basis),
                        "count": .integer(Int64(list.count)), "digest": .string(list.digest),
                        "adopted_on": .string(list.adoptedAt.day.text), "is_synthetic": .bool(list.isSynthetic),
                    ]
                }))
    }
}
