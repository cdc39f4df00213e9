public import PluginKit

/// The commands of one area: `yiciban <area> <verb>`.
public struct CommandArea: Sendable {
    /// The area's name.
    public let name: String
    /// What it is about, in Chinese.
    public let title: String
    public let commands: [any KernelCommand.Type]
}

/// Every command that needs a booted system, by area; known before any settings are read.
public enum KernelAreas {
    /// The kernel's own.
    public static let own: [CommandArea] = [
        CommandArea(
            name: "outbox", title: "待投递的事件", commands: [OutboxList.self, OutboxRetry.self, OutboxDrop.self]),
        CommandArea(name: "audit", title: "审计日志", commands: [AuditVerify.self, AuditCheckpoint.self]),
        CommandArea(name: "keys", title: "密钥", commands: [KeysRotate.self]),
        CommandArea(name: "plugin", title: "插件", commands: [PluginList.self, PluginDescribe.self]),
        CommandArea(name: "settings", title: "设置", commands: [SettingsExplain.self]),
    ]

    /// The commands of the kernel, the services and all compiled-in plugins; areas without commands are left out.
    public static func all(services: [any ServiceModule.Type], plugins: [any ServicePlugin.Type]) -> [CommandArea] {
        let services = services.map { CommandArea(name: $0.id, title: $0.id, commands: $0.commands) }
        let plugins = plugins.map {
            CommandArea(name: $0.manifest.id, title: $0.manifest.title, commands: $0.commands)
        }
        return (own + services + plugins).filter { !$0.commands.isEmpty }
    }
}
