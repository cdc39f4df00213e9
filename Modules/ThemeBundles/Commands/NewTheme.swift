public import ArgumentParser
public import Extension
import Foundation

/// `theme new`: the start of a new theme.
public struct NewTheme: AsyncParsableCommand {
    public static let configuration = CommandConfiguration(
        commandName: "new", abstract: "新建主题：生成一份马上能通过检查的样例")

    @Argument(help: "主题的 id，如 open-shop；也是文件夹的名称")
    public var id: String

    @Option(name: .long, help: "主题名称，如“开便利店”")
    public var title: String

    @Option(name: .long, help: "放在哪个文件夹里")
    public var folder: String = "."

    @OptionGroup public var standalone: StandaloneOptions

    public init() {}

    public func run() async throws {
        do {
            let written = try ThemeScaffold(id: id, title: title).write(into: URL(fileURLWithPath: folder))
            print(
                standalone.json
                    ? JSONValue.object(["folder": .string(written.path)]).canonical
                    : "已生成 \(written.path)。改好 theme.yaml 后，请运行 theme check 和 theme test。")
        } catch let refusal as ThemeScaffold.Refusal {
            throw ValidationError(refusal.description)
        }
    }
}
