import Extension
import Foundation
import ThemeBundles

/// A bundle in a folder of its own that goes away with it.
final class BundleFixture: Sendable {
    let parent: URL
    var folder: URL { parent.appendingPathComponent("good") }

    init(
        theme: String = GoodBundle.theme, examples: String? = GoodBundle.examples,
        texts: [String: String] = GoodBundle.texts
    )
        throws
    {
        parent = FileManager.default.temporaryDirectory.appendingPathComponent("bundle-\(UUID().uuidString)")
        try write(theme, to: "theme.yaml")
        if let examples { try write(examples, to: "examples.yaml") }
        for (path, content) in texts { try write(content, to: path) }
    }

    deinit { try? FileManager.default.removeItem(at: parent) }

    func write(_ text: String, to path: String) throws {
        let file = folder.appendingPathComponent(path)
        try FileManager.default.createDirectory(at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
        try text.write(to: file, atomically: true, encoding: .utf8)
    }

    /// Everything that reading and checking find.
    func check(settings: [String: JSONValue] = [:], maximumCombinations: Int = 1_000_000) -> [ThemeFinding] {
        let (bundle, findings) = ThemeBundle.read(folder, settings: settings)
        return bundle.map { ThemeChecker($0, maximumCombinations: maximumCombinations).run(after: findings) }
            ?? findings
    }
}
