public import PluginKit

/// What the kernel's own commands use; found in the ``ServiceDirectory`` like a service.
public struct KernelTools: Sendable {
    public let foundation: KernelFoundation
    public let registry: Registry
    /// Every plugin that is compiled in.
    public let plugins: [any ServicePlugin.Type]
    /// The IDs of the enabled plugins in the order in which they began.
    public let enabled: [String]
    /// The settings of the enabled plugins, as they asked for them.
    public let pluginSettings: [String: SettingsReader]
    /// All columns that hold sealed values.
    public let encryptedColumns: [EncryptedColumn]

    /// Handles deliveries that wait or are parked.
    public var outbox: OutboxDispatcher { OutboxDispatcher(foundation.database) }
}
