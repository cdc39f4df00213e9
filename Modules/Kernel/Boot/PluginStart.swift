import PluginKit

/// Begins one plugin: its settings are read, then it is made, then it says what it contributes.
struct PluginStart {
    let reader: SettingsReader
    let host: PluginHost
    /// Nil when the plugin could not begin.
    let contributions: [any Contribution]?
    let findings: [Finding]

    init(_ plugin: any ServicePlugin.Type, _ foundation: KernelFoundation, _ services: ServiceDirectory) {
        let id = plugin.manifest.id
        let reader = SettingsReader(area: "plugin.\(id)", values: foundation.settings.pluginSettings[id])
        let host = PluginHost(
            pluginID: id, division: foundation.settings.division.text, deploymentName: foundation.settings.name,
            database: foundation.database, events: foundation.events, cipher: foundation.cipher, services: services,
            settings: foundation.settings.pluginSettings[id])
        var contributions: [any Contribution]?
        var thrown: [Finding] = []
        do {
            contributions = try Self.start(plugin, reader, host)
        } catch let finding as Finding {
            thrown = [finding]
        } catch let problem as any ProblemConvertible {
            thrown = [Finding(id, problem.problem.code, problem.problem.detail)]
        } catch {
            thrown = [Finding(id, "plugin.start", "插件 \(id) 不能启动：\(error)。请联系它的提供者。")]
        }
        self.reader = reader
        self.host = host
        // A setting's finding is both recorded by the reader and thrown.
        let recorded = reader.findings
        findings = recorded + thrown.filter { !recorded.contains($0) }
        self.contributions = contributions
    }

    private static func start<Plugin: ServicePlugin>(
        _ plugin: Plugin.Type, _ reader: SettingsReader, _ host: PluginHost
    ) throws -> [any Contribution] {
        let settings = try Plugin.Settings(from: reader)
        // With a malformed setting in place of which a default stands, the plugin must not begin.
        guard reader.findings.isEmpty else { return [] }
        return try Plugin(settings: settings, host: host).contributions
    }
}
