import ArgumentParser
import Extension
import Foundation
import Standards
import Storage

/// `yiciban item list-publish --division … --title …`
struct PublishItemList: KernelCommand {
    static let configuration = CommandConfiguration(
        commandName: "list-publish", abstract: "发布一个区划的行政许可事项清单，并签名")

    @Option(name: .long, help: "区划代码，例如 430626")
    var division: String

    @Option(name: .long, help: "清单名称，例如 平江县行政许可事项清单（2026年版）")
    var title: String

    @OptionGroup var common: CommonOptions

    func run(in context: CommandContext) async throws {
        let list = try await context.services(InventoryService.self)
            .publishList(division: division, title: title, by: try await context.act(common.account))
        context.output.print("已发布“\(list.title)”，共 \(list.count) 项，编号 \(list.id)。", json: list.json)
    }
}

/// `yiciban item lists`
struct ListItemLists: KernelCommand {
    static let configuration = CommandConfiguration(commandName: "lists", abstract: "列出已发布的行政许可事项清单")

    @OptionGroup var common: CommonOptions

    func run(in context: CommandContext) async throws {
        let lists = try await context.services(InventoryService.self).lists()
        context.output.print(
            lists.isEmpty
                ? "还没有发布过清单。"
                : lists.map { "\($0.id)　\($0.day.text)　\($0.level.chinese)　\($0.title)　\($0.count) 项" }
                    .joined(separator: "\n"),
            json: .array(lists.map(\.json)))
    }
}

/// `yiciban item list-save ID FILE`
struct SaveItemList: KernelCommand {
    static let configuration = CommandConfiguration(commandName: "list-save", abstract: "把一份清单存成签名文件")

    @Argument(help: "清单编号，见 item lists")
    var id: String

    @Argument(help: "写到哪里", completion: .file(extensions: ["json"]))
    var file: String

    @OptionGroup var common: CommonOptions

    func run(in context: CommandContext) async throws {
        let list = try await context.services(InventoryService.self).listFile(try Identifier(id))
        do {
            try Data(list.json.canonical.utf8).write(to: URL(fileURLWithPath: file))
        } catch {
            throw Problem(422, "document.unwritable", "写不进去", "文件 \(file) 写不进去。请检查目录是否存在、是否有写入权限。")
        }
        context.output.print("已存到 \(file)。", json: ["file": .string(file)])
    }
}

/// `yiciban item list-verify FILE`
struct VerifyItemList: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list-verify", abstract: "核验一份清单文件的签名；签名不对的退出码为 1")

    @Argument(help: "清单文件", completion: .file(extensions: ["json"]))
    var file: String

    @OptionGroup var common: StandaloneOptions

    func run() throws {
        guard let text = try? String(contentsOfFile: file, encoding: .utf8) else {
            throw Problem(422, "input.file_unreadable", "读不到文件", "读不到文件 \(file)，请核对路径和读取权限。")
        }
        let list = try ItemListFile(text)
        let title = (try? JSONValue(parsing: list.body))?["title"]?.string ?? ""
        let isSigned = list.isSigned
        print(
            common.json
                ? JSONValue.object(["is_signed": .bool(isSigned), "title": .string(title)]).canonical
                : isSigned ? "“\(title)”的签名有效，内容没有改动。" : "签名无效：内容被改动过，或者不是这张证书签的。")
        if !isSigned { throw ExitCode(1) }
    }
}

extension ItemListPublication {
    var json: JSONValue {
        [
            "id": .string(id.text), "division": .string(division), "level": .string(level.chinese),
            "title": .string(title), "day": .string(day.text), "count": .integer(Int64(count)),
            "digest": .string(digest),
        ]
    }
}
