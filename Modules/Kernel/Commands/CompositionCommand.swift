public import ArgumentParser
public import PluginKit

/// A command about the program itself: it needs no deployment, so that it answers before there is one.
public protocol CompositionCommand: AsyncParsableCommand {
    /// Where a deployment would be, and how to print.
    var common: CommonOptions { get }

    /// Does the work.
    ///
    /// - Parameters:
    ///   - plugins: what is compiled in.
    ///   - output: prints.
    func run(plugins: [any ServicePlugin.Type], output: CommandOutput) async throws
}

extension CompositionCommand {
    /// Never called: the console runs ``run(plugins:output:)``.
    public mutating func run() async throws { throw CleanExit.helpRequest(self) }
}
