public import Catalogue
public import ThemeBundles

/// An answer for all examples that leave a question open, as those do that were written before the question.
public struct ExampleAnswer: Sendable {
    private let question: String
    private let option: String
    private let places: [Int]

    /// - Returns: nil where the theme has no such question or option.
    public init?(_ question: String, _ option: String, in bundle: ThemeBundle) {
        let known = bundle.theme.questions.first { $0.id == question }
        guard known?.options.contains(where: { $0.title == option }) == true else { return nil }
        let tester = ThemeTester(bundle)
        self.question = question
        self.option = option
        places = bundle.examples.indices.filter { tester.unanswered($0).contains { $0.id == question } }
    }

    /// The files with the answer in those examples.
    public func added(to files: [String: String]) throws(YAMLSource.Refusal) -> [String: String] {
        guard var source = files[ThemeBundle.examplesFile].flatMap({ YAMLSource($0) }) else {
            throw YAMLSource.Refusal(message: "examples.yaml 不是能这样改的 YAML，请在 YAML 里改。")
        }
        for index in places {
            let answers = YAMLPath([.key("examples"), .index(index), .key("answers")])
            source =
                source.tree[answers] == nil
                ? try source.setting(
                    answers, to: .map([YAMLTree.Member(question, .text(option))]), order: ["name", "answers"])
                : try source.setting(answers.key(question), to: .text(option))
        }
        return files.merging([ThemeBundle.examplesFile: source.text]) { $1 }
    }
}

/// A situation with what comes of it now, to be kept as one of the bundle's examples.
public struct RecordedExample: Sendable {
    private let tree: YAMLTree

    /// - Returns: nil while questions are open.
    public init?(name: String, answers: Answers, in bundle: ThemeBundle) {
        guard let outcome = ExampleOutcome(answers, in: bundle) else { return nil }
        let given = bundle.theme.questions.compactMap { question in
            answers[question.id].map { YAMLTree.Member(question.id, .text($0)) }
        }
        var expected: [YAMLTree.Member] = []
        switch outcome {
        case .notApplicable(let title): expected.append(YAMLTree.Member("outcome", .text(title)))
        case .plan(let items, let upload, let deadline):
            expected = [
                YAMLTree.Member("items", .texts(items)), YAMLTree.Member("upload", .texts(upload)),
                YAMLTree.Member("deadline", .text(deadline)),
            ]
        }
        var members = [YAMLTree.Member("name", .text(name))]
        if !given.isEmpty { members.append(YAMLTree.Member("answers", .map(given))) }
        tree = .map(members + [YAMLTree.Member("expect", .map(expected))])
    }

    /// The files with the example at the end of the others; one of the same name is replaced.
    public func added(to files: [String: String]) throws(YAMLSource.Refusal) -> [String: String] {
        guard let source = YAMLSource(files[ThemeBundle.examplesFile] ?? "examples: []\n") else {
            throw YAMLSource.Refusal(message: "examples.yaml 不是能这样改的 YAML，请在 YAML 里改。")
        }
        let list = YAMLPath([.key("examples")])
        let same = source.tree[list]?.elements.firstIndex { $0["name"] == tree["name"] }
        let changed =
            if let same { try source.setting(list.index(same), to: tree) } else {
                try source.appending(tree, to: list)
            }
        return files.merging([ThemeBundle.examplesFile: changed.text]) { $1 }
    }
}
