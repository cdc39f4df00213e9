public import ArgumentParser
public import PluginKit

/// The commands of one area: `yiciban <area> <verb>`.
public struct CommandArea: Sendable {
    /// The area's name.
    public let name: String
    /// What it is about, in Chinese.
    public let title: String
    public let commands: [any ParsableCommand.Type]

    init(name: String, title: String, commands: [any ParsableCommand.Type]) {
        self.name = name
        self.title = title
        self.commands = commands
    }

    /// A group of commands as an area.
    init(_ group: any ParsableCommand.Type) {
        self.init(
            name: group._commandName, title: group.configuration.abstract, commands: group.configuration.subcommands)
    }
}

/// Every command by area; known before any settings are read.
public enum KernelAreas {
    /// The kernel's own areas as groups of the command line.
    public static let groups: [any ParsableCommand.Type] = [
        OutboxCommands.self, AuditCommands.self, KeysCommands.self, PluginCommands.self, SettingsCommands.self,
        AccessCommands.self,
    ]

    /// The kernel's own.
    public static let own: [CommandArea] = groups.map(CommandArea.init)

    /// The commands of the kernel, the services and all compiled-in plugins; areas without commands are left out.
    public static func all(services: [any ServiceModule.Type], plugins: [any ServicePlugin.Type]) -> [CommandArea] {
        let services = services.flatMap { service -> [CommandArea] in
            let groups = service.commands.filter { !$0.configuration.subcommands.isEmpty }
            let single = service.commands.filter { $0.configuration.subcommands.isEmpty }
            return groups.map(CommandArea.init)
                + [CommandArea(name: service.id, title: service.id, commands: single)]
        }
        let plugins = plugins.map {
            CommandArea(name: $0.manifest.id, title: $0.manifest.title, commands: $0.commands)
        }
        return (own + services + plugins).filter { !$0.commands.isEmpty }
    }
}

/// `yiciban outbox …`
struct OutboxCommands: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "outbox", abstract: "待投递的事件：查看、重试、放弃",
        subcommands: [OutboxList.self, OutboxRetry.self, OutboxDrop.self])
}

/// `yiciban audit …`
struct AuditCommands: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "audit", abstract: "审计日志：核验、存锚、签检查点",
        subcommands: [AuditVerify.self, AuditAnchor.self, AuditCheckpoint.self])
}

/// `yiciban keys …`
struct KeysCommands: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "keys", abstract: "数据密钥：更换", subcommands: [KeysRotate.self])
}

/// `yiciban plugin …`
struct PluginCommands: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "plugin", abstract: "插件：列出、说明", subcommands: [PluginList.self, PluginDescribe.self])
}

/// `yiciban settings …`
struct SettingsCommands: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "settings", abstract: "设置：说明可以写什么", subcommands: [SettingsExplain.self])
}
