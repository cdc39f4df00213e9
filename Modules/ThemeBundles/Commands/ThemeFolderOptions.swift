public import ArgumentParser
public import Extension
import Foundation

/// What every command on bundles takes.
public struct ThemeFolderOptions: ParsableArguments {
    @Argument(help: "主题所在的文件夹，或装有多个主题的文件夹")
    public var folders: [String] = ["."]

    @OptionGroup public var standalone: StandaloneOptions

    public init() {}

    /// The loaders of the folders.
    var loaders: [BundleLoader] { folders.map { BundleLoader(URL(fileURLWithPath: $0)) } }

    /// Prints findings, or that there are none, and ends with exit code 1 if there are some.
    func report(_ findings: [ThemeFinding], bundles: Int, allWell: String) throws {
        if standalone.json {
            print(
                JSONValue.object([
                    "bundles": .integer(Int64(bundles)), "findings": .array(findings.map(\.json)),
                ]).canonical)
        } else if findings.isEmpty {
            print("\(bundles) 个主题，\(allWell)。")
        } else {
            for finding in findings { print(finding) }
            print("\n\(bundles) 个主题，共 \(findings.count) 处需要修改。")
        }
        if !findings.isEmpty { throw ExitCode(1) }
    }
}

extension ThemeFinding {
    /// The finding for scripts.
    var json: JSONValue {
        .object([
            "file": .string(file), "line": line.map { .integer(Int64($0)) } ?? .null,
            "column": column.map { .integer(Int64($0)) } ?? .null, "code": .string(code),
            "message": .string(message),
        ])
    }
}
