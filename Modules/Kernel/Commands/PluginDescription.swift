import ArgumentParser
import PluginKit

/// What a plugin provides, from its static facts and, when it is enabled, from the registry.
struct PluginDescription {
    private let manifest: PluginManifest
    private let isEnabled: Bool
    private let sections: [(title: String, key: String, lines: [String])]

    init(_ plugin: any ServicePlugin.Type, _ tools: KernelTools) {
        let id = plugin.manifest.id
        let registry = tools.registry
        manifest = plugin.manifest
        isEnabled = tools.enabled.contains(id)
        sections = [
            (
                "接口", "endpoints",
                registry.endpoints.filter { $0.owner == id }.map {
                    "\($0.value.method.rawValue) /api/v1/\($0.path)  \($0.value.summary)  [\($0.value.access.name)]"
                }
            ),
            (
                "页面", "pages",
                registry.pages.filter { $0.owner == id }.map {
                    "\($0.value.method.rawValue) /\($0.path)  \($0.value.menu ?? "")  [\($0.value.access.name)]"
                }
            ),
            ("任务", "jobs", registry.jobs.filter { $0.owner == id }.map { "\($0.name)  每 \($0.value.interval)" }),
            (
                "订阅", "subscriptions",
                registry.observers.filter { $0.owner == id }.map { "\($0.value.event) → \($0.subscriber)" }
                    + registry.deliveries.filter { $0.owner == id }.map { "\($0.value.event) → \($0.subscriber)" }
            ),
            (
                "权限", "permissions",
                registry.permissions.filter { $0.owner == id }.map { "\($0.value.id)  \($0.value.title)" }
            ),
            ("命令", "commands", plugin.commands.map { "yiciban \(id) \($0._commandName)" }),
            ("迁移", "migrations", plugin.migrations.map(\.id)),
            ("设置", "settings", (tools.pluginSettings[id]?.declared ?? []).map(SettingsExplain.line)),
        ]
    }

    var text: String {
        var lines = [
            "\(manifest.id) \(manifest.version)  \(manifest.title)（\(manifest.owner)）  \(isEnabled ? "已启用" : "未启用")"
        ]
        for section in sections where !section.lines.isEmpty {
            lines.append("\(section.title)：")
            lines += section.lines.map { "  \($0)" }
        }
        return lines.joined(separator: "\n")
    }

    var json: JSONValue {
        var members: [String: JSONValue] = [
            "id": .string(manifest.id), "version": .string(manifest.version), "title": .string(manifest.title),
            "owner": .string(manifest.owner), "enabled": .bool(isEnabled),
        ]
        for section in sections { members[section.key] = .array(section.lines.map(JSONValue.string)) }
        return .object(members)
    }
}
