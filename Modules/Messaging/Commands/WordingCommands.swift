import ArgumentParser
import Extension

/// `yiciban message template …`
struct WordingCommands: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "template", abstract: "通知的措辞：列出、显示、检查",
        discussion: """
            各种通知都有内置措辞。要改的，先 message template show 种类 > 数据目录/messages/种类.txt，改好后检查，再重新启动服务。
            已经发出的通知不受影响。
            """,
        subcommands: [ListWordings.self, ShowWording.self, CheckWordings.self])
}

/// `yiciban message template list`
struct ListWordings: KernelCommand {
    static let configuration = CommandConfiguration(commandName: "list", abstract: "列出各种通知")

    @OptionGroup var common: CommonOptions

    func run(in context: CommandContext) async throws {
        let entries = try context.services(MessagingService.self).book.all
        context.output.print(
            entries.map { entry in
                "\(entry.kind.key)　\(entry.kind.title)　\(entry.kind.weight.chinese)　\(entry.wording.isLocal ? "本地" : "内置")"
                    + "　短信模板 \(entry.template?.id ?? "没有")"
            }.joined(separator: "\n"),
            json: .array(entries.map(\.description)))
    }
}

extension NoticeBook.Entry {
    /// The kind with its words, for scripts.
    var description: JSONValue {
        .object([
            "kind": .string(kind.key), "title": .string(kind.title), "purpose": .string(kind.purpose),
            "weight": .string(kind.weight.rawValue), "audience": .string(kind.audience.rawValue),
            "paper": kind.paper.map { .string($0) } ?? .null, "is_local": .bool(wording.isLocal),
            "text": .string(wording.file), "sms_template": template.map { .string($0.id) } ?? .null,
            "sms_variables": .array((template?.variables ?? []).map { .string($0) }),
            "variables": .array(
                kind.variables.map {
                    .object([
                        "name": .string($0.name), "meaning": .string($0.meaning), "sample": .string($0.sample),
                        "is_required": .bool($0.isRequired),
                    ])
                }),
        ])
    }
}

/// `yiciban message template show KIND`
struct ShowWording: KernelCommand {
    static let configuration = CommandConfiguration(
        commandName: "show", abstract: "显示一种通知的措辞", discussion: "加 --sample 看填上示例内容的样子；加 --built-in 显示内置的。")

    @Argument(help: "种类，见 message template list")
    var kind: String

    @Flag(name: .long, help: "显示内置措辞，即使本地改过")
    var builtIn = false

    @Flag(name: .long, help: "填上示例内容")
    var sample = false

    @OptionGroup var common: CommonOptions

    func run(in context: CommandContext) async throws {
        let book = try context.services(MessagingService.self).book
        guard let entry = book[kind] else {
            let hint = nearest(to: kind, among: book.all.map(\.kind.key)).map { "，是否想写 \($0)" } ?? ""
            throw Problem(
                404, "messaging.unknown_kind", "没有这种通知", "没有名为 \(kind) 的通知\(hint)。请用 message template list 查看。")
        }
        let wording = builtIn ? entry.kind.wording : entry.wording
        var ignored: [Finding] = []
        func said(_ text: String) -> String {
            NoticeText(text, at: "", findings: &ignored).said(entry.kind.samples).joined(separator: "\n\n")
        }
        let text =
            sample
            ? "标题：\(said(wording.title))\n短信：\(said(wording.short))\n\n\(said(wording.text))"
            : String(wording.file.dropLast())
        context.output.print(text, json: entry.description)
    }
}

/// `yiciban message template check`
struct CheckWordings: KernelCommand {
    static let configuration = CommandConfiguration(
        commandName: "check", abstract: "检查本地措辞和短信模板设置", discussion: "每一处问题都给出文件和改法；有问题时退出码不为 0，服务也不能启动。")

    @OptionGroup var common: CommonOptions

    func run(in context: CommandContext) async throws {
        // Whatever is wrong stops the start, with all findings at once.
        let entries = try context.services(MessagingService.self).book.all
        context.output.print(
            "\(entries.count) 种通知的措辞都符合要求，其中本地改过 \(entries.count { $0.wording.isLocal }) 种。",
            json: .object(["findings": .array([])]))
    }
}
