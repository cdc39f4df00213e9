import ArgumentParser
import Kernel
import PluginKit
import ThemeBundles

/// `yiciban`: the areas of the kernel, of the services and of every compiled-in plugin.
///
/// It is generic over the distribution, so that its commands are known from types alone, without a global list.
struct Root<D: Distribution>: AsyncParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "yiciban", abstract: "一次办：一件事一次办",
            discussion: """
                第一次使用：
                  yiciban init --from yueyang --data data   建立示例部署
                  yiciban serve --data data                 启动服务
                """,
            version: Kernel.version,
            groupedSubcommands: [
                CommandGroup(
                    name: "部署与运行",
                    subcommands: [
                        Initialise.self, Serve.self, BackupCommands.self, Restore.self, DoctorCommand.self,
                        StatusCommand.self,
                    ]
                        + KernelAreas.groups),
                CommandGroup(name: "业务", subcommands: [ThemeCommand.self] + services),
            ] + (plugins.isEmpty ? [] : [CommandGroup(name: "插件", subcommands: plugins)]))
    }

    private static var services: [any ParsableCommand.Type] {
        ServiceComposition.standard().types.flatMap { ServiceAreas.areas(of: $0) }
    }

    private static var plugins: [any ParsableCommand.Type] {
        D.plugins.filter { !$0.commands.isEmpty }.map { PluginAreas.area(of: $0) }
    }
}
