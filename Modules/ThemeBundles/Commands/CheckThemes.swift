public import ArgumentParser

/// `theme check`: proves that themes hold in every situation.
public struct CheckThemes: AsyncParsableCommand {
    public static let configuration = CommandConfiguration(
        commandName: "check", abstract: "检查主题：逐一走遍所有情形",
        discussion: "每一处问题都给出文件、行号和改法；有问题时退出码为 1。")

    @OptionGroup public var options: ThemeFolderOptions

    public init() {}

    public func run() async throws {
        let loaded = options.loaders.map { $0.load() }
        try options.report(
            loaded.flatMap(\.findings), bundles: loaded.flatMap(\.bundles).count, allWell: "全部通过检查")
    }
}
