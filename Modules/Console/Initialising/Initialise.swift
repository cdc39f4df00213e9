import ArgumentParser
import Kernel
import PluginKit

/// `yiciban init --from NAME --data DIR [--database CONNINFO]`
struct Initialise: ProgramCommand {
    static let configuration = CommandConfiguration(
        commandName: "init", abstract: "建立部署：设置、密钥、数据库和机构",
        discussion: """
            例：yiciban init --from yueyang --data data
            数据目录须是空的或还不存在。做到一半失败时，已经建立的内容会清理干净；
            做到一半被强行终止的，再执行一次同样的命令，会重新来过。
            """)

    @Option(name: .customLong("from"), help: "以哪个示例部署为底本，例如 yueyang")
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
        output.print(
            """
            已在 \(data) 建立部署 \(source.name)（合成数据），共 \(accounts.count) 个示例账号，见 \(folder.sampleAccountsPath)。
            启动服务：yiciban serve --data \(data)
            """,
            json: [
                "data": .string(data), "from": .string(source.name), "accounts": .integer(Int64(accounts.count)),
            ])
    }
}
