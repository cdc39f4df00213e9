import Casework
public import Catalogue
import Extension
import Standards

/// Runs a bundle's own examples (`theme test`).
public struct ThemeTester: Sendable {
    public let bundle: ThemeBundle

    public init(_ bundle: ThemeBundle) { self.bundle = bundle }

    /// Everything that comes out otherwise than an example says; a bundle without examples is a finding.
    public func run() -> [ThemeFinding] {
        if bundle.examples.isEmpty {
            return [
                finding(nil, "example.none", "没有实例。请在 examples.yaml 里写下至少一种典型情形和应有的结果。")
            ]
        }
        return bundle.examples.indices.flatMap(run)
    }

    /// What comes out otherwise than one example says, by its place among the bundle's examples.
    public func run(_ index: Int) -> [ThemeFinding] {
        let example = bundle.examples[index]
        return differences(example).map { finding(index, $0.0, "实例“\(example.name)”：\($0.1)") }
    }

    /// The questions that an example leaves open, as a new question does in all examples that were written before it.
    public func unanswered(_ index: Int) -> [Question] {
        let example = bundle.examples[index]
        guard AnswerCheck(example.answers, for: bundle.theme).findings.isEmpty,
            case .unanswered(let questions) = Planner.plan(
                bundle.theme, answers: example.answers, available: available(example), on: example.day)
        else { return [] }
        return questions
    }

    private typealias Difference = (code: String, message: String)

    private func differences(_ example: ThemeExample) -> [Difference] {
        let check = AnswerCheck(example.answers, for: bundle.theme)
        if !check.findings.isEmpty { return check.findings.map { ("example.answers", $0.message) } }
        let closed = closedWallets(example)
        if !closed.isEmpty { return closed }
        let result = Planner.plan(
            bundle.theme, answers: example.answers, available: available(example), on: example.day)
        switch result {
        case .unanswered(let questions):
            return [("example.unanswered", "还缺少这些问题的回答：\(list(questions.map(\.id)))。")]
        case .notApplicable(let outcome):
            if outcome.title == example.expected.outcome { return [] }
            let expected = example.expected.outcome.map { "“\($0)”" } ?? "办事方案"
            return [("example.outcome", "应当得到\(expected)，实际不适用：“\(outcome.title)”。")]
        case .plan(let plan):
            if let outcome = example.expected.outcome {
                return [("example.outcome", "应当不适用（“\(outcome)”），实际得到了办事方案：\(list(plan.items.map(\.id)))。")]
            }
            return differences(plan, example.expected)
        }
    }

    /// The example's sources as the theme writes them: where something must match, in the example it does.
    func available(_ example: ThemeExample) -> AvailableSources {
        let sources = bundle.theme.materials.flatMap(\.sources)
        return AvailableSources(
            example.available.flatMap { named in
                sources.filter { $0.withoutMatch == named.withoutMatch }
            }.map { EvidencedSource(source: $0, evidence: "example") })
    }

    /// Licences of parties who have not consented in the example: nobody may look for them.
    private func closedWallets(_ example: ThemeExample) -> [Difference] {
        example.available.compactMap { source in
            guard case .licence(let type, let party, _) = source, party != MaterialSlot.Source.applicant,
                !example.consented.contains(party)
            else { return nil }
            return (
                "example.available", "“\(party)”没有同意，查不了其《\(type)》。请在实例里写上 consented: [\(party)]，或删去这份证照。"
            )
        }
    }

    private func differences(_ plan: Plan, _ expected: ThemeExample.Expectation) -> [Difference] {
        let uploads = plan.materials.filter { $0.provision == .upload }.map(\.id)
        let exempt = plan.materials.compactMap { material -> String? in
            guard case .exempt(let source, _, _) = material.provision else { return nil }
            return "\(material.id)=\(source.word)"
        }
        let expectedExempt = expected.exempt.map { pairs in pairs.map { "\($0.key)=\($0.value)" }.sorted() }
        return [
            compare("items", "事项", expected.items, plan.items.map(\.id)),
            compare("upload", "要交的材料", expected.upload?.sorted(), uploads.sorted()),
            compare("exempt", "免交的材料", expectedExempt, exempt.sorted()),
            compare("deadline", "承诺时限", expected.deadline.map { [$0.text] }, [plan.promisedLimit.text]),
            compare("longest", "最长一路", expected.longest.map { [$0.text] }, [plan.criticalLimit.text]),
            compare("fees", "收费", expected.fees, plan.fees.map(\.line)),
            compare("consents", "需要同意的人", expected.consents?.sorted(), plan.consents.sorted()),
        ].compactMap(\.self)
    }

    private func compare(_ code: String, _ what: String, _ expected: [String]?, _ actual: [String]) -> Difference? {
        guard let expected, expected != actual else { return nil }
        return ("example.\(code)", "\(what)应当是 \(list(expected))，实际是 \(list(actual))。")
    }

    private func list(_ words: [String]) -> String { words.isEmpty ? "（无）" : words.joined(separator: "、") }

    private func finding(_ index: Int?, _ code: String, _ message: String) -> ThemeFinding {
        let place = index.flatMap { bundle.examplePlaces.place(of: "examples[\($0)]") }
        return ThemeFinding(
            file: "\(bundle.folder)/\(ThemeBundle.examplesFile)", line: place?.line, column: place?.column,
            code: code, message: message)
    }
}

extension MaterialSlot.Source {
    /// The word that examples use.
    var word: String {
        switch self {
        case .upload: "upload"
        case .licence: "licence"
        case .dataCheck: "check"
        case .result: "result"
        case .form: "form"
        case .identity: "identity"
        }
    }
}

extension PlannedFee {
    /// The fee as examples and the preview write it.
    var line: String {
        "\(item) \(fee.title) \(due?.feeText ?? "按标准")\(reduction.map { "（\($0.title)）" } ?? "")"
    }
}
