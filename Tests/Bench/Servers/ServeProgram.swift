import ArgumentParser
import Composition
import Console
import Foundation
import Kernel
import Logging
import PluginKit
import ServiceLifecycle
import StandardDistribution
import Storage
import UnixSignals

/// `yiciban-bench serve-program`: the program with shared commits switched off, which its settings don't offer.
struct ServeProgram: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "serve-program", abstract: "启动不合并提交的服务（供测速）", shouldDisplay: false)

    @Option(help: "数据目录")
    var data: String

    func run() async throws {
        let folder = DeploymentFolder(data)
        let kernel = try await BenchKernel.boot(
            folder, database: SQLiteDatabase(path: folder.databasePath, options: .init(sharedCommits: false)))
        let server = try Programs.parts.makeServer(kernel) { Announcement.print(port: $0) }
        try await ServiceGroup(
            configuration: .init(
                services: ([server] + kernel.runners).map { .init(service: $0) },
                gracefulShutdownSignals: [.sigterm], logger: kernel.logger)
        ).run()
        try await kernel.close()
    }
}

/// The one place where the benchmark boots a kernel in its own process.
enum BenchKernel {
    static func boot(_ folder: DeploymentFolder, database: SQLiteDatabase? = nil) async throws -> Kernel {
        try await Kernel.boot(
            folder: folder, plugins: Standard.plugins, composition: .standard(themeFolders: Programs.parts.themes),
            database: database, logger: Logger(label: "yiciban-bench", factory: { _ in SwiftLogNoOpLogHandler() }))
    }
}

/// Tells the benchmark that requests are taken.
enum Announcement {
    static func print(port: Int) {
        Swift.print("http://127.0.0.1:\(port)")
        fflush(nil)
    }
}
