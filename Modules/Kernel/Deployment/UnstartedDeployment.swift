import Foundation
public import PluginKit

/// A deployment with its database as it stands: nothing is migrated and nothing begins.
///
/// For what must work before a start, beside a running server, and with a database that waits for its migration.
public struct UnstartedDeployment: Sendable {
    public let folder: DeploymentFolder
    public let settings: DeploymentSettings.Essentials
    public let database: any Database
    /// All migrations of the program.
    public let migrator: Migrator

    /// Opens the deployment of a folder; whoever opens it closes it.
    ///
    /// - Throws: ``KernelError``, ``BootFindings`` or ``StorageError`` with the remedy.
    public static func open(
        _ folder: DeploymentFolder, plugins: [any ServicePlugin.Type], composition: ServiceComposition
    ) throws -> UnstartedDeployment {
        try folder.check()
        let settings = try DeploymentSettings.essentials(of: folder)
        if settings.database == .sqlite, !FileManager.default.fileExists(atPath: folder.databasePath) {
            throw KernelError(.noDeployment, "找不到数据库文件 \(folder.databasePath)。请从备份恢复，或先启动一次服务。")
        }
        return UnstartedDeployment(
            folder: folder, settings: settings, database: try settings.database.open(in: folder, connections: 2),
            migrator: composition.migrator(with: plugins))
    }

    public func close() async throws { try await database.close() }
}

extension DeploymentSettings.DatabaseChoice {
    /// Opens the database of a deployment.
    ///
    /// - Parameters:
    ///   - folder: where SQLite's file lies.
    ///   - connections: to a PostgreSQL server.
    public func open(in folder: DeploymentFolder, connections: Int = 8) throws -> any Database {
        switch self {
        case .sqlite:
            folder.protectDatabase()
            return try SQLiteDatabase(path: folder.databasePath)
        case .postgreSQL(let conninfo): return try PostgreSQLDatabase(conninfo, connections: connections)
        }
    }
}

extension ServiceComposition {
    /// One migrator over everything that is compiled in, enabled or not.
    public func migrator(with plugins: [any ServicePlugin.Type]) -> Migrator { Migrator(migrations(with: plugins)) }
}
