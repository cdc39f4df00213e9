/// What a plugin may use of the booted system.
public struct PluginHost: Sendable {
    /// The plugin's own ID.
    public let pluginID: String
    /// The database; a plugin's tables carry its prefix.
    public let database: any Database
    /// Where a plugin tells its own events.
    public let events: EventLog
    /// Encrypts personal data in the plugin's tables.
    public let cipher: FieldCipher
    private let services: ServiceDirectory

    public init(
        pluginID: String, database: any Database, events: EventLog, cipher: FieldCipher, services: ServiceDirectory
    ) {
        self.pluginID = pluginID
        self.database = database
        self.events = events
        self.cipher = cipher
        self.services = services
    }

    /// A service by its type.
    public func service<Service: Sendable>(_ type: Service.Type) throws -> Service { try services(type) }
}
