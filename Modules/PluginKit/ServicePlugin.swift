public import Foundation

public import ArgumentParser

/// A plugin in two phases: static facts first, then an instance with its settings and the host (DESIGN §4).
public protocol ServicePlugin: Sendable {
    associatedtype Settings: PluginSettings = NoSettings

    static var manifest: PluginManifest { get }
    /// Its tables, each named with ``PluginManifest/tablePrefix``. They are migrated even while it is disabled.
    static var migrations: [Migration] { get }
    /// Its columns that hold values sealed with ``PluginHost/cipher``, so that they are sealed anew when keys rotate, even
    /// while it is disabled.
    static var encryptedColumns: [EncryptedColumn] { get }
    /// Its commands, offered as `yiciban <id> <command>`.
    static var commands: [any ParsableCommand.Type] { get }

    init(settings: Settings, host: PluginHost) throws

    /// What it adds, as pure values.
    @ContributionBuilder var contributions: [any Contribution] { get }
}

extension ServicePlugin {
    public static var migrations: [Migration] { [] }
    public static var encryptedColumns: [EncryptedColumn] { [] }
    public static var commands: [any ParsableCommand.Type] { [] }
    public var contributions: [any Contribution] { [] }
}

/// Collects contributions.
@resultBuilder
public enum ContributionBuilder {
    public static func buildExpression(_ one: any Contribution) -> [any Contribution] { [one] }
    public static func buildExpression(_ many: [any Contribution]) -> [any Contribution] { many }
    public static func buildBlock(_ parts: [any Contribution]...) -> [any Contribution] { parts.flatMap { $0 } }
    public static func buildOptional(_ part: [any Contribution]?) -> [any Contribution] { part ?? [] }
    public static func buildEither(first part: [any Contribution]) -> [any Contribution] { part }
    public static func buildEither(second part: [any Contribution]) -> [any Contribution] { part }
    public static func buildArray(_ parts: [[any Contribution]]) -> [any Contribution] { parts.flatMap { $0 } }
}

/// The plugins and theme bundles that a program is composed of: a county's own executable names its own.
public protocol Distribution: Sendable {
    static var plugins: [any ServicePlugin.Type] { get }
    /// Folders that hold theme bundles; the deployment's own folder comes on top of them.
    static var themeFolders: [URL] { get }
}

extension Distribution {
    public static var themeFolders: [URL] { [] }
}
