public import ArgumentParser
import Casework
import Catalogue
public import Extension
import Foundation

/// `theme preview`: a theme as people will meet it.
public struct PreviewTheme: AsyncParsableCommand {
    public static let configuration = CommandConfiguration(
        commandName: "preview", abstract: "预览主题的问题，以及某种情形的办事方案",
        discussion: "例：theme preview Plugins/Themes/birth --answer 婚姻状况=婚内 --answer 随谁落户=随母")

    @Argument(help: "主题所在的文件夹")
    public var folder: String

    @Option(name: .long, help: "一个回答，写成“问题=选项”；可以写多次")
    public var answer: [String] = []

    @Option(name: .long, help: "用 examples.yaml 里的这个实例作答")
    public var example: String?

    @OptionGroup public var standalone: StandaloneOptions

    public init() {}

    public func run() async throws {
        let (bundle, findings) = ThemeBundle.read(URL(fileURLWithPath: folder))
        guard let bundle else {
            for finding in findings { print(standalone.json ? finding.json.canonical : finding.description) }
            throw ExitCode(1)
        }
        var answers: [String: String]?
        var available = AvailableSources()
        if let example {
            guard let found = bundle.examples.first(where: { $0.name == example }) else {
                throw ValidationError("没有叫“\(example)”的实例，可选：\(bundle.examples.map(\.name).joined(separator: "、"))。")
            }
            (answers, available) = (found.answers, ThemeTester(bundle).available(found))
        }
        for text in answer {
            let parts = text.split(separator: "=", maxSplits: 1)
            guard parts.count == 2 else { throw ValidationError("回答“\(text)”应当写成“问题=选项”。") }
            answers = (answers ?? [:]).merging([String(parts[0]): String(parts[1])]) { $1 }
        }
        try Self.check(answers ?? [:], bundle)
        let text = ThemePreview(bundle).text(for: answers, available: available)
        print(standalone.json ? JSONValue.object(["text": .string(text)]).canonical : text)
    }

    /// A preview of other answers than were meant is worse than none.
    private static func check(_ answers: [String: String], _ bundle: ThemeBundle) throws {
        let check = AnswerCheck(answers, for: bundle.theme)
        if check.findings.isEmpty { return }
        let questions = bundle.theme.questions.map { question in
            "\(question.id)（\(question.options.map(\.title).joined(separator: "、"))）"
        }
        throw ValidationError(
            (check.findings.map(\.message) + ["这个主题的问题和选项：\(questions.joined(separator: "；"))"])
                .joined(separator: "\n"))
    }
}
