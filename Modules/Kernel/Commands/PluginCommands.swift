import ArgumentParser
import PluginKit

/// `yiciban plugin list`
struct PluginList: CompositionCommand {
    static let configuration = CommandConfiguration(commandName: "list", abstract: "列出本程序带有的插件，标明哪些已启用")

    @OptionGroup public var common: CommonOptions

    func run(plugins: [any ServicePlugin.Type], output: CommandOutput) async throws {
        let folder = DeploymentFolder(common.data)
        let enabled = folder.hasDeployment ? try DeploymentSettings.load(folder).plugins : []
        let manifests = plugins.map { $0.manifest }
        output.print(
            manifests.isEmpty
                ? "本程序没有带插件。"
                : manifests.map {
                    "\(enabled.contains($0.id) ? "●" : "○") \($0.id) \($0.version)  \($0.title)（\($0.owner)）"
                }.joined(separator: "\n"),
            json: .array(
                manifests.map {
                    [
                        "id": .string($0.id), "version": .string($0.version), "title": .string($0.title),
                        "owner": .string($0.owner), "enabled": .bool(enabled.contains($0.id)),
                    ]
                }))
    }
}

/// `yiciban plugin describe <id>`
struct PluginDescribe: KernelCommand {
    static let configuration = CommandConfiguration(
        commandName: "describe", abstract: "说明一个插件提供什么：接口、页面、任务、订阅、命令、表和设置")

    @Argument(help: "插件的 ID，见 plugin list")
    var id: String

    @OptionGroup public var common: CommonOptions

    func run(in context: CommandContext) async throws {
        let tools = try context.services(KernelTools.self)
        guard let plugin = tools.plugins.first(where: { $0.manifest.id == id }) else {
            let hint = nearest(to: id, among: tools.plugins.map { $0.manifest.id }).map { "，是否想写 \($0)" } ?? ""
            throw Problem(404, "plugin.unknown", "没有这个插件", "没有名为 \(id) 的插件\(hint)。请用 yiciban plugin list 核对。")
        }
        let description = PluginDescription(plugin, tools)
        context.output.print(description.text, json: description.json)
    }
}
