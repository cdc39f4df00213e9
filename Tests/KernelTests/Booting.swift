import Foundation
import Kernel
import Logging
import PluginKit
import StorageTestSupport

/// Boots kernels in folders of their own.
enum Booting {
    static let logger = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
    /// No services: the kernel alone.
    static let bare = ServiceComposition(types: []) { _ in ServiceComposition.Made() }

    static func settings(plugins: [String] = [], pluginSettings: [String: JSONValue] = [:]) throws -> DeploymentSettings
    {
        var settings = DeploymentSettings(name: "测试", division: try DivisionCode("430600"))
        settings.plugins = plugins
        settings.pluginSettings = pluginSettings
        return settings
    }

    /// Runs a test in a new folder and removes it afterwards.
    static func inFolder<Value>(_ body: (DeploymentFolder) async throws -> Value) async throws -> Value {
        let path = FileManager.default.temporaryDirectory.path + "/yiciban-kernel-\(UInt64.random(in: 0 ... .max))"
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: path) }
        return try await body(DeploymentFolder(path))
    }

    /// Boots on SQLite with plugins and runs a test.
    static func kernel(
        _ plugins: [any ServicePlugin.Type], enabled: [String]? = nil, pluginSettings: [String: JSONValue] = [:],
        clock: any Now = FixedClock(TestDatabase.now), _ body: (Kernel) async throws -> Void
    ) async throws {
        try await inFolder { folder in
            try folder.create(settings: "name: 测试\ndivision: 430600\n")
            let settings = try settings(
                plugins: enabled ?? plugins.map { $0.manifest.id }, pluginSettings: pluginSettings)
            let kernel = try await Kernel.boot(
                folder: folder, plugins: plugins, composition: bare, clock: clock, settings: settings, logger: logger)
            do { try await body(kernel) } catch {
                try? await kernel.close()
                throw error
            }
            try await kernel.close()
        }
    }

    /// The codes of everything that keeps these plugins from booting.
    static func findings(
        _ plugins: [any ServicePlugin.Type], enabled: [String]? = nil, pluginSettings: [String: JSONValue] = [:]
    ) async throws -> [Finding] {
        do {
            try await kernel(plugins, enabled: enabled, pluginSettings: pluginSettings) { _ in }
            return []
        } catch let findings as BootFindings {
            return findings.findings
        }
    }
}
