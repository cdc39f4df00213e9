/// What is known of a plugin before any settings or database are read.
public struct PluginManifest: Sendable, Hashable {
    /// The plugin's ID: lower-case letters, digits and hyphens. It prefixes everything that the plugin contributes.
    public let id: String
    public let version: String
    /// The title in Chinese.
    public let title: String
    /// The department that answers for it.
    public let owner: String
    /// The services it uses.
    public let requires: Set<Capability>
    /// The plugins that must be loaded before it, where they are enabled.
    public let after: [String]

    public init(
        id: String, version: String, title: String, owner: String, requires: Set<Capability> = [],
        after: [String] = []
    ) {
        self.id = id
        self.version = version
        self.title = title
        self.owner = owner
        self.requires = requires
        self.after = after
    }

    /// The prefix of its tables: hyphens become underscores.
    public var tablePrefix: String { id.replacing("-", with: "_") + "_" }
}

/// A service that a plugin may use; its raw value is the ID of the service.
public enum Capability: String, Sendable, CaseIterable {
    case identity, organisation, catalogue, casework, hall
    case licences = "licence"
}
