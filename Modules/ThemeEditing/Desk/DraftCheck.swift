public import Catalogue
public import Extension
public import ThemeBundles

/// What reading and checking a draft came to: the same as `theme check` says of its files.
public struct DraftCheck: Sendable {
    /// The bundle; nil when it can't be read.
    public let bundle: ThemeBundle?
    public let findings: [ThemeFinding]
    /// The text of `theme.yaml`; nil when it is no YAML that the form can change.
    public let source: YAMLSource?

    public init(
        _ files: [String: String], of theme: String, settings: [String: JSONValue], themes: [String]
    ) {
        let (bundle, findings) = ThemeBundle.read(BundleFiles(files), named: theme, settings: settings)
        self.bundle = bundle
        self.findings =
            bundle.map { (ThemeChecker($0).run(after: findings) + $0.unknownThemes(themes)).sorted() } ?? findings
        source = files[ThemeBundle.themeFile].flatMap { YAMLSource($0) }
    }

    /// A finding with the part of `theme.yaml` that it is about; nil for other files and where the place is not known.
    public struct Placed: Sendable {
        public let finding: ThemeFinding
        public let path: YAMLPath?
    }

    /// One of the bundle's own examples, and how it comes out otherwise than was written down.
    public struct ExampleResult: Sendable {
        public let name: String
        public let differences: [String]
    }

    /// The bundle's own examples, run; nil while the bundle can't be read.
    public var examples: [ExampleResult]? {
        bundle.map { bundle in
            let tester = ThemeTester(bundle)
            return bundle.examples.enumerated().map { index, example in
                ExampleResult(name: example.name, differences: tester.run(index).map(\.message))
            }
        }
    }

    /// The questions that examples leave open, each once.
    public var openQuestions: [Question] {
        guard let bundle else { return [] }
        let tester = ThemeTester(bundle)
        let open = Set(bundle.examples.indices.flatMap { tester.unanswered($0).map(\.id) })
        return bundle.theme.questions.filter { open.contains($0.id) }
    }

    /// All findings with their parts.
    public var placed: [Placed] {
        findings.map { finding in
            guard finding.file.hasSuffix("/\(ThemeBundle.themeFile)"), let line = finding.line else {
                return Placed(finding: finding, path: nil)
            }
            return Placed(finding: finding, path: source?.path(line: line, column: finding.column ?? 1))
        }
    }
}
