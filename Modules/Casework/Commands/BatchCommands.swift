import ArgumentParser
import Extension
import Storage

/// `yiciban case results FILE --as ACCOUNT`
struct EnterResults: KernelCommand {
    static let configuration = CommandConfiguration(
        commandName: "results", abstract: "部门：批量登记部门系统的办理结果",
        discussion: """
            文件是 JSON：{"entries": [{"number": 办件编号, "item": 事项, "results": {结果: {项目: 值}}}]}。
            逐条登记，有误的一条不影响其他，改好后可以整份重新提交。
            """)

    @Argument(help: "结果文件（JSON）")
    var file: String

    @OptionGroup var common: CommonOptions

    func run(in context: CommandContext) async throws {
        let act = try await context.act(try requireAccount("部门经办人"))
        let upload = try LocalFile.read(file, limit: 20 << 20)
        let list: BatchList
        do {
            list = try BatchList(json: try JSONParser.parse(upload.bytes))
        } catch let error as JSONError {
            throw Problem(
                422, "input.json", "文件不是 JSON", "\(file) 第 \(error.line) 行第 \(error.column) 列：\(error.message)。请改好后重试。")
        }
        let outcomes = BatchReport(try await context.services(CaseworkService.self).grantAll(list.entries, by: act))
        let failed = outcomes.outcomes.filter { !$0.isGranted }
        let json = try JSONParser.parse(outcomes.json)
        context.output.print(
            (["共 \(outcomes.outcomes.count) 条，已登记 \(outcomes.outcomes.count - failed.count) 条，未登记 \(failed.count) 条。"]
                + failed.map { "第 \($0.line) 条　\($0.number)　\($0.item)：\($0.message ?? "")" }).joined(separator: "\n"),
            json: json)
        if !failed.isEmpty { throw ExitCode(1) }
    }
}
