import ArgumentParser

/// What the server takes on the command line.
struct ServeOptions: ParsableArguments {
    @Option(name: .long, help: "数据目录", completion: .directory)
    var data = "data"

    @Option(name: .long, help: "端口；不写则用 settings.yaml 里的")
    var port: Int?

    @Option(name: .long, help: "监听的地址；不写则用 settings.yaml 里的")
    var host: String?

    @Flag(name: .long, help: "程序升级后，数据库没有新近的备份也照样升级")
    var withoutBackup = false

    @Flag(name: .long, help: "以 JSON 输出一行，服务就绪时给出地址和进程号，便于脚本使用")
    var json = false

    func validate() throws {
        if let port, !(0...65_535).contains(port) { throw ValidationError("--port 应在 1 到 65535 之间，0 表示任选一个空闲端口。") }
    }
}
