import ArgumentParser
import Foundation
import Kernel
import Logging
import PluginKit
import ServiceLifecycle
import UnixSignals

/// `yiciban serve`
struct Serve: ProgramCommand {
    static let configuration = CommandConfiguration(
        commandName: "serve", abstract: "启动服务：网页和接口",
        discussion: "按 Ctrl+C 或发送 SIGTERM 停止；正在办理的请求会先做完。")

    @OptionGroup var options: ServeOptions

    func run(in context: ProgramContext) async throws { try await ServerRun(options, context).run() }
}

/// `yiciban-server`: the same server alone, for service managers and containers.
struct ServerRoot: ProgramCommand {
    static let configuration = CommandConfiguration(
        commandName: "yiciban-server", abstract: "一次办服务器：网页和接口",
        discussion: "部署用 yiciban init 建立。按 Ctrl+C 或发送 SIGTERM 停止；正在办理的请求会先做完。",
        version: Kernel.version)

    @OptionGroup var options: ServeOptions

    func run(in context: ProgramContext) async throws { try await ServerRun(options, context).run() }
}

/// Boots a deployment and serves it until the process is asked to stop.
struct ServerRun {
    private let options: ServeOptions
    private let context: ProgramContext

    init(_ options: ServeOptions, _ context: ProgramContext) {
        self.options = options
        self.context = context
    }

    func run() async throws {
        let folder = DeploymentFolder(options.data)
        try folder.check()
        var settings = try DeploymentSettings.load(folder)
        if let port = options.port { settings.http.port = port }
        if let host = options.host { settings.http.host = host }
        let logger = Logger.console(.info)
        let kernel = try await KernelStart(parts: context.parts, plugins: context.plugins)
            .boot(folder, settings: settings, withoutBackup: options.withoutBackup, logger: logger)
        do {
            let welcome = Welcome(
                name: settings.name, host: settings.http.host, data: folder.path,
                accounts: try SampleAccount.load(folder))
            let output = CommandOutput(isJSON: options.json) { print($0) }
            let server = try context.parts.makeServer(kernel) { port in
                output.print(welcome.text(port: port), json: welcome.json(port: port))
                fflush(nil)
            }
            try await group(of: [server] + kernel.runners, settings).run()
        } catch {
            try? await kernel.close()
            throw error
        }
        try await kernel.close()
    }

    /// All services stop together: when the process is asked to stop, or when one of them ends.
    private func group(of services: [any Service], _ settings: DeploymentSettings) -> ServiceGroup {
        var configuration = ServiceGroupConfiguration(
            services: services.map {
                .init(
                    service: $0, successTerminationBehavior: .gracefullyShutdownGroup,
                    failureTerminationBehavior: .gracefullyShutdownGroup)
            },
            gracefulShutdownSignals: [.sigterm, .sigint], logger: .console(.warning))
        configuration.maximumGracefulShutdownDuration = .seconds(settings.http.shutdownTimeout)
        return ServiceGroup(configuration: configuration)
    }
}
