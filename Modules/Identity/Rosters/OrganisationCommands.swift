public import ArgumentParser
import Documents
import Extension
import Foundation
import Organisation

/// `yiciban organisation …`: divisions, agencies, sites, windows and staff from lists.
public struct OrganisationCommands: ParsableCommand {
    public static let configuration = CommandConfiguration(
        commandName: "organisation", abstract: "机构：导入区划、单位、场所、窗口和人员",
        subcommands: [OrganisationImportCommand.self, OrganisationTemplate.self, ShowWindowCoverage.self])

    public init() {}
}

/// `yiciban organisation template FILE`
struct OrganisationTemplate: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "template", abstract: "生成空表：--sheet 选区划、单位、场所、窗口或人员")

    @Argument(help: "写到哪里：.xlsx 或 .csv")
    var file: String

    @Option(name: .long, help: "哪一种表：区划、单位、场所、窗口、人员")
    var sheet = "人员"

    @OptionGroup var common: StandaloneOptions

    func run() throws {
        guard let kind = RosterKind.all.first(where: { $0.title == sheet }) else {
            throw ValidationError("没有“\(sheet)”这种表，可以写：\(RosterKind.all.map(\.title).joined(separator: "、"))。")
        }
        do {
            var writer = try TableWriter(path: file, sheet: kind.title)
            try writer.heading(kind.columns.map { ($0.isRequired ? "*" : "") + $0.title })
            try writer.finish()
        } catch let error as DocumentsError {
            throw Problem(422, error.code.rawValue, "文件写不进去", error.message)
        }
        print(common.json ? JSONValue.object(["file": .string(file)]).canonical : "空表已写到 \(file)。")
    }
}

/// `yiciban organisation import FILE`
struct OrganisationImportCommand: KernelCommand {
    static let configuration = CommandConfiguration(
        commandName: "import", abstract: "导入区划、单位、场所、窗口和人员",
        discussion: """
            一个 .xlsx 可以有几张表，一个 .csv 是一张表；是哪一种表看表头，空表用 organisation template 生成。
            先通读全表，有一处错误就一行也不导入，并一次列出全部错误。表里没有的保持不变；同一份表再导一次，什么也不变。
            新账号的初始密码写到 --passwords 指定的文件（只有本人能读），首次登录须修改。
            """)

    @Argument(help: "表格文件：.xlsx 或 .csv", completion: .file(extensions: ["xlsx", "csv"]))
    var file: String

    @Flag(name: .long, help: "只检查和统计，不写入")
    var dryRun = false

    @Option(name: .long, help: "把新账号的初始密码写到这个文件")
    var passwords: String?

    @OptionGroup var common: CommonOptions

    func run(in context: CommandContext) async throws {
        let file = try passwords.map(PasswordFile.init)
        let identity = try context.services(IdentityService.self)
        let act = try await context.act(common.account)
        let output = context.output
        if !dryRun, passwords == nil {
            let trial = try await identity.importOrganisation(self.file, isDryRun: true, by: act)
            if !trial.accounts.isEmpty {
                throw ValidationError("会新建 \(trial.accounts.count) 个账号，请用 --passwords 指定把初始密码写到哪个文件。")
            }
        }
        let report: OrganisationImport
        do {
            report = try await identity.importOrganisation(self.file, isDryRun: dryRun, by: act) { count in
                if !output.isJSON, count.isMultiple(of: 50) { output.print("已生成 \(count) 个初始密码…", json: nil) }
            } keep: { accounts in
                if !accounts.isEmpty { try file?.keep(accounts) }
            }
        } catch {
            // Nothing was written, so these passwords open nothing.
            if !dryRun { file?.discard() }
            throw error
        }
        if !dryRun, !report.accounts.isEmpty { try file?.finish() }
        output.print(report.text(isDryRun: dryRun, passwords: passwords), json: report.json)
    }
}

extension OrganisationImport {
    fileprivate func text(isDryRun: Bool, passwords: String?) -> String {
        var lines = [
            (isDryRun ? "这是试运行，没有写入。会" : "已") + "新增机构 \(layout.added) 个、变更 \(layout.changed) 个，"
                + "新建账号 \(accounts.count) 个，设置岗位 \(posts) 个。"
        ]
        if !passedOver.isEmpty { lines.append("这些表不认得，没有读：\(passedOver.joined(separator: "、"))") }
        if !isDryRun, !accounts.isEmpty, let passwords { lines.append("初始密码在 \(passwords)，请逐个当面交给本人，交完删去。") }
        return lines.joined(separator: "\n")
    }

    fileprivate var json: JSONValue {
        [
            "added": .integer(Int64(layout.added)), "changed": .integer(Int64(layout.changed)),
            "accounts": .array(accounts.map { .string($0.login) }), "posts": .integer(Int64(posts)),
            "passed_over": .array(passedOver.map(JSONValue.string)),
        ]
    }
}
