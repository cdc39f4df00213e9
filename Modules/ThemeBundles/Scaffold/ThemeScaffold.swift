public import Foundation

/// Writes the start of a new bundle: small, but one that passes check and test at once.
public struct ThemeScaffold: Sendable {
    public let id: String
    public let title: String

    /// Why nothing was written, in Chinese.
    public struct Refusal: Error, CustomStringConvertible {
        /// A stable code.
        public let code: String
        public let description: String
    }

    /// - Parameter id: small letters, digits and hyphens; it becomes the folder's name.
    /// - Throws: ``Refusal`` for any other ID or an empty title.
    public init(id: String, title: String) throws(Refusal) {
        let letters = Set("abcdefghijklmnopqrstuvwxyz0123456789-")
        guard (2...40).contains(id.count), id.allSatisfy(letters.contains), let first = id.first, first.isLetter else {
            throw Refusal(code: "scaffold.id", description: "主题的 id 只能用小写字母、数字和连字符，并以字母开头，如 open-shop。")
        }
        guard !title.isEmpty, !title.contains(where: { $0.isNewline || $0 == "\"" || $0 == "\\" }) else {
            throw Refusal(code: "scaffold.title", description: "请用 --title 写上主题名称，如“开便利店”，不要带引号或换行。")
        }
        self.id = id
        self.title = title
    }

    /// The files by name.
    public var files: [String: String] {
        [
            ThemeBundle.themeFile: Self.theme.replacing("{ID}", with: id).replacing("{TITLE}", with: title),
            ThemeBundle.examplesFile: Self.examples,
        ]
    }

    /// Writes the bundle into a new folder.
    ///
    /// - Parameter parent: the folder of bundles.
    /// - Returns: the bundle's folder.
    /// - Throws: ``Refusal`` if it is there already; file errors as they are.
    public func write(into parent: URL) throws -> URL {
        let folder = parent.appendingPathComponent(id)
        if FileManager.default.fileExists(atPath: folder.path) {
            throw Refusal(code: "scaffold.exists", description: "\(folder.path) 已经存在。请换一个 id，或直接修改那里的文件。")
        }
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        for (name, content) in files {
            try content.write(to: folder.appendingPathComponent(name), atomically: true, encoding: .utf8)
        }
        return folder
    }
}
