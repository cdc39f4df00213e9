public import Catalogue
public import Extension
public import Foundation
public import Storage
public import ThemeBundles

/// Brings the files of bundles into force.
public protocol BundleInstaller: Sendable {
    /// Changes files and then brings all bundles into the catalogue, while nobody else does.
    ///
    /// - Parameter change: writes the files.
    func install(by act: Act, after change: @Sendable () throws -> Void) async throws
}

/// The desk at which themes are changed (主题编辑): drafts with versions, their check, publication by a second person,
/// and the way back to an earlier version.
public struct ThemeDesk: ServiceModule {
    public static let id = "themes"
    public static var migrations: MigrationSet { ThemeDeskSchema.migrations }

    public let database: any Database
    let events: EventLog
    let catalogue: CatalogueService
    /// Folders of bundles that come with the program; a later one stands before an earlier one.
    let shipped: [URL]
    /// The deployment's own folder, which stands before all others.
    let own: URL
    /// Parameters of this deployment by theme and name.
    let settings: [String: [String: JSONValue]]
    /// The themes that the deployment offers; empty for all.
    let enabled: Set<String>
    let installer: any BundleInstaller

    public init(
        database: any Database, events: EventLog, catalogue: CatalogueService, shipped: [URL], own: URL,
        settings: [String: [String: JSONValue]], enabled: Set<String>, installer: any BundleInstaller
    ) {
        self.database = database
        self.events = events
        self.catalogue = catalogue
        self.shipped = shipped
        self.own = own
        self.settings = settings
        self.enabled = enabled
        self.installer = installer
    }

    public var contributions: [any Contribution] { [Permission.editThemes, Permission.approveThemes] }

    // MARK: Bundles as they lie in the folders

    /// All themes that there are, with their drafts.
    public func entries() async throws -> [ThemeEntry] {
        let current = Dictionary(
            try await catalogue.themes().map { ($0.theme.id, $0) }, uniquingKeysWith: { first, _ in first })
        let drafts = Dictionary(
            try await database.read { try Self.drafts(in: $0) }.map { ($0.theme, $0) }, uniquingKeysWith: { $1 })
        let shippedNames = Set(shipped.flatMap(Self.names))
        let ownNames = Set(Self.names(own))
        return shippedNames.union(ownNames).union(drafts.keys).sorted().map { id in
            let files = drafts[id]?.files ?? files(of: id)?.contents
            return ThemeEntry(
                id: id, title: files.flatMap(Self.title) ?? current[id]?.theme.title ?? id,
                isShipped: shippedNames.contains(id), isOwn: ownNames.contains(id),
                inForce: current[id]?.theme.version,
                draft: drafts[id].map { ($0.state, $0.changedBy, $0.changedAt) })
        }
    }

    /// The files that stand for a theme now: the deployment's own before those of the program; nil when there are none.
    public func files(of theme: String) -> BundleFiles? {
        ([own] + shipped.reversed()).first { Self.names($0).contains(theme) }
            .map { BundleFiles($0.appendingPathComponent(theme)) }
    }

    /// The files that came with the program; nil when it has no such theme.
    public func shippedFiles(of theme: String) -> BundleFiles? {
        shipped.reversed().first { Self.names($0).contains(theme) }
            .map { BundleFiles($0.appendingPathComponent(theme)) }
    }

    private static func names(_ folder: URL) -> [String] { BundleLoader(folder).bundleFolders.map(\.lastPathComponent) }

    private static func title(_ files: [String: String]) -> String? {
        files[ThemeBundle.themeFile].flatMap { YAMLSource($0)?.tree["title"]?.text }
    }

    /// What a draft looks like to the checker.
    public func check(_ files: [String: String], of theme: String) -> DraftCheck {
        let known = Set((shipped + [own]).flatMap(Self.names)).union([theme]).sorted()
        return DraftCheck(files, of: theme, settings: settings[theme] ?? [:], themes: known)
    }

    static func hash(_ files: BundleFiles?) -> String { files?.hash(settings: [:]) ?? "" }
}

extension Permission {
    /// Change themes (编制主题).
    public static let editThemes = Permission("themes.edit", "编制主题")
    /// Approve and publish what somebody else changed (批准发布主题).
    public static let approveThemes = Permission("themes.approve", "批准发布主题")
}
