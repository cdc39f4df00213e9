import Catalogue
public import Extension
public import Foundation

/// Reads a folder of bundles, at the start and again whenever one has changed (hot reload).
public struct BundleLoader: Sendable {
    /// The folder whose folders are bundles.
    public let folder: URL
    /// Parameters of this deployment by theme and name.
    public let settings: [String: [String: JSONValue]]

    public init(_ folder: URL, settings: [String: [String: JSONValue]] = [:]) {
        self.folder = folder
        self.settings = settings
    }

    /// What a folder of bundles holds.
    public struct Loaded: Sendable {
        /// The bundles that were read, in the order of their IDs; a bundle with findings is among them only if it
        /// could be read at all.
        public let bundles: [ThemeBundle]
        /// Everything that is wrong, in all bundles.
        public let findings: [ThemeFinding]

        /// The hash of each bundle, by ID.
        public var hashes: [String: String] {
            Dictionary(bundles.map { ($0.folder, $0.hash) }, uniquingKeysWith: { first, _ in first })
        }

        /// The bundles without any finding: those that may serve citizens.
        public var sound: [ThemeBundle] {
            let faulty = Set(findings.compactMap { $0.file.split(separator: "/").first.map(String.init) })
            return bundles.filter { !faulty.contains($0.folder) }
        }
    }

    /// The folders that hold a `theme.yaml`, in order. A path that is a bundle itself stands for that bundle alone.
    public var bundleFolders: [URL] {
        if Self.isBundle(folder) { return [folder] }
        let inside = try? FileManager.default.contentsOfDirectory(
            at: folder.resolvingSymlinksInPath(), includingPropertiesForKeys: nil, options: [.skipsHiddenFiles])
        return (inside ?? []).filter(Self.isBundle).sorted { $0.lastPathComponent < $1.lastPathComponent }
    }

    /// Reads all bundles, and checks them unless told not to.
    ///
    /// - Parameter checking: false where only the contents matter, such as for ``changed(since:)``.
    public func load(checking: Bool = true) -> Loaded {
        let folders = bundleFolders
        if folders.isEmpty {
            let finding = ThemeFinding(
                file: folder.path, code: "bundle.none", message: "这里没有主题：没有任何文件夹带有 theme.yaml。请核对路径。")
            return Loaded(bundles: [], findings: [finding])
        }
        var bundles: [ThemeBundle] = []
        var findings: [ThemeFinding] = []
        for folder in folders {
            let reading = ThemeBundle.read(folder, settings: settings[folder.lastPathComponent] ?? [:])
            if let bundle = reading.bundle {
                bundles.append(bundle)
                findings += checking ? ThemeChecker(bundle).run(after: reading.findings) : reading.findings
            } else {
                findings += reading.findings
            }
        }
        // A bundle checked alone may point to themes that lie elsewhere.
        if checking && folders != [folder] { findings += unknownThemes(bundles) }
        return Loaded(bundles: bundles, findings: (findings + unknownSettings(folders)).sorted())
    }

    /// The hash of each bundle's files as they are now, by folder, also of those that can't be read.
    public var hashes: [String: String] {
        Dictionary(
            bundleFolders.map {
                let name = $0.lastPathComponent
                return (name, BundleFiles($0).hash(settings: settings[name] ?? [:]))
            }, uniquingKeysWith: { first, _ in first })
    }

    /// The bundles that are new or other than they were.
    ///
    /// - Parameter before: what ``hashes`` was at the last reading.
    /// - Returns: IDs of folders, those that are gone among them.
    public func changed(since before: [String: String]) -> Set<String> {
        let now = hashes
        return Set(now.keys).union(before.keys).filter { now[$0] != before[$0] }
    }

    private static func isBundle(_ folder: URL) -> Bool {
        FileManager.default.fileExists(atPath: folder.appendingPathComponent(ThemeBundle.themeFile).path)
    }

    private func unknownThemes(_ bundles: [ThemeBundle]) -> [ThemeFinding] {
        let known = bundles.map(\.theme.id)
        return bundles.flatMap { $0.unknownThemes(known) }
    }

    private func unknownSettings(_ folders: [URL]) -> [ThemeFinding] {
        let known = folders.map(\.lastPathComponent)
        return settings.keys.filter { !known.contains($0) }.map { name in
            ThemeFinding(
                file: folder.path, code: "bundle.unknown_setting",
                message: "部署设置里的主题“\(name)”不存在\(nearestHint(name, known))。")
        }
    }
}
