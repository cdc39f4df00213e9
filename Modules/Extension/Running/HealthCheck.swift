/// One look at whether something is in order, for `yiciban doctor`; contributed by whoever knows it.
public struct HealthCheck: Contribution {
    /// A stable name for scripts; a plugin's is prefixed with the plugin's ID.
    public let name: String
    /// What is looked at, in Chinese, such as 备份.
    public let title: String
    /// Looks; it changes nothing. What it throws is a fault.
    public let look: @Sendable (Act) async throws -> Health

    public init(_ name: String, title: String, _ look: @escaping @Sendable (Act) async throws -> Health) {
        self.name = name
        self.title = title
        self.look = look
    }
}

/// What a look found.
public struct Health: Sendable, Hashable {
    /// How bad it is.
    public enum Level: String, Sendable, CaseIterable {
        /// In order.
        case sound
        /// Works, but will not for long, or not as it should.
        case warning
        /// Does not work, or data are in danger.
        case fault
    }

    public let level: Level
    /// What was found, in Chinese, in one line.
    public let detail: String
    /// What to do about it, in Chinese; empty when it is in order.
    public let remedy: String

    public static func sound(_ detail: String) -> Health { Health(level: .sound, detail: detail, remedy: "") }

    public static func warning(_ detail: String, remedy: String) -> Health {
        Health(level: .warning, detail: detail, remedy: remedy)
    }

    public static func fault(_ detail: String, remedy: String) -> Health {
        Health(level: .fault, detail: detail, remedy: remedy)
    }
}
