public import ArgumentParser
import Catalogue
import Extension

/// `theme list`: the themes of a folder.
public struct ListThemes: AsyncParsableCommand {
    public static let configuration = CommandConfiguration(commandName: "list", abstract: "列出主题")

    @OptionGroup public var options: ThemeFolderOptions

    public init() {}

    public func run() async throws {
        let loaded = options.loaders.map { $0.load(checking: false) }
        let bundles = loaded.flatMap(\.bundles)
        if options.standalone.json {
            print(JSONValue.array(bundles.map(\.json)).canonical)
        } else {
            for bundle in bundles {
                let theme = bundle.theme
                let place =
                    [theme.placement?.field?.rawValue, theme.placement?.menu?.rawValue].compactMap(\.self)
                    + (theme.placement?.batch.map { ["第 \($0) 批"] } ?? [])
                print(
                    ([theme.id, theme.version, theme.title, "\(theme.items.count) 个事项"] + place).joined(separator: "\t")
                )
                for parameter in bundle.unconfirmedParameters {
                    print("  参数“\(parameter.id)”还是参考值 \(parameter.value.chinese)，请按本地规定核定")
                }
            }
            print(ThemeFigures(bundles.map(\.theme)).text)
        }
        let findings = loaded.flatMap(\.findings)
        if !findings.isEmpty && !options.standalone.json {
            for finding in findings { print(finding) }
        }
        if !findings.isEmpty { throw ExitCode(1) }
    }
}

extension ThemeFigures {
    /// The counts in one line.
    fileprivate var text: String {
        let menus = ThemePlacement.Menu.allCases.map { "\($0.rawValue) \(self.menus[$0] ?? 0)" }
        let batches = ThemePlacement.batches.map { "第 \($0) 批 \(self.batches[$0] ?? 0)" }
        return "共 \(themes) 个主题；主题式菜单 \(onMenus) 个（\(menus.joined(separator: "，"))）；"
            + "服务规范 \(inBatches) 项（\(batches.joined(separator: "，"))）"
    }
}

extension ThemeBundle {
    /// The bundle in a list for scripts.
    fileprivate var json: JSONValue {
        .object([
            "id": .string(theme.id), "title": .string(theme.title), "version": .string(theme.version),
            "hash": .string(hash), "items": .array(theme.items.map { .string($0.id) }),
            "field": theme.placement?.field.map { .string($0.rawValue) } ?? .null,
            "menu": theme.placement?.menu.map { .string($0.rawValue) } ?? .null,
            "batch": theme.placement?.batch.map { .integer(Int64($0)) } ?? .null,
            "unconfirmed": .array(unconfirmedParameters.map { .string($0.id) }),
        ])
    }
}
