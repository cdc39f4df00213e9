import ArgumentParser
import Foundation
import Kernel
import Logging
import PluginKit

/// Boots the deployment that a command names, runs the command, and closes it again.
struct KernelSession {
    let parts: ProgramParts
    let plugins: [any ServicePlugin.Type]

    func run(_ command: any KernelCommand) async throws {
        let common = command.common
        let kernel = try await KernelStart(parts: parts, plugins: plugins)
            .boot(DeploymentFolder(common.data), logger: .console(.warning))
        do {
            try await command.run(in: Self.context(kernel, isJSON: common.json, post: common.post))
        } catch {
            try? await kernel.close()
            throw error
        }
        try await kernel.close()
    }

    /// What a command may use of a booted kernel.
    ///
    /// - Parameter post: at which post the account of `--as` acts; its first when nil.
    static func context(_ kernel: Kernel, isJSON: Bool, post: String? = nil) -> CommandContext {
        CommandContext(services: kernel.services, output: CommandOutput(isJSON: isJSON) { print($0) }) { account in
            let now = kernel.clock.now()
            let seed = Seed.random()
            let actor: Actor
            if let account {
                let identity = try kernel.services(IdentityService.self)
                actor = try await identity.actor(
                    ofAccount: try LoginName(account), post: post, terminal: .commandLine, at: now)
            } else {
                actor = .system("console", terminal: .commandLine)
            }
            return Act(actor: actor, now: now, seed: seed, requestID: seed.identifier("request", at: now).text)
        }
    }
}

extension Logger {
    /// Logs to the standard error, so that what a command prints stays clean for scripts.
    static func console(_ level: Logger.Level) -> Logger {
        var logger = Logger(label: "yiciban") { StreamLogHandler.standardError(label: $0) }
        logger.logLevel = level
        return logger
    }
}
