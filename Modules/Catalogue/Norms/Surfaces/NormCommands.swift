import ArgumentParser
import Documents
import Extension
import Standards
import Storage

/// `yiciban norm …`: the library of norms from the command line.
struct NormCommands: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "norm", abstract: "标准规范库：导入、查看、登记各地采用的情况",
        subcommands: [
            ListNorms.self, ShowNorm.self, ImportNorms.self, NormTemplate.self, AdoptNorm.self, ShowNormFigures.self,
        ])
}

/// `yiciban norm template FILE`
struct NormTemplate: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "template", abstract: "生成一份带表头和一行示例的空表",
        discussion: "层级写国家标准、行业标准、地方标准或服务规范；服务规范可以写明它规范哪一个主题。")

    @Argument(help: "写到哪里：.xlsx 或 .csv", completion: .file(extensions: ["xlsx", "csv"]))
    var file: String

    @OptionGroup var common: StandaloneOptions

    func run() throws {
        try CatalogueError.ofFile {
            var writer = try TableWriter(path: file, sheet: "标准规范")
            try writer.heading(NormRow.headings)
            try writer.row(["GB/T 32169.1-2015", "政务服务中心运行规范 第1部分：基本要求", "国家标准", "", "2016-05-01", "", ""])
            try writer.finish()
        }
        print(common.json ? JSONValue.object(["file": .string(file)]).canonical : "空表已写到 \(file)。")
    }
}

/// `yiciban norm import FILE`
struct ImportNorms: KernelCommand {
    static let configuration = CommandConfiguration(
        commandName: "import", abstract: "导入标准规范；编号相同的更新，有一处错误就一条也不写入")

    @Argument(help: "表格文件：.xlsx 或 .csv", completion: .file(extensions: ["xlsx", "csv"]))
    var file: String

    @Option(name: .long, help: "工作表名称；不写为第一张")
    var sheet: String?

    @Flag(name: .long, help: "只检查和统计，不写入")
    var dryRun = false

    @OptionGroup var common: CommonOptions

    func run(in context: CommandContext) async throws {
        let found = try await context.services(NormService.self).load(
            file, sheet: sheet, isDryRun: dryRun, by: try await context.act(common.account))
        if !found.faults.isEmpty {
            throw Problem(
                422, "catalogue.import_faults", "表格有误，没有导入", "共有 \(found.faults.count) 处错误。请全部改正后再导入。",
                findings: found.faults.map { Finding($0.place, "import.fault", $0.message) })
        }
        let same = found.rows - found.added - found.changed
        context.output.print(
            "共 \(found.rows) 项：新增 \(found.added)，变更 \(found.changed)，不变 \(same)。\(dryRun ? "这是试运行，没有写入。" : "")",
            json: [
                "rows": .integer(Int64(found.rows)), "added": .integer(Int64(found.added)),
                "changed": .integer(Int64(found.changed)), "is_dry_run": .bool(dryRun),
            ])
    }
}

/// `yiciban norm list`
struct ListNorms: KernelCommand {
    static let configuration = CommandConfiguration(commandName: "list", abstract: "列出现行的标准规范")

    @Flag(name: .long, help: "也列出没有实施和已经废止的")
    var all = false

    @OptionGroup var common: CommonOptions

    func run(in context: CommandContext) async throws {
        let day = try await context.act(common.account).now.day
        let service = try context.services(NormService.self)
        var found: [ServiceNorm] = []
        repeat {
            let page = try await service.norms(inForceOn: all ? nil : day, after: found.last?.number ?? "", limit: 500)
            found += page
            if page.count < 500 { break }
        } while true
        let json = try found.map { try JSONParser.parse(NormView($0).json) }
        context.output.print(
            found.isEmpty
                ? "标准规范库里还没有内容。用 yiciban norm import 导入。"
                : found.map { norm in
                    let end = norm.isInForce(on: day) ? "" : "（不在实施期内）"
                    return "\(norm.number)　\(norm.title)　\(norm.level.rawValue)\(end)"
                }.joined(separator: "\n"),
            json: .array(json))
    }
}

/// `yiciban norm show NUMBER`
struct ShowNorm: KernelCommand {
    static let configuration = CommandConfiguration(commandName: "show", abstract: "一项标准规范和各地采用的情况")

    @Argument(help: "编号，例如 \"GB/T 32169.1-2015\"")
    var number: String

    @OptionGroup var common: CommonOptions

    func run(in context: CommandContext) async throws {
        let service = try context.services(NormService.self)
        var detail = NormDetail()
        let norm = try await service.norm(number)
        detail.norm = NormView(norm)
        detail.adoptions = try await service.adoptions(of: norm.id).map(NormAdoptionView.init)
        let lines = detail.adoptions.map { "\($0.division)　\($0.state.rawValue)　\($0.day.text)　\($0.note)" }
        let json = try JSONParser.parse(detail.json)
        let until = norm.withdrawnOn.map { "，\($0.text)废止" } ?? ""
        context.output.print(
            (["\(norm.number)　\(norm.title)", "\(norm.level.rawValue)，\(norm.effectiveFrom.text)实施\(until)"]
                + (lines.isEmpty ? ["还没有地方登记采用的情况。"] : lines)).joined(separator: "\n"),
            json: json)
    }
}

/// `yiciban norm adopt NUMBER --division … --state …`
struct AdoptNorm: KernelCommand {
    static let configuration = CommandConfiguration(
        commandName: "adopt", abstract: "登记一地采用一项标准规范的情况")

    @Argument(help: "编号，例如 \"GB/T 32169.1-2015\"")
    var number: String

    @Option(name: .long, help: "区划代码，例如 430626")
    var division: String

    @Option(name: .long, help: "拟采用、部分采用、已采用或不适用")
    var state: String

    @Option(name: .long, help: "从哪天起；拟采用的写计划日期。不写为今天", transform: ItemWords.day)
    var on: LegalDay?

    @Option(name: .long, help: "说明；部分采用、不适用的必填")
    var note: String = ""

    @OptionGroup var common: CommonOptions

    func run(in context: CommandContext) async throws {
        guard let state = NormAdoption.State(rawValue: state) else {
            throw ValidationError(
                "“\(state)”不认得，请写：\(NormAdoption.State.allCases.map(\.rawValue).joined(separator: "、"))。")
        }
        let service = try context.services(NormService.self)
        let act = try await context.act(common.account)
        let adoption = NormAdoption(division: division, state: state, day: on ?? act.now.day, note: note)
        try await service.database.write { [number] in try service.record(number, adoption, by: act, in: $0) }
        let json = try JSONParser.parse(NormAdoptionView(adoption).json)
        context.output.print("已登记。", json: json)
    }
}

/// `yiciban norm figures`
struct ShowNormFigures: KernelCommand {
    static let configuration = CommandConfiguration(commandName: "figures", abstract: "各地采用现行标准规范的情况和采用率")

    @OptionGroup var common: CommonOptions

    func run(in context: CommandContext) async throws {
        let figures = try await context.services(NormService.self)
            .figures(on: try await context.act(common.account).now.day)
        context.output.print(
            figures.map { figure in
                let counts = NormAdoption.State.allCases.map { "\($0.rawValue) \(figure.counts[$0] ?? 0)" }
                return "\(figure.division)　\(counts.joined(separator: "，"))，共 \(figure.total)，采用率 \(figure.shareText)"
            }.joined(separator: "\n"),
            json: .array(
                figures.map { figure in
                    [
                        "division": .string(figure.division), "total": .integer(Int64(figure.total)),
                        "adopted": .integer(Int64(figure.counts[.adopted] ?? 0)),
                        "partly": .integer(Int64(figure.counts[.partly] ?? 0)),
                        "planned": .integer(Int64(figure.counts[.planned] ?? 0)),
                        "exempt": .integer(Int64(figure.counts[.exempt] ?? 0)),
                    ]
                }))
    }
}

extension NormFigures {
    /// 采用率 as it is read: 未登记 where nothing was told.
    public var shareText: String {
        counts.isEmpty ? "未登记" : share.map { "\(Int(($0 * 1000).rounded()) / 10)%" } ?? "没有适用的"
    }
}
