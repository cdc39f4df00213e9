public import ArgumentParser

/// `yiciban theme …`: the workbench of an author of themes. None of it needs a booted system.
public struct ThemeCommand: AsyncParsableCommand {
    public static let configuration = CommandConfiguration(
        commandName: "theme", abstract: "编写主题：新建、检查、跑实例、预览",
        subcommands: [NewTheme.self, CheckThemes.self, TestThemes.self, PreviewTheme.self, ListThemes.self])

    public init() {}
}
