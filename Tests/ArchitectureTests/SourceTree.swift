import Foundation

/// A Swift file of the project with the modules that it imports.
struct SourceFile: CustomStringConvertible {
    let path: String
    let module: String
    let imports: Set<String>
    let lines: Int

    var description: String { path }
}

/// The project's own sources, read as text.
enum SourceTree {
    static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()

    /// Every Swift file under Modules, Plugins and Apps.
    static func files() throws -> [SourceFile] {
        try ["Modules", "Plugins", "Apps"].flatMap { area -> [SourceFile] in
            let folder = root.appendingPathComponent(area)
            let names = try FileManager.default.subpathsOfDirectory(atPath: folder.path)
            return try names.filter { $0.hasSuffix(".swift") }.map { name in
                let text = try String(contentsOf: folder.appendingPathComponent(name), encoding: .utf8)
                let module = String(name.prefix { $0 != "/" })
                return SourceFile(
                    path: "\(area)/\(name)", module: module, imports: imports(in: text),
                    lines: text.split(separator: "\n", omittingEmptySubsequences: false).count)
            }
        }
    }

    private static func imports(in text: String) -> Set<String> {
        let pattern = /^(?:@\w+ )*(?:public |internal |package )?import (?:struct |class |enum |func )?(\w+)/
        return Set(
            text.split(separator: "\n").compactMap { line in
                (try? pattern.prefixMatch(in: line)).map { String($0.1) }
            })
    }
}
