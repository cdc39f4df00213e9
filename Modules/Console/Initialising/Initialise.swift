import ArgumentParser
import Kernel
import PluginKit

/// `yiciban init --from NAME --data DIR [--database CONNINFO]`
struct Initialise: ProgramCommand {
    static let configuration = CommandConfiguration(
        commandName: "init", abstract: "建立部署：设置、密钥、数据库和机构",
        discussion: """
            例：yiciban init --from yueyang --data data
            正式使用：抄一份示例部署的目录，改好 settings.yaml、organisation.yaml，删去 sample.yaml（合成的人和账号）
            和不要的清单，再 yiciban init --from ./目录 --data data。
            数据目录须是空的或还不存在。做到一半失败时，已经建立的内容会清理干净；
            做到一半被强行终止的，再执行一次同样的命令，会重新来过。
            """)

    @Option(name: .customLong("from"), help: "以什么为底本：示例部署的名称，例如 yueyang；或自己的目录，例如 ./pingjiang")
    var source = "yueyang"

    @Option(name: .long, help: "数据目录", completion: .directory)
    var data = "data"

    @Option(name: .long, help: "PostgreSQL 的连接串；不写或写 sqlite，则用数据目录里的 SQLite")
    var database: String?

    @Flag(name: .long, help: "以 JSON 输出，便于脚本使用")
    var json = false

    func run(in context: ProgramContext) async throws {
        let source = try DeploymentSource.find(source, in: context.parts.deployments)
        let folder = DeploymentFolder(data)
        let accounts = try await DeploymentMaker(
            source: source, folder: folder, conninfo: database == "sqlite" ? nil : database, context: context
        )
        .make()
        let output = CommandOutput(isJSON: json) { print($0) }
        let people =
            accounts.isEmpty
            ? """
            已在 \(data) 建立部署 \(source.name)，还没有账号。先导入人员：
              yiciban organisation template 人员.xlsx
              yiciban organisation import 人员.xlsx --passwords 初始密码.csv --data \(data)
            """
            : "已在 \(data) 建立部署 \(source.name)（合成数据），共 \(accounts.count) 个示例账号，见 \(folder.sampleAccountsPath)。"
        output.print(
            "\(people)\n启动服务：yiciban serve --data \(data)",
            json: [
                "data": .string(data), "from": .string(source.name), "accounts": .integer(Int64(accounts.count)),
            ])
    }
}
