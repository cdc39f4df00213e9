public import ArgumentParser
public import Extension
import Standards
import Storage

/// `yiciban licence types`
public struct ListLicenceTypes: KernelCommand {
    public static let configuration = CommandConfiguration(
        commandName: "types", abstract: "列出认得的证照类型和各自的内容栏目",
        discussion: "本地自己的类型写在数据目录的 licence-types.csv 里，列名和程序自带的一样；重名的以本地的为准。")

    @OptionGroup public var common: CommonOptions

    @Argument(help: "只看这一种")
    var type: String?

    public init() {}

    public func run(in context: CommandContext) async throws {
        let types = try context.services(LicenceService.self).types
        guard let type else {
            let lines = types.all.map { "\($0.name)　\($0.holder.rawValue)　\($0.field)　\($0.definer)" }
            context.output.print(
                lines.joined(separator: "\n") + "\n共 \(types.all.count) 种。",
                json: ["types": .array(types.all.map(\.json))])
            return
        }
        let found = try types.known(type)
        let lines = found.lines.map { "  " + $0.label + ($0.isRequired ? "（必有）" : "") }
        context.output.print(
            (["\(found.name)　\(found.holder.rawValue)　\(found.isLimited ? "有期限" : "长期有效")"] + lines)
                .joined(separator: "\n"), json: found.json)
    }
}

/// `yiciban licence template TYPE FILE`
public struct CollectionTemplate: KernelCommand {
    public static let configuration = CommandConfiguration(
        commandName: "template", abstract: "生成一种证照的空表，填好后用 licence import 导入")

    @OptionGroup public var common: CommonOptions

    @Argument(help: "证照类型，例如 食品经营许可证")
    var type: String

    @Argument(help: "写到哪里：.xlsx 或 .csv", completion: .file(extensions: ["xlsx", "csv"]))
    var file: String

    public init() {}

    public func run(in context: CommandContext) async throws {
        let type = try context.services(LicenceService.self).types.known(type)
        try CollectionTable.writeTemplate(for: type, to: file)
        context.output.print("空表已写到 \(file)。", json: ["file": .string(file)])
    }
}

/// `yiciban licence import FILE`
public struct CollectLicences: KernelCommand {
    public static let configuration = CommandConfiguration(
        commandName: "import", abstract: "导入存量证照，并评定每一份的质量",
        discussion: """
            先通读全表，有一处错误就一行也不导入，并一次列出全部错误。同一份表再导一次，什么也不变；中断了的，再导一次就接着导完。
            每一份评为合格、缺项或存疑。存疑的在核实以前不能代替材料，用 licence collected 查看，用 licence confirm 核实。
            """)

    @OptionGroup public var common: CommonOptions

    @Argument(help: "表格文件：.xlsx 或 .csv", completion: .file(extensions: ["xlsx", "csv"]))
    var file: String

    @Option(name: .long, help: "工作表名称；不写为第一张")
    var sheet: String?

    @Flag(name: .long, help: "只检查和统计，不写入")
    var dryRun = false

    public init() {}

    public func run(in context: CommandContext) async throws {
        let (output, account) = (context.output, common.account)
        let report = try await context.services(LicenceService.self).collect(
            file, sheet: sheet, isDryRun: dryRun
        ) { count in
            if !output.isJSON, count.isMultiple(of: 1000) { output.print("已处理 \(count) 行…", json: nil) }
        } act: {
            try await context.act(account)
        }
        output.print(report.text(isDryRun: dryRun), json: report.json)
    }
}

/// `yiciban licence collected --quality doubtful`
public struct ListCollected: KernelCommand {
    public static let configuration = CommandConfiguration(
        commandName: "collected", abstract: "列出导入后存疑或缺项、等待核实的证照")

    @OptionGroup public var common: CommonOptions

    @Option(name: .long, help: "doubtful（存疑）或 incomplete（缺项）")
    var quality = LicenceQuality.doubtful.rawValue

    @Option(name: .long, help: "最多几份（1 到 200）")
    var limit = 50

    @Option(name: .long, help: "从这份证照之后接着列")
    var after: String?

    public init() {}

    public func validate() throws {
        guard let quality = LicenceQuality(rawValue: quality), quality != .sound else {
            throw ValidationError("--quality 只能是 doubtful（存疑）或 incomplete（缺项）。")
        }
        guard (1...200).contains(limit) else { throw ValidationError("--limit 应在 1 到 200 之间。") }
    }

    public func run(in context: CommandContext) async throws {
        let service = try context.services(LicenceService.self)
        let act = try await context.act(common.account)
        let cursor = try after.map { try Identifier($0) }
        let page = try await service.collectedPage(
            LicenceQuality(rawValue: quality) ?? .doubtful, after: cursor, limit: limit, by: act)
        let lines = page.items.map { "\($0.licence.licence.id)  \($0.licence.licence.title)  \($0.findings)" }
        let more = page.next.map { ["还有更多，请加 --after \($0)"] } ?? []
        let json = try JSONParser.parse(page.json)
        context.output.print(
            lines.isEmpty ? "没有等待核实的证照。" : (lines + more).joined(separator: "\n"), json: json)
    }
}

/// `yiciban licence confirm ID --basis 依据`
public struct ConfirmCollected: KernelCommand {
    public static let configuration = CommandConfiguration(
        commandName: "confirm", abstract: "核实一份存疑或缺项的证照：核对过原件或底档，无误")

    @OptionGroup public var common: CommonOptions

    @Argument(help: "证照的系统编号")
    var id: String

    @Option(name: .long, help: "核对了什么，例如底档的编号")
    var basis: String

    public init() {}

    public func run(in context: CommandContext) async throws {
        let service = try context.services(LicenceService.self)
        let (id, basis) = (try Identifier(id), basis)
        let act = try await context.act(common.account)
        try await service.database.write { try service.confirm(id, basis: basis, by: act, in: $0) }
        context.output.print("已核实，可以代替材料使用。", json: ["licence": .string(id.text), "quality": "sound"])
    }
}

extension LicenceTypes {
    /// A type by its name.
    ///
    /// - Throws: `Problem` with the nearest name where there is none.
    func known(_ name: String) throws -> LicenceType {
        if let type = self[name] { return type }
        let hint = nearest(to: name, among: all.map(\.name)).map { "是不是“\($0)”？" } ?? ""
        throw Problem(404, "licences.type_unknown", "没有这种证照", "没有“\(name)”这种证照。\(hint)全部类型见 yiciban licence types。")
    }
}

extension LicenceType {
    var json: JSONValue {
        [
            "name": .string(name), "code": code.map(JSONValue.string) ?? .null, "definer": .string(definer),
            "holder": .string(holder.rawValue), "is_limited": .bool(isLimited),
            "has_unique_number": .bool(hasUniqueNumber), "field": .string(field),
            "lines": .array(lines.map { ["label": .string($0.label), "is_required": .bool($0.isRequired)] }),
        ]
    }
}

extension LicenceCollection {
    fileprivate func text(isDryRun: Bool) -> String {
        let quality = LicenceQuality.allCases.map { "\($0.title) \(qualities[$0] ?? 0) 份" }.joined(separator: "，")
        var lines = [
            (isDryRun ? "这是试运行，没有写入。会" : "已") + "新增 \(added) 份、更新 \(changed) 份，\(unchanged) 份不变；\(quality)。"
        ]
        if !isDryRun { lines.append("其中 \(linked) 份进了已注册的人或企业的证照夹，其余的等本人注册时自动归入。") }
        if !unknownLines.isEmpty { lines.append("这些列不是该类证照的栏目，也照样收录了：\(unknownLines.joined(separator: "、"))。") }
        lines += remarks.map { "第 \($0.row) 行\($0.quality.title)：\($0.text)" }
        let told = (qualities[.incomplete] ?? 0) + (qualities[.doubtful] ?? 0)
        if told > remarks.count { lines.append("还有 \(told - remarks.count) 份，导入后用 licence collected 查看。") }
        return lines.joined(separator: "\n")
    }

    fileprivate var json: JSONValue {
        [
            "rows": .integer(Int64(rows)), "added": .integer(Int64(added)), "changed": .integer(Int64(changed)),
            "unchanged": .integer(Int64(unchanged)), "linked": .integer(Int64(linked)),
            "qualities": .object(
                Dictionary(
                    uniqueKeysWithValues: LicenceQuality.allCases.map {
                        ($0.rawValue, JSONValue.integer(Int64(qualities[$0] ?? 0)))
                    })),
            "unknown_lines": .array(unknownLines.map(JSONValue.string)),
            "remarks": .array(
                remarks.map {
                    [
                        "row": .integer(Int64($0.row)), "quality": .string($0.quality.rawValue),
                        "text": .string($0.text),
                    ]
                }),
        ]
    }
}
