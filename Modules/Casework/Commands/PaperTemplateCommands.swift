public import ArgumentParser
import Extension
import Foundation

/// `yiciban paper …`: the templates of papers.
struct PaperCommands: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "paper", abstract: "办件文书：查看和检查模板",
        discussion: """
            各种文书都有内置模板。要改的，先 paper template show 种类 > 数据目录/papers/种类.txt，改好后 paper check，再重新启动服务。
            已经出具的文书不受影响。一件事的文书用 case papers 查看。
            """,
        subcommands: [TemplateCommands.self, CheckTemplates.self])
}

/// `yiciban paper template …`
struct TemplateCommands: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "template", abstract: "文书模板",
        subcommands: [ListTemplates.self, ShowTemplate.self, CheckTemplates.self])
}

/// Where a deployment's templates lie; the commands work on the files alone, also when the service can't start.
struct TemplateOptions: ParsableArguments {
    @Option(name: .long, help: "数据目录；本地模板在它的 papers 文件夹里")
    var data: String = "data"

    @Flag(name: .long, help: "以 JSON 输出，便于脚本使用")
    var json = false

    var folder: String { "\(data)/papers" }

    func output() -> CommandOutput { CommandOutput(isJSON: json) { print($0) } }
}

/// `yiciban paper template list`
struct ListTemplates: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "list", abstract: "列出各种文书的模板和版本")

    @OptionGroup var options: TemplateOptions

    func run() async throws {
        let templates = try PaperTemplates.load(options.folder).all
        options.output().print(
            templates.map {
                "\($0.kind.rawValue)　\($0.kind.chinese)　文号字 \($0.word)　\($0.isLocal ? "本地" : "内置")　版本 \($0.version)"
            }.joined(separator: "\n"),
            json: .array(
                templates.map {
                    .object([
                        "kind": .string($0.kind.rawValue), "title": .string($0.kind.chinese), "word": .string($0.word),
                        "is_local": .bool($0.isLocal), "version": .string($0.version),
                    ])
                }))
    }
}

extension PaperKind: ExpressibleByArgument {}

/// `yiciban paper template show KIND`
struct ShowTemplate: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "show", abstract: "显示一种文书的模板", discussion: "加 --built-in 显示内置的；存成数据目录下 papers/种类.txt 后就可以改。")

    @Argument(help: "种类：\(PaperKind.allCases.map { "\($0.rawValue) \($0.chinese)" }.joined(separator: "；"))")
    var kind: PaperKind

    @Flag(name: .long, help: "显示内置模板，即使本地改过")
    var builtIn = false

    @OptionGroup var options: TemplateOptions

    func run() async throws {
        // A shell makes the file that is redirected to before it is written: an empty one says nothing yet.
        let local = "\(options.folder)/\(kind.rawValue).txt"
        let isBegun = FileManager.default.contents(atPath: local)?.isEmpty == true
        guard let template = try PaperTemplates.load(builtIn || isBegun ? nil : options.folder)[kind] else { return }
        options.output().print(
            template.text.hasSuffix("\n") ? String(template.text.dropLast()) : template.text,
            json: .object([
                "kind": .string(kind.rawValue), "text": .string(template.text), "version": .string(template.version),
                "is_local": .bool(template.isLocal),
                "placeholders": .array(kind.fields.map { .string($0.rawValue) }),
            ]))
    }
}

/// `yiciban paper check`
struct CheckTemplates: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check", abstract: "检查文书模板", discussion: "每一处问题都给出文件、行号和改法；有问题时退出码为 1。")

    @OptionGroup var options: TemplateOptions

    func run() async throws {
        do {
            let templates = try PaperTemplates.load(options.folder).all
            options.output().print(
                "\(templates.count) 种文书的模板都符合要求，其中本地改过 \(templates.count { $0.isLocal }) 种。",
                json: .object(["findings": .array([])]))
        } catch let error as CaseworkError where error.code == .faultyTemplates {
            options.output().print(
                error.findings.map { "\($0.field)：\($0.message)" }.joined(separator: "\n")
                    + "\n\n共 \(error.findings.count) 处需要修改。",
                json: .object([
                    "findings": .array(
                        error.findings.map {
                            .object([
                                "place": .string($0.field), "code": .string($0.code), "message": .string($0.message),
                            ])
                        })
                ]))
            throw ExitCode(1)
        }
    }
}
