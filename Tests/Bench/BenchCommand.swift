import ArgumentParser

/// `yiciban-bench`: measures the program against bare baselines on the same machine, in the same run.
@main
struct BenchCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "yiciban-bench", abstract: "测速：每个数字都与同一次运行里的最简实现相比",
        subcommands: [RunBench.self, ServeProgram.self, ServeBaseline.self, FillCases.self],
        defaultSubcommand: RunBench.self)
}

/// Why something could not be measured: not a slow result, but none.
struct BenchError: Error, CustomStringConvertible {
    let description: String

    init(_ description: String) { self.description = description }
}
