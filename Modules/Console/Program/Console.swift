import ArgumentParser
import Foundation
import Kernel
public import PluginKit

/// The combined command line of a distribution of plugins: parses, boots what a command needs, runs it, and tells how
/// it ended by text and exit code.
public struct Console<D: Distribution>: Sendable {
    private let parts: ProgramParts

    public init(_ parts: ProgramParts) { self.parts = parts }

    /// Runs `yiciban` with the process's arguments and ends the process.
    public func main() async -> Never {
        await Self.end(run(Array(CommandLine.arguments.dropFirst())))
    }

    /// Runs the server alone with the process's arguments and ends the process.
    public func serverMain() async -> Never {
        await Self.end(runServer(Array(CommandLine.arguments.dropFirst())))
    }

    /// Runs one command.
    ///
    /// - Parameter arguments: without the program's name.
    /// - Returns: 0 for success, 1 when the operation was refused or found something, 2 for wrong usage, 3 when the
    ///   deployment or its surroundings are not in order.
    public func run(_ arguments: [String]) async -> Int32 { await run(Root<D>.self, arguments) }

    /// Runs the server alone: `yiciban serve` without the verb.
    public func runServer(_ arguments: [String]) async -> Int32 { await run(ServerRoot.self, arguments) }

    private func run<R: AsyncParsableCommand>(_ root: R.Type, _ arguments: [String]) async -> Int32 {
        do {
            try HelpRequest(arguments).check(R.self)
            switch try await R.asyncParseAsRoot(arguments) {
            case let command as any ProgramCommand:
                try await command.run(in: ProgramContext(parts: parts, plugins: D.plugins))
            case let command as any CompositionCommand:
                try await command.run(
                    plugins: D.plugins, output: CommandOutput(isJSON: command.common.json) { print($0) })
            case let command as any KernelCommand:
                try await KernelSession(parts: parts, plugins: D.plugins).run(command)
            case var command as any AsyncParsableCommand: try await command.run()
            case var command: try command.run()
            }
            return ConsoleExit.success.rawValue
        } catch {
            return FailureReport(error, in: R.self, arguments: arguments).tell()
        }
    }

    private static func end(_ code: Int32) -> Never {
        LineLog.standardError.flush()
        fflush(nil)
        exit(code)
    }
}
