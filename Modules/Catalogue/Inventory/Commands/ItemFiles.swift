import ArgumentParser
import Extension
import Foundation
import Standards

/// `yiciban item template FILE`
struct ItemTemplate: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "template", abstract: "生成一份带表头和一行示例的空表",
        discussion: """
            名称前带 * 的列必填。材料、流程、收费、问答各占一格，一行一条，用竖线分开：
              申请材料  名称｜形式｜份数｜必要或非必要｜来源｜依据      没有材料的写“无”
              办理流程  环节｜类型｜时限                            类型如 受理、审核、决定、送达
              收费标准  项目｜标准｜依据｜减免                      不收费的在“是否收费”写“否”
            省里的列名（如 task_code、task_name、anticipate_day）也认得。
            """)

    @Argument(help: "写到哪里：.xlsx 或 .csv", completion: .file(extensions: ["xlsx", "csv"]))
    var file: String

    @OptionGroup var common: StandaloneOptions

    func run() throws {
        try InventoryService.writeTemplate(to: file)
        print(common.json ? JSONValue.object(["file": .string(file)]).canonical : "空表已写到 \(file)。")
    }
}

/// What importing and comparing have in common.
struct ItemListOptions: ParsableArguments {
    @Argument(help: "清单文件：.xlsx、.csv 或 .json", completion: .file(extensions: ["xlsx", "csv", "json"]))
    var file: String

    @Option(name: .long, help: "工作表名称；不写为第一张")
    var sheet: String?

    @Option(name: .long, help: "把全部错误写到这个表格文件（.csv 或 .xlsx）")
    var report: String?

    /// Tells the faults of a list: the first of them on the screen, all of them in the report.
    ///
    /// - Throws: what ends the command when there are any.
    func check(_ found: ItemImport, _ output: CommandOutput) throws {
        if !output.isJSON, !found.unknownHeadings.isEmpty {
            output.print("这些列不认得，没有读：\(found.unknownHeadings.joined(separator: "、"))", json: nil)
        }
        guard !found.faults.isEmpty else { return }
        if let report { try ImportFault.write(found.faults, to: report) }
        let shown = found.faults.prefix(output.isJSON ? Int.max : 50)
        let rows = Set(found.faults.map(\.row)).count
        throw Problem(
            422, "catalogue.import_faults", "清单有误，没有导入",
            "共 \(found.rows) 行，其中 \(rows) 行有 \(found.faults.count) 处错误。请全部改正后再导入"
                + (report.map { "；逐条列在 \($0)" }
                    ?? (found.faults.count > shown.count ? "；加 --report 文件名 可得到全部错误的清单" : ""))
                + "。",
            findings: shown.map { Finding($0.place, "import.fault", $0.message) })
    }
}

/// `yiciban item diff FILE`
struct DiffItems: KernelCommand {
    static let configuration = CommandConfiguration(
        commandName: "diff", abstract: "把清单和现行事项比对，逐项列出差别，不改动任何内容")

    @OptionGroup var list: ItemListOptions
    @OptionGroup var common: CommonOptions

    func run(in context: CommandContext) async throws {
        let act = try await context.act(common.account)
        let found = try await context.services(InventoryService.self)
            .importList(list.file, sheet: list.sheet, title: "", isDryRun: true, by: act)
        try list.check(found, context.output)
        context.output.print(found.comparison, json: found.json)
    }
}

/// `yiciban item import FILE`
struct ImportItems: KernelCommand {
    static let configuration = CommandConfiguration(
        commandName: "import", abstract: "导入事项清单，形成一次目录调整，供送审",
        discussion: """
            先通读全表，有一处错误就一条也不导入，并一次列出全部错误。没有变化的事项不动。
            导入只形成草稿：送审、批准、发布之后才生效。中断后再运行一次，会接着做完，不会重复。
            """)

    @OptionGroup var list: ItemListOptions

    @Option(name: .long, help: "这次调整的名称；不写则用文件名")
    var title: String?

    @Option(name: .long, help: "依据的文件名称和文号")
    var basis: String?

    @Flag(name: .long, help: "清单里没有、现在在用的同单位事项，一并列为取消")
    var cancelMissing = false

    @Flag(name: .long, help: "只检查和统计，不写入")
    var dryRun = false

    @OptionGroup var common: CommonOptions

    func run(in context: CommandContext) async throws {
        let act = try await context.act(common.account)
        let output = context.output
        let name = list.file.split(separator: "/").last.map(String.init) ?? list.file
        let found = try await context.services(InventoryService.self).importList(
            list.file, sheet: list.sheet, title: title ?? "导入 \(name)", basis: basis, cancelsMissing: cancelMissing,
            isDryRun: dryRun, by: act
        ) { stage, count in
            if !output.isJSON, count.isMultiple(of: 1000) { output.print("\(stage) \(count) 行…", json: nil) }
        }
        try list.check(found, output)
        output.print(found.summary(isDryRun: dryRun, cancelsMissing: cancelMissing), json: found.json)
    }
}

/// `yiciban item export FILE`
struct ExportItems: KernelCommand {
    static let configuration = CommandConfiguration(
        commandName: "export", abstract: "导出现行事项；导出的文件可以原样导入")

    @Argument(help: "写到哪里：.xlsx、.csv 或 .json", completion: .file(extensions: ["xlsx", "csv", "json"]))
    var file: String

    @Flag(name: .long, help: "文件已经存在时覆盖它")
    var overwrite = false

    @OptionGroup var filter: ItemFilterOptions
    @OptionGroup var common: CommonOptions

    func validate() throws {
        guard [".xlsx", ".csv", ".json"].contains(where: file.lowercased().hasSuffix) else {
            throw ValidationError("不知道“\(file)”该写成哪种格式，文件名请以 .xlsx、.csv 或 .json 结尾。")
        }
        guard overwrite || !FileManager.default.fileExists(atPath: file) else {
            throw ValidationError("文件 \(file) 已经存在。请换一个文件名；要覆盖它，请加上 --overwrite。")
        }
    }

    func run(in context: CommandContext) async throws {
        let act = try await context.act(common.account)
        let output = context.output
        let count = try await context.services(InventoryService.self).export(
            filter.filter(), on: filter.on ?? act.now.day, to: file
        ) { count in
            if !output.isJSON { output.print("已写出 \(count) 项…", json: nil) }
        }
        output.print(
            "已导出 \(count) 项到 \(file)。", json: ["count": .integer(Int64(count)), "file": .string(file)])
    }
}
