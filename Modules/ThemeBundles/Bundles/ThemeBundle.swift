public import Catalogue
public import Extension
public import Foundation

/// A theme as its author wrote it: one folder with `theme.yaml`, examples, texts and samples.
public struct ThemeBundle: Sendable {
    /// The folder's name, which is the theme's ID.
    public let folder: String
    /// The theme with this deployment's parameters.
    public let theme: Theme
    /// The figures that a deployment may set.
    public let parameters: [ThemeParameter]
    /// The bundle's own examples.
    public let examples: [ThemeExample]
    /// The licence types that people hold before the theme begins.
    public let heldLicences: [String]
    /// The texts and samples, by path.
    public let texts: [String: String]
    /// SM3 over all files and the deployment's settings, 64 hexadecimal digits: what a running case keeps (DESIGN §5).
    public let hash: String

    /// The paths of texts that something refers to.
    let usedTexts: Set<String>
    /// Where each part stands in `theme.yaml`.
    let places: SourceMap
    /// Where each example stands in `examples.yaml`.
    let examplePlaces: SourceMap

    /// The name of the file with the theme.
    public static let themeFile = "theme.yaml"
    /// The name of the file with its examples.
    public static let examplesFile = "examples.yaml"

    /// Reads a folder.
    ///
    /// - Parameters:
    ///   - settings: values of parameters in this deployment, by name.
    /// - Returns: everything that is wrong, and the bundle unless it could not be read.
    public static func read(
        _ folder: URL, settings: [String: JSONValue] = [:]
    ) -> (bundle: ThemeBundle?, findings: [ThemeFinding]) {
        read(BundleFiles(folder), named: folder.standardizedFileURL.lastPathComponent, settings: settings)
    }

    /// Reads files that lie in no folder yet, as a folder of that name.
    public static func read(
        _ files: BundleFiles, named name: String, settings: [String: JSONValue] = [:]
    ) -> (bundle: ThemeBundle?, findings: [ThemeFinding]) {
        guard let yaml = files.contents[themeFile] else {
            let finding = ThemeFinding(
                file: "\(name)/\(themeFile)", code: "bundle.no_theme",
                message: "文件夹“\(name)”里没有 theme.yaml。可以用 theme new 生成一份样例。")
            return (nil, files.findings + [finding])
        }
        let texts = files.contents.filter { $0.key != themeFile && $0.key != examplesFile }
        let session = ReadingSession(file: "\(name)/\(themeFile)", texts: texts)
        let reading = ThemeDecoder(session: session, settings: settings).read(yaml)
        let exampleSession = ReadingSession(file: "\(name)/\(examplesFile)")
        let examples = files.contents[examplesFile].flatMap { ExampleDecoder.read($0, exampleSession) }
        let findings = (files.findings + session.findings + exampleSession.findings).sorted()
        guard let reading, files.findings.isEmpty else { return (nil, findings) }
        let bundle = ThemeBundle(
            folder: name, theme: reading.theme, parameters: reading.parameters, examples: examples ?? [],
            heldLicences: reading.heldLicences, texts: texts, hash: files.hash(settings: settings),
            usedTexts: session.usedTexts, places: session.places, examplePlaces: exampleSession.places)
        return (bundle, findings)
    }

    /// The parameters whose figure is only typical, so that the deployment has to set its own.
    public var unconfirmedParameters: [ThemeParameter] {
        parameters.filter { $0.confidence == .typical && $0.value == $0.defaultValue }
    }

    /// The themes to which outcomes point although nobody has them.
    ///
    /// - Parameter known: the IDs of all themes.
    public func unknownThemes(_ known: [String]) -> [ThemeFinding] {
        theme.outcomes.enumerated().compactMap { index, outcome in
            guard let theme = outcome.theme, !known.contains(theme) else { return nil }
            return finding(
                "outcomes[\(index)].theme", "theme.unknown_theme", "没有叫“\(theme)”的主题\(nearestHint(theme, known))。")
        }
    }

    /// A finding about a part of `theme.yaml`.
    func finding(_ path: String, _ code: String, _ message: String) -> ThemeFinding {
        let place = places.place(of: path)
        return ThemeFinding(
            file: "\(folder)/\(Self.themeFile)", line: place?.line, column: place?.column, code: code,
            message: message)
    }
}
