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
            try await command.run(in: Self.context(kernel, common))
        } catch {
            try? await kernel.close()
            throw error
        }
        try await kernel.close()
    }

    /// What a command may use of a booted kernel.
    static func context(_ kernel: Kernel, _ common: CommonOptions) -> CommandContext {
        let output = CommandOutput(isJSON: common.json) {
            print($0)
            // Whoever waits for the progress of a long command through a pipe sees it when it is made.
            fflush(nil)
        }
        let (enterprise, post) = (common.enterprise, common.post)
        return CommandContext(services: kernel.services, output: output) { account in
            let now = kernel.clock.now()
            let seed = Seed.random()
            let actor: Actor
            if let account {
                let identity = try kernel.services(IdentityService.self)
                let own = try await identity.actor(
                    ofAccount: try LoginName(account), post: post, terminal: .commandLine, at: now)
                if let enterprise {
                    actor = try await identity.actor(
                        actingFor: enterprise, by: Act(actor: own, now: now, seed: seed))
                } else {
                    actor = own
                }
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
        var logger = Logger(label: "yiciban") { _ in LineLogHandler(.standardError) }
        logger.logLevel = level
        return logger
    }
}
