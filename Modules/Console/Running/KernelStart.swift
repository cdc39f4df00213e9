import Kernel
import Logging
import PluginKit

/// The one place where the console boots a kernel.
struct KernelStart {
    let parts: ProgramParts
    let plugins: [any ServicePlugin.Type]

    /// - Parameters:
    ///   - folder: the deployment.
    ///   - settings: in place of those in its file.
    ///   - withoutBackup: lets the database be migrated though there is no backup of late.
    func boot(
        _ folder: DeploymentFolder, settings: DeploymentSettings? = nil, withoutBackup: Bool = false, logger: Logger
    ) async throws -> Kernel {
        try await Kernel.boot(
            folder: folder, plugins: plugins, composition: .standard(themeFolders: parts.themes), settings: settings,
            withoutBackup: withoutBackup, logger: logger)
    }
}
