/// What a plugin may use of the booted system.
public struct PluginHost: Sendable {
    /// The plugin's own ID.
    public let pluginID: String
    /// The division that the deployment serves.
    public let division: String
    /// The deployment's name, as its pages show it.
    public let deploymentName: String
    /// The database; a plugin's tables carry its prefix.
    public let database: any Database
    /// Where a plugin tells its own events.
    public let events: EventLog
    /// Encrypts personal data in the plugin's tables.
    public let cipher: FieldCipher
    private let services: ServiceDirectory
    private let settings: JSONValue?

    /// - Parameter settings: the plugin's section of the settings file; nil when there is none.
    public init(
        pluginID: String, division: String, deploymentName: String, database: any Database, events: EventLog,
        cipher: FieldCipher, services: ServiceDirectory, settings: JSONValue? = nil
    ) {
        self.pluginID = pluginID
        self.division = division
        self.deploymentName = deploymentName
        self.settings = settings
        self.database = database
        self.events = events
        self.cipher = cipher
        self.services = services
    }

    /// A service by its type.
    public func service<Service: Sendable>(_ type: Service.Type) throws -> Service { try services(type) }

    /// The settings with which the plugin was begun, for its commands.
    public func settings<Plugin: ServicePlugin>(of plugin: Plugin.Type) throws -> Plugin.Settings {
        try Plugin.Settings(from: SettingsReader(area: "plugin.\(pluginID)", values: settings))
    }
}

/// The hosts of the enabled plugins, for their commands.
public struct PluginHosts: Sendable {
    private let hosts: [String: PluginHost]

    public init(_ hosts: [PluginHost]) {
        self.hosts = Dictionary(hosts.map { ($0.pluginID, $0) }, uniquingKeysWith: { $1 })
    }

    /// The host of a plugin; nil while it is disabled.
    public subscript(id: String) -> PluginHost? { hosts[id] }
}

extension CommandContext {
    /// What a plugin's command may use of the booted system.
    ///
    /// - Throws: ``Problem`` when the plugin is not enabled in this deployment.
    public func host<Plugin: ServicePlugin>(of plugin: Plugin.Type) throws -> PluginHost {
        guard let host = try services(PluginHosts.self)[plugin.manifest.id] else {
            throw Problem(
                409, "plugin.disabled", "插件没有启用",
                "插件 \(plugin.manifest.id) 没有启用。请在 settings.yaml 的 plugins 里加上它，再重新运行。")
        }
        return host
    }
}
