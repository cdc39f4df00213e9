import ArgumentParser
import PluginKit

/// A command of the program itself, which makes or serves a deployment.
protocol ProgramCommand: AsyncParsableCommand {
    func run(in context: ProgramContext) async throws
}

extension ProgramCommand {
    /// Never called: the console runs ``run(in:)`` with the program's parts.
    mutating func run() async throws { throw CleanExit.helpRequest(self) }
}

/// What the program was composed of.
struct ProgramContext: Sendable {
    let parts: ProgramParts
    let plugins: [any ServicePlugin.Type]
}
