import Foundation
import Logging
import PluginKit
import Synchronization
import ThemeBundles
import ThemeEditing

/// Brings the theme bundles of the distribution and of the deployment into the catalogue, at the start and whenever
/// their files change.
///
/// A bundle with findings is not applied: the version before it stays in force, and the log says what to mend.
final class ThemeInstaller: Sendable {
    /// Folders of bundles; a later folder's bundle stands in the place of an earlier one with the same name.
    let folders: [URL]
    let settings: DeploymentSettings.Themes
    let catalogue: CatalogueService
    let logger: Logger
    /// The hashes of the bundles when they were last looked at, by folder.
    private let seen = Mutex<[URL: [String: String]]>([:])
    /// How many publications are writing files just now, during which nobody looks at them.
    private let writers = Mutex(0)

    init(folders: [URL], settings: DeploymentSettings.Themes, catalogue: CatalogueService, logger: Logger) {
        self.folders = folders
        self.settings = settings
        self.catalogue = catalogue
        self.logger = logger
    }

    /// Applies what changed since the last look; nothing is read but the files' hashes when nothing did.
    func reload(by act: Act) async throws {
        if writers.withLock({ $0 > 0 }) { return }
        let before = seen.withLock { $0 }
        let isChanged = folders.contains { !loader($0).changed(since: before[$0] ?? [:]).isEmpty }
        if isChanged { try await install(by: act) }
    }

    /// Applies all bundles.
    ///
    /// - Returns: the themes that changed.
    @discardableResult
    func install(by act: Act) async throws -> [String] {
        var found: [String: ThemeBundle] = [:]
        var faulty: Set<String> = []
        for folder in folders {
            let loader = loader(folder)
            if loader.bundleFolders.isEmpty {
                seen.withLock { $0[folder] = [:] }
                continue
            }
            // Before the reading, and of all: one that can't be read is missed too when it is taken away.
            let hashes = loader.hashes
            let loaded = loader.load(checking: false)
            seen.withLock { $0[folder] = hashes }
            for bundle in loaded.bundles { found[bundle.theme.id] = bundle }
            faulty.formUnion(report(loaded.findings))
        }
        let current = try await catalogue.database.read { [catalogue] in
            try catalogue.currentThemes(in: $0).mapValues(\.hash)
        }
        var versions: [ThemeVersion] = []
        for (id, bundle) in found.sorted(by: { $0.key < $1.key }) where isEnabled(id) {
            // What is in force already was checked when it came.
            if current[id] != bundle.hash {
                let findings = ThemeChecker(bundle).run()
                if !findings.isEmpty {
                    faulty.formUnion(report(findings))
                    faulty.insert(id)
                }
            }
            if !faulty.contains(id) { versions.append(ThemeVersion(theme: bundle.theme, hash: bundle.hash)) }
        }
        let changed = try await catalogue.apply(versions, keeping: faulty.filter(isEnabled), by: act)
        tell(changed, found: Set(found.keys), faulty)
        return changed
    }

    /// Logs what changed, and which themes the settings enable although no bundle brings them.
    private func tell(_ changed: [String], found: Set<String>, _ faulty: Set<String>) {
        for id in changed.sorted() {
            if found.contains(id), isEnabled(id) {
                logger.notice("theme applied", metadata: ["theme": "\(id)"])
            } else {
                logger.warning(
                    "theme withdrawn",
                    metadata: ["theme": "\(id)", "remedy": "主题包不在了或没有启用，已不再受理新的申请，在办的照常办完；要恢复请放回主题文件夹"])
            }
        }
        for id in settings.enabled.sorted() where !found.contains(id) && !faulty.contains(id) {
            let hint = nearest(to: id, among: found).map { "，是否想写 \($0)" } ?? ""
            logger.warning(
                "theme missing",
                metadata: [
                    "theme": "\(id)", "remedy": "settings.yaml 的 themes.enabled 写了它，但没有这个主题的文件夹\(hint)",
                ])
        }
    }

    /// The loader of a folder with the parameters of the bundles that lie there.
    private func loader(_ folder: URL) -> BundleLoader {
        let names = Set(BundleLoader(folder).bundleFolders.map(\.lastPathComponent))
        return BundleLoader(folder, settings: settings.parameters.filter { names.contains($0.key) })
    }

    private func isEnabled(_ id: String) -> Bool { settings.enabled.isEmpty || settings.enabled.contains(id) }

    /// Logs findings and gives the bundles that they concern.
    private func report(_ findings: [ThemeFinding]) -> Set<String> {
        for finding in findings { logger.error("theme not applied", metadata: ["finding": "\(finding)"]) }
        return Set(findings.compactMap { $0.file.split(separator: "/").first.map(String.init) })
    }
}

extension ThemeInstaller: BundleInstaller {
    func install(by act: Act, after change: @Sendable () throws -> Void) async throws {
        writers.withLock { $0 += 1 }
        defer { writers.withLock { $0 -= 1 } }
        try change()
        try await install(by: act)
    }
}
