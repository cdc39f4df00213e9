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
                print("\(theme.id)\t\(theme.version)\t\(theme.title)\t\(theme.items.count) 个事项")
                for parameter in bundle.unconfirmedParameters {
                    print("  参数“\(parameter.id)”还是参考值 \(parameter.value.chinese)，请按本地规定核定")
                }
            }
        }
        let findings = loaded.flatMap(\.findings)
        if !findings.isEmpty && !options.standalone.json {
            for finding in findings { print(finding) }
        }
        if !findings.isEmpty { throw ExitCode(1) }
    }
}

extension ThemeBundle {
    /// The bundle in a list for scripts.
    fileprivate var json: JSONValue {
        .object([
            "id": .string(theme.id), "title": .string(theme.title), "version": .string(theme.version),
            "hash": .string(hash), "items": .array(theme.items.map { .string($0.id) }),
            "unconfirmed": .array(unconfirmedParameters.map { .string($0.id) }),
        ])
    }
}
