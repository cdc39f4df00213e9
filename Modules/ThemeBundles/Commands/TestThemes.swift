public import ArgumentParser

/// `theme test`: runs the examples of themes.
public struct TestThemes: AsyncParsableCommand {
    public static let configuration = CommandConfiguration(
        commandName: "test", abstract: "跑主题自带的实例（examples.yaml）",
        discussion: "实际结果与实例不符时逐项列出，退出码为 1。")

    @OptionGroup public var options: ThemeFolderOptions

    public init() {}

    public func run() async throws {
        let loaded = options.loaders.map { $0.load(checking: false) }
        let bundles = loaded.flatMap(\.bundles)
        let findings = loaded.flatMap(\.findings) + bundles.flatMap { ThemeTester($0).run() }
        let count = bundles.map(\.examples.count).reduce(0, +)
        try options.report(findings, bundles: bundles.count, allWell: "\(count) 个实例全部相符")
    }
}
