import Foundation
import ThemeBundles

/// A bundle's folder as the desk writes it.
///
/// Files are replaced one by one, each as a whole, texts before what refers to them: whoever looks in between finds a
/// theme, and never none.
struct BundleFolder: Sendable {
    private let folder: URL

    init(_ parent: URL, _ theme: String) { folder = parent.appendingPathComponent(theme) }

    /// What lies there now; nothing when there is no folder.
    var contents: [String: String] {
        FileManager.default.fileExists(atPath: folder.path) ? BundleFiles(folder).contents : [:]
    }

    /// Makes the folder hold these files and no others; without any, it goes away.
    func write(_ files: [String: String]) throws {
        let manager = FileManager.default
        if files.isEmpty {
            if manager.fileExists(atPath: folder.path) { try manager.removeItem(at: folder) }
            return
        }
        let before = contents
        let order = files.keys.sorted { Self.rank($0) < Self.rank($1) }
        for path in order {
            guard let text = files[path], before[path] != text else { continue }
            let file = folder.appendingPathComponent(path)
            try manager.createDirectory(at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
            try text.write(to: file, atomically: true, encoding: .utf8)
        }
        for path in before.keys where files[path] == nil {
            try manager.removeItem(at: folder.appendingPathComponent(path))
        }
    }

    private static func rank(_ path: String) -> (Int, String) {
        (path == ThemeBundle.themeFile ? 1 : path == ThemeBundle.examplesFile ? 2 : 0, path)
    }
}
